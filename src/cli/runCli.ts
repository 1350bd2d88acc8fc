import { resolve } from 'node:path';
import { version } from '../../package.json';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { assertNever } from '../profile/assertNever';
import type { Analysis } from './analyseProfile';
import { analyseProfiles } from './analyseProfiles';
import { EXIT_FINE, type Rendered, sayError, usageError } from './cliError';
import { diff } from './diff';
import { HELP } from './help';
import { lines } from './lines';
import { type ProfileArguments, parseArguments } from './parseArguments';
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
      return withProfile(command, terminal, (analysis) => report(analysis, command, terminal, parser));
    case 'lines':
      return withProfile(command, terminal, (analysis) => lines(analysis, command, terminal));
    case 'diff':
      return (await rootError(command, terminal)) ?? diff(command, terminal);
    case 'suggest':
      return (await rootError(command, terminal)) ?? (await import('./suggest')).suggest(command, terminal, parser);
    case 'check':
      return (await rootError(command, terminal)) ?? (await import('./check')).check(command, terminal);
    case 'convert':
      return (await rootError(command, terminal)) ?? (await import('./convert')).convert(command, terminal);
    case 'jobs':
      return (await import('./jobs')).jobs(command, terminal);
    default:
      return assertNever(command);
  }
}

/** Reads the profiles (several become one), and renders what they say. What cannot be read is said; the rest is shown. */
async function withProfile(
  command: ProfileArguments,
  terminal: Terminal,
  render: (analysis: Analysis) => Rendered | Promise<Rendered>,
): Promise<number> {
  const { profiles, format } = command;
  const wrongRoot = await rootError(command, terminal);
  if (wrongRoot !== null) return wrongRoot;
  const { analysis, unread } = await analyseProfiles(profiles, command, terminal.folder);
  let exitCode = EXIT_FINE;
  for (const { input, error } of unread) exitCode = Math.max(exitCode, sayError(terminal, format, error, input));
  if (analysis === null) return exitCode;
  const rendered = await render(analysis);
  if (!rendered.ok) return sayError(terminal, format, rendered.error, analysis.input);
  for (const chunk of rendered.chunks) terminal.write(chunk);
  if (format === 'json') terminal.write('\n');
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
