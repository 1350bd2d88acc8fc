import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/profile/builder';
import { buildCallTree, type CallTree } from '../../src/profile/callTree';
import { brokenInvariants } from '../../src/profile/integrity';
import { Origin } from '../../src/profile/origin';
import { FrameKind, type Profile } from '../../src/profile/profile';
import { refineStacks } from '../../src/profile/refineStacks';
import { wholeByLine } from '../../src/profile/treeShape';
import { randomSource } from '../support/randomSource';

type Step = readonly [frame: number, line: number];

interface Recording {
  readonly profile: Profile;
  readonly stacks: readonly { readonly steps: readonly Step[]; readonly samples: number }[];
}

const METHODS = 60;

/** Stacks with much recursion, each as it was recorded; a third call any of all methods, so that families are wide too. */
function recording(seed: number): Recording {
  const random = randomSource(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  const add = (at: number): number => {
    const isC = at % 5 === 0;
    return builder.addFrame({ name: `m${at}`, file: isC ? '<cfunc>' : 'app/m.rb', line: isC ? 0 : at });
  };
  const frames = Array.from({ length: METHODS }, (_, at) => add(at));
  const stacks: { steps: Step[]; samples: number }[] = [];
  for (let each = 0; each < 400; each++) {
    const common = upTo(3) === 0 ? METHODS : 6;
    const steps = Array.from({ length: 1 + upTo(12) }, (): Step => [frames[upTo(common)]!, 1 + upTo(2)]);
    stacks.push({ steps: steps.map(([frame, line]) => [frame, frame % 5 === 0 ? 0 : line]), samples: 1 + upTo(9) });
  }
  for (const { steps, samples } of stacks) {
    builder.addStack(
      steps.map(([frame]) => frame),
      steps.map(([, line]) => line),
      samples,
    );
  }
  return { profile: builder.finish(), stacks };
}

/** Samples that pass through each path, by adding them up stack by stack. */
function sums(stacks: readonly { readonly steps: readonly Step[]; readonly samples: number }[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const { steps, samples } of stacks) {
    let path = '';
    for (const [frame, line] of steps) {
      path += ` ${frame}:${line}`;
      total.set(path, (total.get(path) ?? 0) + samples);
    }
  }
  return total;
}

function pathsOf(tree: CallTree): Map<string, number> {
  const path: string[] = [];
  const total = new Map<string, number>();
  for (let node = 0; node < tree.length; node++) {
    const parent = tree.parent[node]!;
    path[node] = `${parent < 0 ? '' : path[parent]} ${tree.frame[node]}:${tree.line[node]}`;
    expect(total.has(path[node]!)).toBe(false);
    total.set(path[node]!, tree.total[node]!);
  }
  return total;
}

/** What a stack is when methods that are on it already count as their outermost occurrence, and so does what they call. */
function folded(steps: readonly Step[]): Step[] {
  let left: Step[] = [];
  const above: { readonly frame: number; readonly left: Step[] }[] = [];
  for (const step of steps) {
    const outermost = above.find(({ frame }) => frame === step[0]);
    left = outermost === undefined ? [...left, step] : outermost.left;
    above.push({ frame: step[0], left });
  }
  return left;
}

describe.each([1, 2, 3])('shapes and filters of random stacks (%d)', (seed) => {
  const { profile, stacks } = recording(seed);
  const mapped = (change: (steps: readonly Step[]) => readonly Step[]): Map<string, number> =>
    sums(stacks.map(({ steps, samples }) => ({ steps: change(steps), samples })));
  const facts = {
    origin: new Uint8Array(profile.strings.length).fill(Origin.Mine),
    package: profile.strings.map(() => 'app'),
  };
  const isC = ([frame]: Step): boolean => profile.frames.kind[frame] === FrameKind.C;

  it('has every path by line and by method, with its samples', () => {
    expect(pathsOf(buildCallTree(profile, wholeByLine))).toEqual(mapped((steps) => steps));
    const byMethod = mapped((steps) => steps.map(([frame]) => [frame, 0]));
    expect(pathsOf(buildCallTree(profile, { ...wholeByLine, groupBy: 'method' }))).toEqual(byMethod);
  });

  it('has every path upside down, and from a method up and down', () => {
    const callers = buildCallTree(profile, { ...wholeByLine, direction: 'callers' });
    expect(pathsOf(callers)).toEqual(mapped((steps) => steps.toReversed()));
    for (const around of [0, 1, 7]) {
      const from = (steps: readonly Step[]): number => steps.findIndex(([frame]) => frame === around);
      const down = mapped((steps) => (from(steps) < 0 ? [] : steps.slice(from(steps))));
      expect(pathsOf(buildCallTree(profile, { ...wholeByLine, around }))).toEqual(down);
      const up = mapped((steps) => steps.slice(0, from(steps) + 1).toReversed());
      expect(pathsOf(buildCallTree(profile, { ...wholeByLine, around, direction: 'callers' }))).toEqual(up);
    }
  });

  it.each([
    ['hide', (steps: readonly Step[]) => steps.filter((step) => !isC(step))],
    ['show', (steps: readonly Step[]) => steps.filter(isC)],
  ] as const)('%ss C functions', (kind, expected) => {
    const refined = refineStacks(profile, [{ kind, of: { by: 'kind', kind: FrameKind.C } }], facts).profile;
    expect(pathsOf(buildCallTree(refined, wholeByLine))).toEqual(mapped(expected));
    expect(brokenInvariants(refined)).toEqual([]);
  });

  it('folds recursion', () => {
    const refined = refineStacks(profile, [{ kind: 'foldRecursion' }], facts).profile;
    expect(pathsOf(buildCallTree(refined, wholeByLine))).toEqual(mapped(folded));
    expect(brokenInvariants(refined)).toEqual([]);
  });

  it('puts heavier siblings first, and shares the columns of stacks that stand like that', () => {
    const refined = refineStacks(profile, [{ kind: 'foldRecursion' }], facts).profile;
    const tree = buildCallTree(refined, wholeByLine);
    expect(tree.total).toBe(refined.stacks.total);
    const again = buildCallTree({ ...profile, stacks: buildCallTree(profile, wholeByLine) }, wholeByLine);
    expect(again).toEqual(buildCallTree(profile, wholeByLine));
  });
});
