import { resolve } from 'node:path';
import { version } from '../../package.json';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { assertNever } from '../profile/assertNever';
import { type Analysis, analyseProfile } from './analyseProfile';
import { EXIT_FINE, type Rendered, sayError, usageError } from './cliError';
import { HELP } from './help';
import { lines } from './lines';
import { type ProfileArguments, parseArguments } from './parseArguments';
import { JSON_SCHEMA } from './profileJson';
import { report } from './report';
import { parserFrom, type WasmSource } from './rubyParser';
import type { Terminal } from './terminal';

/** Runs one command line (`args` without node and script) and answers with the exit code. `wasm`: for commands that read Ruby. */
export async function runCli(args: readonly string[], terminal: Terminal, wasm: WasmSource): Promise<number> {
  const parsed = parseArguments(args);
  if (!parsed.ok) return sayError(terminal, parsed.format, usageError(parsed.message));
  const { command } = parsed;
  const parser = parserFrom(wasm);
  switch (command.kind) {
    case 'help':
      terminal.write(HELP);
      return EXIT_FINE;
    case 'version':
      terminal.write(`${version}\n`);
      return EXIT_FINE;
    case 'report':
      return eachProfile(command, terminal, (analysis) => report(analysis, command, terminal, parser));
    case 'lines':
      return eachProfile(command, terminal, (analysis) => lines(analysis, command, terminal));
    case 'suggest':
      return (await rootError(command, terminal)) ?? (await import('./suggest')).suggest(command, terminal, parser);
    case 'jobs':
      return (await import('./jobs')).jobs(command, terminal);
    default:
      return assertNever(command);
  }
}

/** Reads and renders one profile after the other, so that only one is in memory at a time. */
async function eachProfile(
  command: ProfileArguments,
  terminal: Terminal,
  render: (analysis: Analysis) => Rendered | Promise<Rendered>,
): Promise<number> {
  const { profiles, format } = command;
  const wrongRoot = await rootError(command, terminal);
  if (wrongRoot !== null) return wrongRoot;
  const output = new Output(format === 'json', profiles.length, terminal);
  let exitCode = EXIT_FINE;
  for (const input of profiles) {
    const rendered = await analyseAndRender(input, command, terminal, render);
    if (rendered.ok) output.add(rendered.chunks);
    else {
      exitCode = Math.max(exitCode, sayError(terminal, format, rendered.error, input));
      output.addMissing({ schema: JSON_SCHEMA, input, error: rendered.error });
    }
  }
  output.end();
  return exitCode;
}

/** Says that `--root` is no folder and answers with the exit code; null when all is well. */
async function rootError(
  { root, format }: Pick<ProfileArguments, 'root' | 'format'>,
  terminal: Terminal,
): Promise<number | null> {
  if (root === null || (await nodeFileSystem().kind(resolve(terminal.folder, root))) === 'directory') return null;
  return sayError(terminal, format, usageError(`--root ${root} is not a folder`));
}

async function analyseAndRender(
  input: string,
  command: ProfileArguments,
  terminal: Terminal,
  render: (analysis: Analysis) => Rendered | Promise<Rendered>,
): Promise<Rendered> {
  const result = await analyseProfile(input, command, terminal.folder);
  if (result.ok) return render(result.analysis);
  const { reason, message, offset } = result.error;
  return { ok: false, error: { code: reason, message, offset } };
}

/** Text of several profiles is parted by blank lines; JSON of several is the `reports` of one object, one by one. */
class Output {
  private written = 0;
  private readonly list: boolean;

  constructor(
    private readonly json: boolean,
    expected: number,
    private readonly terminal: Terminal,
  ) {
    this.list = json && expected > 1;
    if (this.list) terminal.write(`{"schema": ${JSON_SCHEMA}, "reports": [\n`);
  }

  add(chunks: Iterable<string>): void {
    if (this.written > 0) this.terminal.write(this.list ? ',\n' : '\n');
    for (const chunk of chunks) this.terminal.write(chunk);
    if (this.json && !this.list) this.terminal.write('\n');
    this.written++;
  }

  /** A place in the list for a profile that could not be read; alone, standard error has said all. */
  addMissing(entry: object): void {
    if (this.list) this.add([JSON.stringify(entry)]);
  }

  end(): void {
    if (this.list) this.terminal.write('\n]}\n');
  }
}
