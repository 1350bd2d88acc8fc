import { isAbsolute, relative, resolve } from 'node:path';
import { type LineRow, rowsOfFile } from '../profile/lineIndex';
import type { StringIndex } from '../profile/profile';
import type { Analysis } from './analyseProfile';

/** The recorded files that a `--file` argument means. */
export interface FileChoice {
  readonly files: readonly StringIndex[];
  /** Recorded names when a bare ending fits several files: the user must say which. */
  readonly ambiguous: readonly string[];
}

/**
 * Finds the files named `wanted`: as recorded, as a path of this disk (from the current folder or from the root), or as the
 * ending of one recorded path. `folder`: what relative arguments start from.
 */
export function chooseFile({ profile, sources, root, lines }: Analysis, wanted: string, folder: string): FileChoice {
  const candidates = new Set(lines.file);
  const choose = (fits: (file: StringIndex) => boolean): StringIndex[] => [...candidates].filter(fits);

  const recorded = choose((file) => profile.strings[file] === wanted);
  const locals = new Set([withSlashes(resolve(folder, wanted)), withSlashes(resolve(root, wanted))]);
  const here = choose((file) => {
    const path = sources.path[file];
    return path !== null && path !== undefined && locals.has(path);
  });
  const exact = [...new Set([...recorded, ...here])];
  if (exact.length > 0) return { files: exact, ambiguous: [] };

  // A path below the root also names the file when the root leads through symlinks.
  const inRoot = withSlashes(isAbsolute(wanted) ? relative(root, wanted) : wanted).replace(/^\.\//, '');
  const byRelative = choose((file) => sources.relative[file] === inRoot);
  if (byRelative.length > 0) return { files: byRelative, ambiguous: [] };
  const byEnding = choose((file) => withSlashes(profile.strings[file]!).endsWith(`/${inRoot}`));
  if (byEnding.length <= 1) return { files: byEnding, ambiguous: [] };
  return { files: [], ambiguous: byEnding.map((file) => profile.strings[file]!) };
}

/** The rows of some files that samples pass through, by line. */
export function rowsOfFiles({ lines }: Analysis, files: readonly StringIndex[]): LineRow[] {
  const rows: LineRow[] = [];
  for (const file of files) {
    const { from, to } = rowsOfFile(lines, file);
    for (let row = from; row < to; row++) if (lines.through[row]! > 0) rows.push(row);
  }
  return rows.sort((a, b) => lines.line[a]! - lines.line[b]! || lines.file[a]! - lines.file[b]!);
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
