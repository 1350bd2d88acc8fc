/** Edits beyond which two texts count as unrelated in their middle. */
const maxEdits = 1000;

/**
 * For every line of `before` its index in `after`, or -1, by Myers' shortest edit script (An O(ND) Difference Algorithm,
 * 1986) between the common head and tail. Indentation is no difference: a line wrapped in a block stays itself.
 */
export function diffLines(before: readonly string[], after: readonly string[]): Int32Array {
  const match = new Int32Array(before.length).fill(-1);
  const [a, b] = numberLines(before, after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) match[head] = head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    tail++;
    match[a.length - tail] = b.length - tail;
  }
  matchMiddle(a.subarray(head, a.length - tail), b.subarray(head, b.length - tail), (x, y) => {
    match[head + x] = head + y;
  });
  return match;
}

/** Equal lines get equal numbers, so that comparing them is one step. */
function numberLines(before: readonly string[], after: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array =>
    Int32Array.from(lines, (line) => {
      const text = line.trim();
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    });
  return [numbered(before), numbered(after)];
}

function matchMiddle(a: Int32Array, b: Int32Array, pair: (x: number, y: number) => void): void {
  if (a.length === 0 || b.length === 0) return;
  const limit = Math.min(a.length + b.length, maxEdits);
  // reach[k + limit]: how far along `a` the best path on diagonal x - y = k has come.
  const reach = new Int32Array(2 * limit + 2);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(reach.slice(limit - edits, limit + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && reach[limit + k - 1]! < reach[limit + k + 1]!);
      let x = down ? reach[limit + k + 1]! : reach[limit + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[limit + k] = x;
      if (k === a.length - b.length && x >= a.length) {
        walkBack(trace, a.length, b.length, pair);
        return;
      }
    }
  }
}

/** `trace[d]` holds the diagonals -d .. d + 1 as they were before round d. */
function walkBack(
  trace: readonly Int32Array[],
  endX: number,
  endY: number,
  pair: (x: number, y: number) => void,
): void {
  let x = endX;
  let y = endY;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const k = x - y;
    const at = (diagonal: number): number => trace[edits]![diagonal + edits]!;
    const down = k === -edits || (k !== edits && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : at(fromK);
    const fromY = edits === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) pair(--x, --y);
    x = fromX;
    y = fromY;
  }
}
