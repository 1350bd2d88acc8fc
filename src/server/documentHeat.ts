import type { Certainty, Lens } from '../profile/lens';
import { type LineRow, ownCertainty, ownOf, rowsOfFile, throughCertainty } from '../profile/lineIndex';
import type { StringIndex } from '../profile/profile';
import type { ActiveView, ServerContext } from './context';
import { type DocumentDrift, driftOf } from './drift';
import type { OpenProfile } from './openProfile';

/** What the active profile knows of one document, line by line, in the document's present lines. */
export interface DocumentHeat {
  readonly open: OpenProfile;
  readonly lens: Lens;
  /** Recorded files that are this document's file; the same file may be recorded under several paths. */
  readonly files: readonly StringIndex[];
  readonly drift: DocumentDrift;
  /** Ascending by `line`. */
  readonly lines: readonly DocumentLine[];
}

export interface DocumentLine {
  /** 0-based, now. */
  readonly line: number;
  /** The text of the line is not what was profiled. */
  readonly stale: boolean;
  /** 1-based, as recorded. */
  readonly recordedLine: number;
  /** Rows of the line index, heaviest first; one for nearly every line. */
  readonly rows: readonly LineRow[];
  /** Samples under the lens. */
  readonly own: number;
  readonly through: number;
  readonly ownCertainty: Certainty;
  readonly throughCertainty: Certainty;
}

/**
 * The heat of a document under a profile and lens, the active ones unless told otherwise; null when there is none or the
 * document is not in it.
 */
export async function documentHeat(
  context: ServerContext,
  uri: string,
  shown: ActiveView | null = context.active(),
): Promise<DocumentHeat | null> {
  if (shown === null) return null;
  const { open, lens } = shown;
  const key = await context.documents.keyOf(uri);
  const files = key === null ? undefined : open.view.filesByKey.get(key);
  if (key === null || files === undefined) return null;
  const drift = await driftOf(context, open, files, key);
  return { open, lens, files, drift, lines: linesOf(open, lens, files, drift) };
}

function linesOf(open: OpenProfile, lens: Lens, files: readonly StringIndex[], drift: DocumentDrift): DocumentLine[] {
  const index = open.view.lines;
  const rowsByLine = new Map<number, LineRow[]>();
  for (const file of files) {
    const { from, to } = rowsOfFile(index, file);
    for (let row = from; row < to; row++) {
      const same = rowsByLine.get(index.line[row]!);
      if (same === undefined) rowsByLine.set(index.line[row]!, [row]);
      else same.push(row);
    }
  }
  const own = ownOf(index, lens);
  const lines: DocumentLine[] = [];
  for (const [recordedLine, rows] of rowsByLine) {
    const now = drift.toCurrent(recordedLine);
    if (now === null) continue;
    rows.sort((a, b) => index.through[b]! - index.through[a]!);
    const heaviest = rows[0]!;
    const sum = (column: Float64Array): number => rows.reduce((samples, row) => samples + column[row]!, 0);
    lines.push({
      line: now.line,
      stale: now.stale,
      recordedLine,
      rows,
      own: sum(own),
      through: Math.min(open.profile.samples, sum(index.through)),
      ownCertainty: ownCertainty(index, lens, heaviest),
      // A stack may pass through the file under both of its names: then the sum counts it twice.
      throughCertainty: rows.length > 1 ? 'bound' : throughCertainty(index, heaviest),
    });
  }
  return lines.sort((a, b) => a.line - b.line);
}
