import type { Analysis } from './analyseProfile';
import type { Rendered } from './cliError';
import type { ProfileArguments } from './parseArguments';
import { reportFindings } from './reportFindings';
import { reportJson } from './reportJson';
import { reportText } from './reportText';
import type { ParserSource } from './rubyParser';
import { pageWidth, styleOf, type Terminal } from './terminal';

/** `report`: the whole profile, hottest lines and methods first, and what is known to cause its hot lines. */
export async function report(
  analysis: Analysis,
  { format, lens, top }: ProfileArguments,
  terminal: Terminal,
  parser: ParserSource,
): Promise<Rendered> {
  const findings = await reportFindings(analysis, parser);
  if (format === 'json') return { ok: true, chunks: reportJson(analysis, lens, top, findings) };
  return { ok: true, chunks: [reportText(analysis, lens, top, findings, styleOf(terminal), pageWidth(terminal))] };
}
