/** A line of a method that samples pass through, on one side of a comparison. */
export interface MethodLine {
  /** Lines below the method's first line. */
  readonly offset: number;
  /** Whatever the weights of both sides are compared in. */
  readonly weight: number;
  /** Names of what the line calls; empty when that is not known. */
  readonly callees: ReadonlySet<string>;
}

/** Methods with more pairs of lines than this are compared by offsets alone. */
const MOST_PAIRS = 250_000;
/** Of the weight of both lines: what it costs to take two lines for one that are not as far below their definition. */
const SHIFT_COST = 0.02;
/** Of the weight that two lines at the same place share: what it costs when they call nothing in common. */
const REWRITTEN_COST = 0.3;

/**
 * Which lines of a method before are which after: per line of `before` a row of `after`, or -1. Both in the order of the
 * text. Of all ways that keep the order it is the one with the smallest change, so that lines which moved in the method,
 * or calls which were added above them, are no change. Turned round, the answer is the same.
 */
export function alignLines(before: readonly MethodLine[], after: readonly MethodLine[]): Int32Array {
  if (before.length * after.length > MOST_PAIRS) return byOffset(before, after);
  const width = after.length + 1;
  const cost = new Float64Array((before.length + 1) * width);
  for (let i = 0; i <= before.length; i++) {
    for (let j = 0; j <= after.length; j++) {
      if (i === 0 && j === 0) continue;
      const without = (line: MethodLine | undefined, from: number): number =>
        line === undefined ? Number.POSITIVE_INFINITY : cost[from]! + line.weight;
      const [old, now] = [before[i - 1], after[j - 1]];
      const at = i * width + j;
      cost[at] = Math.min(
        without(old, at - width),
        without(now, at - 1),
        old && now ? cost[at - width - 1]! + pairCost(old, now) : Number.POSITIVE_INFINITY,
      );
    }
  }
  return walkBack(before, after, cost);
}

function walkBack(before: readonly MethodLine[], after: readonly MethodLine[], cost: Float64Array): Int32Array {
  const pairs = new Int32Array(before.length).fill(-1);
  const width = after.length + 1;
  let i = before.length;
  let j = after.length;
  while (i > 0 && j > 0) {
    const [old, now] = [before[i - 1]!, after[j - 1]!];
    const at = i * width + j;
    const asPair = cost[at - width - 1]! + pairCost(old, now);
    const withoutOld = cost[at - width]! + old.weight;
    const withoutNow = cost[at - 1]! + now.weight;
    if (asPair <= withoutOld && asPair <= withoutNow) {
      pairs[--i] = --j;
    } else if (withoutOld < withoutNow || (withoutOld === withoutNow && goesFirst(old, now))) i--;
    else j--;
  }
  return pairs;
}

/** Of two lines that may equally well be without a partner, the same one whichever side it is on. */
function goesFirst(a: MethodLine, b: MethodLine): boolean {
  return a.weight < b.weight || (a.weight === b.weight && a.offset > b.offset);
}

function pairCost(old: MethodLine, now: MethodLine): number {
  const both = old.weight + now.weight;
  const change = Math.abs(old.weight - now.weight);
  const inPlace = old.offset === now.offset;
  if (areStrangers(old.callees, now.callees)) {
    return inPlace ? change + REWRITTEN_COST * (both - change) : Number.POSITIVE_INFINITY;
  }
  return inPlace ? change : change + SHIFT_COST * both;
}

/** Both are known and have nothing in common. */
function areStrangers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const name of a) if (b.has(name)) return false;
  return true;
}

function byOffset(before: readonly MethodLine[], after: readonly MethodLine[]): Int32Array {
  const rows = new Map(after.map((line, row) => [line.offset, row]));
  return Int32Array.from(before, (line) => rows.get(line.offset) ?? -1);
}
