import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { runCli } from '../../src/cli/runCli';

/** What one run of the command line said and ended with. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
  /** What was written as bytes. */
  readonly bytes: Buffer;
  readonly errors: string;
}

/** Runs a command line in this process, as if started in `folder` with a page of 100 columns. */
export async function cliRun(args: readonly string[], folder: string, colour = false): Promise<CliRun> {
  let output = '';
  const bytes: Uint8Array[] = [];
  let errors = '';
  const terminal = {
    folder,
    columns: 100,
    colour,
    isScreen: colour,
    writeBytes: async (part: Uint8Array) => {
      bytes.push(part);
    },
    write: (text: string) => {
      output += text;
    },
    writeError: (text: string) => {
      errors += text;
    },
  };
  const wasm = createRequire(__filename).resolve('@ruby/prism/src/prism.wasm');
  const exitCode = await runCli(args, terminal, () => readFile(wasm));
  return { exitCode, output, bytes: Buffer.concat(bytes), errors };
}
