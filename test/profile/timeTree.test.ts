import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/profile/builder';
import { buildCallTree, type CallTree, hasShape } from '../../src/profile/callTree';
import { selectFlameRows } from '../../src/profile/flameRows';
import { brokenInvariants } from '../../src/profile/integrity';
import { Origin } from '../../src/profile/origin';
import type { Profile } from '../../src/profile/profile';
import type { Refinement, StackFilter } from '../../src/profile/refinement';
import { refineStacks } from '../../src/profile/refineStacks';
import { buildTimeTree } from '../../src/profile/timeTree';
import { type TreeShape, wholeByLine } from '../../src/profile/treeShape';
import { profileFromText } from '../support/profileFromText';
import { randomSource } from '../support/randomSource';

const byTime: TreeShape = { ...wholeByLine, order: 'time' };

/** `name:line start+total (self)`, indented by depth. */
function boxes(profile: Profile, tree: CallTree): string[] {
  const { frames, strings } = profile;
  return Array.from({ length: tree.length }, (_, box) => {
    const name = strings[frames.name[tree.frame[box]!]!]!;
    const line = tree.line[box]! > 0 ? `:${tree.line[box]}` : '';
    return `${'  '.repeat(tree.depth[box]!)}${name}${line} ${tree.start[box]}+${tree.total[box]} (${tree.self[box]})`;
  });
}

describe('boxes in the order of time', () => {
  const recorded = `
    A@a.rb:1 > B@b.rb:5   2
    A@a.rb:1 > C@c.rb:7   1
    A@a.rb:1              1
    A@a.rb:2 > C@c.rb:7   3
    D@d.rb:1              1
    A@a.rb:1              1
  `;
  const profile = profileFromText(recorded, { timeline: true });

  it('share callers that follow each other, and leave room for own samples where they were taken', () => {
    expect(brokenInvariants(profile)).toEqual([]);
    expect(boxes(profile, buildCallTree(profile, { ...byTime, groupBy: 'method' }))).toEqual([
      'A 0+7 (1)',
      '  B 0+2 (2)',
      '  C 2+1 (1)',
      '  C 4+3 (3)',
      'D 7+1 (1)',
      'A 8+1 (1)',
    ]);
    expect(boxes(profile, buildCallTree(profile, byTime))).toEqual([
      'A:1 0+4 (1)',
      '  B:5 0+2 (2)',
      '  C:7 2+1 (1)',
      'A:2 4+3 (0)',
      '  C:7 4+3 (3)',
      'D:1 7+1 (1)',
      'A:1 8+1 (1)',
    ]);
  });

  it('come closer when filters take samples out', () => {
    const [b] = [profile.strings.indexOf('B')].map((name) => profile.frames.name.indexOf(name));
    const facts = { origin: new Uint8Array(profile.strings.length), package: [] };
    const without = refineStacks(profile, [{ kind: 'ignore', of: { by: 'frame', frame: b! } }], facts).profile;
    expect(boxes(without, buildCallTree(without, byTime)).slice(0, 3)).toEqual([
      'A:1 0+2 (1)',
      '  C:7 0+1 (1)',
      'A:2 2+3 (0)',
    ]);
  });

  it('are those of whole stacks of a recording only', () => {
    expect(hasShape(profile, byTime)).toBe(true);
    expect(hasShape(profile, { ...byTime, direction: 'callers' })).toBe(false);
    expect(hasShape(profile, { ...byTime, around: 0 })).toBe(false);
    expect(hasShape(profileFromText(recorded), byTime)).toBe(false);
    expect(hasShape(profileFromText(recorded, { detail: 'aggregate', timeline: true }), byTime)).toBe(false);
  });

  it('are left out when too narrow, without those beside them', () => {
    const tree = buildCallTree(profile, { ...byTime, groupBy: 'method' });
    const rows = selectFlameRows(tree, { from: 0, to: 9, minSamples: 2 });
    expect([Array.from(rows.start), Array.from(rows.total), rows.pruned]).toEqual([[0, 0, 4], [7, 2, 3], true]);
    const right = selectFlameRows(tree, { from: 4, to: 7, minSamples: 2 });
    expect([Array.from(right.start), right.pruned]).toEqual([[0, 4], false]);
  });
});

type Step = readonly [frame: number, line: number];
interface Run {
  readonly steps: readonly Step[];
  readonly samples: number;
}

