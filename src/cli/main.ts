import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runCli } from './runCli';
import type { Terminal } from './terminal';

/** `allocation-hotspots`: the engine of the extension on the command line. */
main();

function main(): void {
  // Decoding makes garbage that dies at once: a young generation that grows with it only keeps 13 MB that nobody needs
  // (peak 90 against 103 MB on a dump of 100 MB, at the same speed).
  setFlagsFromString('--semi-space-growth-factor=1');
  const { stdout, stderr, env } = process;
  // The reader of a pipe (`head`, a pager) may leave before we are done: that is no error.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const terminal: Terminal = {
    folder: process.cwd(),
    columns: stdout.isTTY ? stdout.columns : 100,
    colour: stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    isScreen: stdout.isTTY === true,
    writeBytes: (bytes) => new Promise((done) => stdout.write(bytes, () => done())),
    write: (text) => {
      stdout.write(text);
    },
    writeError: (text) => {
      stderr.write(text);
    },
  };
  runCli(process.argv.slice(2), terminal, () => readFile(join(__dirname, 'prism.wasm'))).then(
    (exitCode) => {
      // Not process.exit: what is still on its way into a pipe must arrive.
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      stderr.write(`allocation-hotspots: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 70;
    },
  );
}
