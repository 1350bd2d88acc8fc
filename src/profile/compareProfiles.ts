import { chargeFrames } from './chargedFrames';
import { comparableName } from './comparableName';
import { compareLines } from './compareLines';
import type { Change, ComparedMethod, ComparedSide, CompareOptions, Comparison, Scaling } from './comparison';
import { countFrames } from './countFrames';
import { bySize, FateJudge } from './fateJudge';
import type { Lens } from './lens';
import type { Measure } from './measure';
import { withoutInlinedNew } from './withoutInlinedNew';

/**
 * What changed from one profile to another: methods by name and file, lines by their place in their method. Names that
 * differ by process, folders, versions of gems, definitions that moved and lines that moved within them are no change.
 * Both profiles must have the same unit.
 */
export function compareProfiles(before: ComparedSide, after: ComparedSide, options: CompareOptions): Comparison {
  const sides = withoutInlinedNew(before, after);
  const perSample = scaled(before.measure, after.measure, options.scaling);
  const numbers = new MethodNumbers();
  const methodOf = { before: numbers.of(sides.before), after: numbers.of(sides.after) };
  const judge = new FateJudge(perSample, before, after);
  return {
    unit: before.measure.unit,
    total: {
      before: (before.measure.total / before.measure.perSample) * perSample.before,
      after: (after.measure.total / after.measure.perSample) * perSample.after,
    },
    perSample,
    methods: compareMethods(sides, methodOf, numbers.count, options.lens, judge),
    lines: compareLines(sides, methodOf, options.lens, judge),
    sides,
    methodOf,
  };
}

/** Frames of one method, over both profiles, get one number. */
class MethodNumbers {
  private readonly known = new Map<string, number>();

  get count(): number {
    return this.known.size;
  }

  of({ profile: { frames, strings }, fileKeys }: ComparedSide): Int32Array {
    return Int32Array.from(frames.name, (name, frame) => {
      const key = `${comparableName(strings[name]!)}\0${fileKeys[frames.file[frame]!]!}`;
      const number = this.known.get(key) ?? this.known.size;
      this.known.set(key, number);
      return number;
    });
  }
}

function scaled(before: Measure, after: Measure, scaling: Scaling): Change {
  const plain = { before: before.perSample, after: after.perSample };
  if (scaling.by === 'jobs') return { before: plain.before / scaling.before, after: plain.after / scaling.after };
  if (scaling.by === 'none' || before.total === 0 || after.total === 0) return plain;
  return { before: plain.before, after: plain.after * (before.total / after.total) };
}

function compareMethods(
  sides: Comparison['sides'],
  methodOf: Comparison['methodOf'],
  count: number,
  lens: Lens,
  judge: FateJudge,
): ComparedMethod[] {
  const before = countMethods(sides.before, methodOf.before, count, lens);
  const after = countMethods(sides.after, methodOf.after, count, lens);
  const rows: ComparedMethod[] = [];
  for (let method = 0; method < count; method++) {
    const own = { before: before.own[method]!, after: after.own[method]! };
    const through = { before: before.total[method]!, after: after.total[method]! };
    if (own.before + own.after + through.before + through.after === 0) continue;
    const self = judge.inUnit({ before: before.self[method]!, after: after.self[method]! });
    rows.push({ before: before.frame[method]!, after: after.frame[method]!, self, ...judge.row(own, through) });
  }
  return rows.sort(bySize);
}

interface MethodCounts {
  /** The heaviest frame of each method, -1 where it has no samples. */
  readonly frame: Int32Array;
  readonly own: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** Samples per method number. */
function countMethods(
  { profile, origin }: ComparedSide,
  methodOf: Int32Array,
  count: number,
  lens: Lens,
): MethodCounts {
  const { frames, stacks, samples } = profile;
  const own = new Float64Array(count);
  const self = new Float64Array(count);
  const total = new Float64Array(count);
  const charge = chargeFrames(profile, lens, origin);
  const frame = new Int32Array(count).fill(-1);
  for (let each = 0; each < frames.length; each++) {
    const method = methodOf[each]!;
    own[method]! += charge.own[each]!;
    self[method]! += frames.self[each]!;
    if (profile.detail === 'aggregate') total[method] = Math.min(samples, total[method]! + frames.total[each]!);
    if (frames.total[each]! <= 0 && charge.own[each]! <= 0) continue;
    if (frame[method]! < 0 || frames.total[each]! > frames.total[frame[method]!]!) frame[method] = each;
  }
  // Frames of one method may be on one stack: its samples are not the sum of theirs.
  if (profile.detail !== 'aggregate') {
    const ofMethods = { ...stacks, frame: stacks.frame.map((each) => methodOf[each]!) };
    countFrames(ofMethods, new Float64Array(count), total);
  }
  return { frame, own, self, total };
}