/** Runs as they were recorded; many begin as the one before, some are of samples without a stack. */
function recording(seed: number): { readonly profile: Profile; readonly runs: readonly Run[] } {
  const random = randomSource(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  const frames = Array.from({ length: 8 }, (_, at) =>
    builder.addFrame({ name: `m${at}`, file: at % 3 === 0 ? 'app/m.rb' : 'gem/m.rb', line: at + 1 }),
  );
  const runs: Run[] = [];
  for (let each = 0; each < 200; each++) {
    const before = runs.at(-1)?.steps ?? [];
    const step = (): Step => [frames[upTo(8)]!, 1 + upTo(2)];
    const steps = [...before.slice(0, upTo(before.length + 1)), ...Array.from({ length: upTo(4) }, step)];
    runs.push({ steps: steps.slice(0, 12), samples: 1 + upTo(4) });
  }
  const nodes = runs.map(({ steps, samples }) =>
    builder.addStack(
      steps.map(([frame]) => frame),
      steps.map(([, line]) => line),
      samples,
    ),
  );
  builder.useTimeline({
    stack: Int32Array.from(nodes),
    count: Int32Array.from(runs, ({ samples }) => samples),
    timed: false,
  });
  return { profile: builder.finish(), runs };
}

/** What one filter leaves of one stack, by its words; an empty one is not in the picture. */
function refined(steps: readonly Step[], filter: StackFilter): readonly Step[] {
  if (filter.kind === 'foldRecursion') {
    // Per method: the stack down to its outermost call.
    const outermost = new Map<number, readonly Step[]>();
    let left: readonly Step[] = [];
    for (const step of steps) {
      left = outermost.get(step[0]) ?? [...left, step];
      outermost.set(step[0], left);
    }
    return left;
  }
  const isMeant = ([frame]: Step): boolean => filter.of.by === 'frame' && filter.of.frame === frame;
  switch (filter.kind) {
    case 'focus':
      return steps.some(isMeant) ? steps : [];
    case 'ignore':
      return steps.some(isMeant) ? [] : steps;
    case 'hide':
      return steps.filter((step) => !isMeant(step));
    case 'show':
      return steps.filter(isMeant);
  }
}

/** Per sample, the boxes above each other there. */
function columns(tree: CallTree): string[] {
  const names: string[][] = Array.from({ length: tree.totalSamples }, () => []);
  for (let box = 0; box < tree.length; box++) {
    for (let at = tree.start[box]!; at < tree.start[box]! + tree.total[box]!; at++) {
      names[at]!.push(`${tree.frame[box]}:${tree.line[box]}`);
    }
  }
  return names.map((path) => path.join(' '));
}

/** Samples of each frame as leaf and anywhere on the stack, from the boxes. */
function sums(tree: CallTree, frames: number): { self: number[]; total: number[] } {
  const self = new Array<number>(frames).fill(0);
  const total = new Array<number>(frames).fill(0);
  for (let box = 0; box < tree.length; box++) {
    const frame = tree.frame[box]!;
    self[frame]! += tree.self[box]!;
    let above = tree.parent[box]!;
    while (above >= 0 && tree.frame[above] !== frame) above = tree.parent[above]!;
    if (above < 0) total[frame]! += tree.total[box]!;
  }
  return { self, total };
}

const frame = (index: number) => ({ by: 'frame', frame: index }) as const;
const refinements: readonly Refinement[] = [
  [],
  [{ kind: 'focus', of: frame(1) }],
  [{ kind: 'ignore', of: frame(1) }],
  [{ kind: 'hide', of: frame(2) }],
  [
    { kind: 'hide', of: frame(2) },
    { kind: 'ignore', of: frame(5) },
    { kind: 'hide', of: frame(0) },
  ],
  [{ kind: 'show', of: frame(3) }],
  [{ kind: 'foldRecursion' }],
  [{ kind: 'hide', of: frame(4) }, { kind: 'foldRecursion' }, { kind: 'focus', of: frame(6) }],
];

describe.each([1, 2, 3, 4, 5])('recording %i', (seed) => {
  const { profile, runs } = recording(seed);
  const facts = { origin: new Uint8Array(profile.strings.length).fill(Origin.Mine), package: [] };

  it.each(refinements.map((refinement) => [refinement] as const))(
    'shows what filters leave of each run: %j',
    (refinement) => {
      const { profile: part } = refineStacks(profile, refinement, facts);
      expect(brokenInvariants(part)).toEqual([]);
      const left = runs
        .map(({ steps, samples }) => ({ steps: refinement.reduce(refined, steps), samples }))
        .filter(({ steps }) => steps.length > 0);
      for (const groupBy of ['line', 'method'] as const) {
        const tree = buildCallTree(part, { ...byTime, groupBy });
        const keys = left.map(({ steps }) => steps.map(([at, line]) => `${at}:${groupBy === 'line' ? line : 0}`));
        expect(columns(tree)).toEqual(
          left.flatMap(({ samples }, run) => new Array<string>(samples).fill(keys[run]!.join(' '))),
        );
        const entered = keys.map((path, run) => {
          const before = keys[run - 1] ?? [];
          const differs = path.findIndex((key, depth) => before[depth] !== key);
          return differs < 0 ? 0 : path.length - differs;
        });
        expect(tree.length).toBe(entered.reduce((sum, count) => sum + count, 0));
      }
    },
  );

  it.each([
    [1, true],
    [60, true],
    [1e6, false],
  ])('keeps all figures in slices of time: at most %i boxes', (mostBoxes, isCut) => {
    const tree = buildTimeTree(profile, true, mostBoxes)!;
    const heavy = buildCallTree(profile, wholeByLine);
    const exact = buildCallTree(profile, byTime);
    expect(tree.totalSamples).toBe(heavy.totalSamples);
    const { self, total } = sums(tree, profile.frames.length);
    expect([self, total]).toEqual([Array.from(profile.frames.self), Array.from(profile.frames.total)]);
    expect(tree.length < exact.length).toBe(isCut);
    if (mostBoxes === 1) expect(tree.length).toBe(heavy.length);
  });
});
