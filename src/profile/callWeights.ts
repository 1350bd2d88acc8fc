import type { FrameCall } from './frameCalls';

/**
 * Divides what a frame answers for through its calls among the frame's lines: samples per line. StackProf does not say
 * which line called what, but its sums leave little room: a line has as many calls as its callees have from it, and a
 * callee is called on one line as a rule.
 *
 *   def sync             calls           callees
 *     rows.each do |r|     100             100   Array#each       fits the first line: with equal ones, the outer callee
 *       r.load              80              80   Row#load         fits the second
 *       r.save              20              20   Row#save         fits the third
 *
 * So the callees, most calls first, go to the line with the fewest open calls that has room for all of theirs. Those that
 * fit no line are called on several: they are divided by the calls still open.
 *
 * @param lineCalls appearances of the frame at each line, lines ascending, that call something (StackProf's total - self)
 * @param calls in calls of the frame; of equal ones the outer comes first
 */
export function callWeights(lineCalls: ArrayLike<number>, calls: readonly FrameCall[]): Float64Array {
  const weights = new Float64Array(lineCalls.length);
  const open = Float64Array.from(lineCalls);
  let divided = 0;
  const searchable = open.length * calls.length <= MOST_PAIRS;
  for (const { appearances, samples } of [...calls].sort((a, b) => b.appearances - a.appearances)) {
    const line = searchable ? bestFit(open, appearances) : -1;
    if (line < 0) divided += samples;
    else {
      open[line]! -= appearances;
      weights[line]! += samples;
    }
  }
  const left = open.some((each) => each > 0) ? open : Float64Array.from(lineCalls);
  const sum = left.reduce((all, each) => all + each, 0);
  if (divided > 0 && sum > 0)
    for (let line = 0; line < left.length; line++) weights[line]! += (divided * left[line]!) / sum;
  return weights;
}

/** Real methods have some dozens of lines and callees; a hostile file must not take minutes. */
const MOST_PAIRS = 4_000_000;

/** The line with the fewest open calls that has at least these, the first of equal ones; -1: none. */
function bestFit(open: Float64Array, appearances: number): number {
  let best = -1;
  for (let line = 0; line < open.length; line++) {
    if (open[line]! >= appearances && (best < 0 || open[line]! < open[best]!)) best = line;
  }
  return best;
}
