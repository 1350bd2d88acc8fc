import type { StringIndex } from '../profile/profile';
import type { ServerContext } from './context';
import type { OpenProfile } from './openProfile';

/** Where the recorded lines of a file are in its present text. */
export interface DocumentDrift {
  readonly lineCount: number;
  /** 0-based line now of a recorded, 1-based one; `stale`: its text differs. Null: the line is gone. */
  toCurrent(recordedLine: number): { readonly line: number; readonly stale: boolean } | null;
  /** 1-based recorded line of a 0-based present one; null: the line is new. */
  toRecorded(line: number): number | null;
  /** The present text of a 0-based line, without its end. */
  lineText(line: number): string;
  /** One sentence when the file differs from what was profiled, else null. */
  readonly note: string | null;
}

/** How the lines of a file moved since a profile first met it. `uri` is the document to look for among the open ones. */
export async function driftOf(
  context: ServerContext,
  open: OpenProfile,
  files: readonly StringIndex[],
  key: string,
  uri: string,
): Promise<DocumentDrift> {
  const path = open.view.map.path[files[0]!] ?? null;
  const onDisk = path === null ? null : await context.host.files.readText(path);
  const current = context.documents.get(uri)?.getText() ?? onDisk ?? '';
  const baseline = open.baselines.get(key) ?? onDisk ?? current;
  open.baselines.set(key, baseline);
  return driftBetween(splitLines(baseline), splitLines(current));
}

function driftBetween(before: readonly string[], after: readonly string[]): DocumentDrift {
  const now = new Int32Array(before.length).fill(-1);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) now[start] = start++;
  let tail = 0;
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
    now[before.length - tail] = after.length - tail;
  }
  return {
    lineCount: after.length,
    toCurrent: (recordedLine) => {
      const line = now[recordedLine - 1] ?? -1;
      return line < 0 ? null : { line, stale: before[recordedLine - 1] !== after[line] };
    },
    toRecorded: (line) => {
      const at = now.indexOf(line);
      return at < 0 ? null : at + 1;
    },
    lineText: (line) => after[line] ?? '',
    note: null,
  };
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}
