import { ownOf } from '../profile/lineIndex';
import type { Analysis } from './analyseProfile';
import { chooseFile, rowsOfFiles } from './chooseFile';
import { type Rendered, usageError } from './cliError';
import { fileJson } from './fileJson';
import { fileText } from './fileText';
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
  if (format === 'json') return { ok: true, chunks: fileJson(analysis, lens, files, rows) };
  const style = styleOf(terminal);
  return { ok: true, chunks: [await fileText(analysis, lens, file, files, rows, style, pageWidth(terminal))] };
}
