import type { Analysis } from './analyseProfile';
import type { Rendered } from './cliError';
import type { ProfileArguments } from './parseArguments';
import { reportJson } from './reportJson';
import { reportText } from './reportText';
import { pageWidth, styleOf, type Terminal } from './terminal';

/** `report`: the whole profile, hottest lines and methods first. */
export function report(analysis: Analysis, { format, lens, top }: ProfileArguments, terminal: Terminal): Rendered {
  if (format === 'json') return { ok: true, chunks: reportJson(analysis, lens, top) };
  return { ok: true, chunks: [reportText(analysis, lens, top, styleOf(terminal), pageWidth(terminal))] };
}
