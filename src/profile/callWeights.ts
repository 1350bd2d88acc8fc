/** The lines of one frame, ascending: StackProf's appearances and own samples. */
export interface FrameLines {
  readonly total: ArrayLike<number>;
  readonly self: ArrayLike<number>;
}

/**
 * Guesses, for the lines of one frame, how many samples each passes to something that the frame answers for: the weights
 * by which the frame's charge is divided. StackProf does not say which line called what, but its sums leave little room.
 *
 *   def sync             total   deepest            samples = 100
 *     rows.each do |r|     100         0   1        appearances = 220, so 120 are not the deepest of their stack: lines
 *       r.load              80        80   2        that open a block, followed by as much in the lines after them
 *       r.save              40        20   3
 *
 * Then what goes on to other frames that answer for themselves (`passed`, per callee) is taken from the lines: a callee is
 * called on one line as a rule, the one that fits it most closely.
 *
 * @param samples samples with the frame on the stack, once each
 * @param passed samples that the frame's deepest appearance hands to each other answering frame
 */
export function callWeights(lines: FrameLines, samples: number, passed: readonly number[]): Float64Array {
  const weights = deepestAppearances(lines, samples);
  for (let line = 0; line < weights.length; line++) weights[line] = Math.max(0, weights[line]! - lines.self[line]!);
  for (const callee of passed.length > 1 ? [...passed].sort((a, b) => b - a) : passed) takeCallee(weights, callee);
  return weights;
}

/** Below this part of a line's weight a callee is no close fit: it may be anywhere. */
const CLOSE_FIT = 0.5;

function takeCallee(weights: Float64Array, callee: number): void {
  let best = -1;
  let sum = 0;
  for (let line = 0; line < weights.length; line++) {
    const weight = weights[line]!;
    sum += weight;
    const fits = weight >= callee && callee >= weight * CLOSE_FIT;
    if (fits && (best < 0 || weight < weights[best]!)) best = line;
  }
  if (best >= 0) {
    weights[best]! -= callee;
    return;
  }
  if (sum <= 0) return;
  const kept = Math.max(0, 1 - callee / sum);
  for (let line = 0; line < weights.length; line++) weights[line]! *= kept;
}

/** Appearances per line that are the deepest of the frame on their stack; they add up to `samples`. */
function deepestAppearances({ total, self }: FrameLines, samples: number): Float64Array {
  const deepest = Float64Array.from(total);
  const appearances = deepest.reduce((sum, each) => sum + each, 0);
  let outer = appearances - samples;
  if (outer <= 0) return deepest;

  // First the lines that open a block: what is in it stands on the lines after, none of which appears more often, and
  // which add up to nearly what the opener has.
  const openers = Array.from(deepest.keys(), (line) => bodyOf(total, line));
  openers.sort((a, b) => a.misfit - b.misfit || total[b.line]! - total[a.line]! || a.line - b.line);
  const take = (line: number, appearances: number): void => {
    const taken = Math.max(0, Math.min(outer, appearances, deepest[line]! - self[line]!));
    deepest[line]! -= taken;
    outer -= taken;
  };
  for (const { line, body, misfit } of openers) if (misfit <= BODY_FIT) take(line, body);
  // Then a line that opens and runs its block itself (`rows.map { |r| r.to_h }`): half of its appearances are outer.
  let inline = -1;
  for (let line = 0; line < deepest.length; line++) {
    const miss = Math.abs(deepest[line]! / 2 - outer);
    if (miss <= outer * INLINE_FIT && (inline < 0 || miss < Math.abs(deepest[inline]! / 2 - outer))) inline = line;
  }
  if (inline >= 0) take(inline, deepest[inline]! / 2);
  // The rest is several of those, or recursion: anywhere.
  const rest = deepest.map((each, line) => Math.max(0, each - self[line]!));
  const restSum = rest.reduce((sum, each) => sum + each, 0);
  const kept = restSum > 0 ? Math.max(0, 1 - outer / restSum) : 0;
  return rest.map((each, line) => each * kept + Math.min(deepest[line]!, self[line]!));
}

/** How far a block's lines may miss their opener, as a part of it: it has loads and calls of its own. */
const BODY_FIT = 0.25;
const INLINE_FIT = 0.1;

/** Appearances on the lines after `line` that may stand inside its block, and how far (0 .. 1) they miss its own. */
function bodyOf(total: ArrayLike<number>, line: number): { line: number; body: number; misfit: number } {
  const own = total[line]!;
  let body = 0;
  let misfit = 1;
  for (let inner = line + 1; inner < total.length && total[inner]! <= own && body < own; inner++) {
    body += total[inner]!;
    misfit = Math.min(misfit, Math.abs(body - own) / own);
  }
  return { line, body: Math.min(body, own), misfit };
}
