import type { DecodeErrorReason } from '../profile/problem';
import type { OutputFormat } from './parseArguments';
import { printable, type Terminal } from './terminal';

/** What a run ends with; docs/cli.md lists them. */
export const EXIT_FINE = 0;
export const EXIT_OVER_BUDGET = 1;
export const EXIT_USAGE = 2;
export const EXIT_UNREADABLE = 3;

/** Why a command did not do its work. */
export interface CliError {
  readonly code: DecodeErrorReason | 'unlike-mode' | 'unwritable' | 'budget' | 'usage';
  /** One sentence. */
  readonly message: string;
  /** Byte in the (uncompressed) input where reading stopped, or null. */
  readonly offset: number | null;
}

/** What a command makes of one profile: text to print, in parts, or why it cannot. */
export type Rendered =
  | { readonly ok: true; readonly chunks: Iterable<string> }
  | { readonly ok: false; readonly error: CliError };

export function usageError(message: string): CliError {
  return { code: 'usage', message, offset: null };
}

/** Says an error on standard error, as one line, and answers with the exit code. `input`: the file it is about. */
export function sayError(
  terminal: Terminal,
  format: OutputFormat,
  error: CliError,
  input: string | null = null,
): number {
  if (format === 'json') {
    const { code, message, offset } = error;
    terminal.writeError(
      `${JSON.stringify({ error: { code, message, offset, ...(input === null ? {} : { input }) } })}\n`,
    );
  } else {
    const about = input === null ? '' : `${printable(input)}: `;
    // At its first byte a file is something else; nothing is to be looked for there.
    const where = error.offset === null || error.offset === 0 ? '' : ` (byte ${error.offset})`;
    terminal.writeError(`allocation-hotspots: ${about}${printable(error.message)}${where}\n`);
  }
  return error.code === 'usage' || error.code === 'budget' ? EXIT_USAGE : EXIT_UNREADABLE;
}
