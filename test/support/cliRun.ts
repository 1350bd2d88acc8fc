import { runCli } from '../../src/cli/runCli';

/** What one run of the command line said and ended with. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command line in this process, as if started in `folder` with a page of 100 columns. */
export async function cliRun(args: readonly string[], folder: string, colour = false): Promise<CliRun> {
  let output = '';
  let errors = '';
  const exitCode = await runCli(args, {
    folder,
    columns: 100,
    colour,
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  return { exitCode, output, errors };
}
