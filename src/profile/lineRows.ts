import type { FrameIndex, Profile, StringIndex } from './profile';
import { StackTrie } from './stackTrie';

/** Numbers (file, line) pairs by first appearance; `sorted` gives the final order by file and line. */
export class LineRows {
  private readonly pairs = new StackTrie();

  get length(): number {
    return this.pairs.length;
  }

  rowOf(file: StringIndex, line: number): number {
    return this.pairs.child(-1, file, line);
  }

  /** The pairs by file and line. `order[i]`: the number that the pair of row i had. */
  sorted(): { file: Int32Array; line: Int32Array; order: Uint32Array } {
    const { length, frame: files, line: lines } = this.pairs;
    const order = new Uint32Array(length);
    for (let row = 0; row < length; row++) order[row] = row;
    order.sort((a, b) => files[a]! - files[b]! || lines[a]! - lines[b]!);
    const file = new Int32Array(length);
    const line = new Int32Array(length);
    for (let row = 0; row < length; row++) {
      file[row] = files[order[row]!]!;
      line[row] = lines[order[row]!]!;
    }
    return { file, line, order };
  }
}

/** The column with its values in `order`. */
export function reordered<Column extends Float64Array | Uint8Array | Int32Array>(
  column: Column,
  order: Uint32Array,
): Column {
  const result = column.slice(0, order.length) as Column;
  for (let row = 0; row < order.length; row++) result[row] = column[order[row]!]!;
  return result;
}

/**
 * Whether `line` of a frame is a line of the frame's file. Evaluated text (ERB, `eval` with a binding) runs in the frame of
 * the method around it with its own line numbers; a line before the definition is the sign of it.
 */
export function isLineOfFile({ frames }: Profile, frame: FrameIndex, line: number): boolean {
  return line > 0 && line >= frames.line[frame]!;
}
