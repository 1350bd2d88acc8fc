import { ownOf } from '../profile/lineIndex';
import type { Analysis } from './analyseProfile';
import { type Rendered, usageError } from './cliError';
import { linesJson } from './linesJson';
import { chooseFile, rowsOfFiles } from './linesOfFile';
import { linesText } from './linesText';
import type { ProfileArguments } from './parseArguments';
import { pageWidth, styleOf, type Terminal } from './terminal';

/** `lines`: one file, line by line. */
export async function lines(
  analysis: Analysis,
  { format, lens, top, file }: ProfileArguments & { readonly file: string },
  terminal: Terminal,
): Promise<Rendered> {
  const { files, ambiguous } = chooseFile(analysis, file, terminal.folder);
  if (ambiguous.length > 0) {
    const error = usageError(`--file ${file} fits several files: ${ambiguous.slice(0, 5).join(', ')}`);
    return { ok: false, error };
  }
  let rows = rowsOfFiles(analysis, files);
  if (top !== null && rows.length > top) {
    const own = ownOf(analysis.lines, lens);
    const kept = new Set([...rows].sort((a, b) => own[b]! - own[a]! || a - b).slice(0, top));
    rows = rows.filter((row) => kept.has(row));
  }
  if (format === 'json') return { ok: true, text: linesJson(analysis, lens, files, rows) };
  const style = styleOf(terminal);
  return { ok: true, text: await linesText(analysis, lens, file, files, rows, style, pageWidth(terminal)) };
}
