import type { TrieColumns } from '../depthFirst';
import type { FrameIndex } from '../profile';

/** The highest line that StackProf can write into `raw_lines`. */
export const MAX_RAW_LINE = 0xffff;

/**
 * `raw_lines` holds line numbers modulo 65,536; `frames[].lines` has them whole. Writes the whole line into the trie
 * where a frame has exactly one that fits. `linesOf`: for each frame with long lines, its definition line and all its
 * lines. Returns the number of nodes whose line stays too low.
 */
export function restoreLongLines(columns: TrieColumns, linesOf: ReadonlyMap<FrameIndex, LongLines>): number {
  const { line } = columns;
  if (line === null) return 0;
  const wholeOf = new Map<FrameIndex, Map<number, number>>();
  for (const [frame, { lines }] of linesOf) wholeOf.set(frame, uncut(lines));
  let unclear = 0;
  for (let node = 0; node < columns.length; node++) {
    const whole = wholeOf.get(columns.frame[node]!);
    const cut = line[node]!;
    if (whole === undefined || cut === 0) continue;
    const long = whole.get(cut);
    if (long !== undefined) line[node] = long;
    else if (linesOf.get(columns.frame[node]!)!.definition > MAX_RAW_LINE) unclear++;
  }
  return unclear;
}

export interface LongLines {
  readonly definition: number;
  readonly lines: readonly number[];
}

/** Cut line -> whole line, where only one line of the frame reads so. */
function uncut(lines: readonly number[]): Map<number, number> {
  const whole = new Map<number, number>();
  const taken = new Set(lines.filter((line) => line <= MAX_RAW_LINE));
  for (const line of new Set(lines)) {
    const cut = line & MAX_RAW_LINE;
    if (line === cut || taken.has(cut)) continue;
    taken.add(cut);
    whole.set(cut, line);
  }
  for (const line of lines) {
    // Two long lines with the same low bits: neither can be told from the other.
    const other = whole.get(line & MAX_RAW_LINE);
    if (other !== undefined && other !== line) whole.delete(line & MAX_RAW_LINE);
  }
  return whole;
}
