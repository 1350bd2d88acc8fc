import process from 'node:process';
import { buildCallTree, type CallTree } from '../src/profile/callTree';
import { selectFlameRows } from '../src/profile/flameRows';
import { methodTable } from '../src/profile/methods';
import { Origin } from '../src/profile/origin';
import { FrameKind, type Profile } from '../src/profile/profile';
import type { FrameFacts, Refinement } from '../src/profile/refinement';
import { refineStacks } from '../src/profile/refineStacks';
import { compileQuery } from '../src/profile/search';
import { searchShape } from '../src/profile/searchShape';
import { type TreeShape, wholeByLine } from '../src/profile/treeShape';
import { deepProfile } from './support/deepProfile';

export const title = 'Filters, shapes and searches of a profile with a million nodes, 500 deep, in the server';

const passes = 9;
const nodes = 1_120_000;

/** Milliseconds until the boxes of the first picture are there, and processor time against walking all nodes once. */
export async function run(): Promise<string[]> {
  const profile = deepProfile(nodes);
  const facts = factsOf(profile);
  const tree = buildCallTree(profile, wholeByLine);
  const middle = frameWithShare(profile, 0.1);
  const common = frameWithShare(profile, 0.5);
  const walk = medians(() => walkOnce(profile));
  const told = (name: string, boxes: number, { clockMs, processorMs, leastMs }: Taken): string => {
    const ratio = `${(processorMs / walk.processorMs).toFixed(1)} x`;
    return row(name, boxes.toLocaleString('en'), ms(clockMs), ms(processorMs), ms(leastMs), ratio);
  };
  const lines = [
    `${tree.length.toLocaleString('en')} nodes, ${tree.maxDepth} deep, ${profile.frames.length} methods; medians of ${passes}`,
    '',
    row('', 'boxes', 'by the clock', 'processor', 'least', 'of one walk'),
    told('one walk over all nodes', profile.stacks.length, walk),
  ];
  const tell = (name: string, act: () => CallTree): void => {
    const { length } = act();
    lines.push(
      told(
        name,
        length,
        medians(() => drawn(act())),
      ),
    );
  };
  const shaped = (shape: Partial<TreeShape>) => () => buildCallTree(profile, { ...wholeByLine, ...shape });
  tell('whole, by line', shaped({}));
  tell('whole, by method', shaped({ groupBy: 'method' }));
  tell('callers first', shaped({ direction: 'callers' }));
  for (const [share, around] of [
    ['10 %', middle],
    ['50 %', common],
  ] as const) {
    tell(`callees of a method with ${share}`, shaped({ around }));
    tell(`callers of a method with ${share}`, shaped({ around, direction: 'callers' }));
  }
  const refined = (refinement: Refinement) => () =>
    buildCallTree(refineStacks(profile, refinement, facts).profile, wholeByLine);
  tell('focus on a method with 10 %', refined([{ kind: 'focus', of: { by: 'frame', frame: middle } }]));
  tell('focus on a method with 50 %', refined([{ kind: 'focus', of: { by: 'frame', frame: common } }]));
  tell('ignore a method with 10 %', refined([{ kind: 'ignore', of: { by: 'frame', frame: middle } }]));
  tell('hide C functions', refined([{ kind: 'hide', of: { by: 'kind', kind: FrameKind.C } }]));
  tell('only the application', refined([{ kind: 'show', of: { by: 'origin', origin: Origin.Mine } }]));
  tell('fold recursion', refined([{ kind: 'foldRecursion' }]));
  for (const text of ['model1', '/method_\\d*7$/', 'method_1234', 'nothing like it']) {
    const search = () => searchShape(profile, wholeByLine, tree, compileQuery(text), 10_000);
    lines.push(told(`search ${text}`, search().boxes, medians(search)));
  }
  const methods = () => methodTable(profile, 'mine', facts.origin);
  lines.push(told('methods, charged to the application', methods().length, medians(methods)));
  return lines;
}

/** What the first picture asks for: boxes of at least a quarter of a pixel. */
function drawn(tree: CallTree): void {
  selectFlameRows(tree, { from: 0, to: tree.totalSamples, minSamples: tree.totalSamples / 8_000 });
}

function walkOnce({ stacks, frames }: Profile): Float64Array {
  const sums = new Float64Array(frames.length);
  for (let node = stacks.length - 1; node >= 0; node--) {
    if (stacks.parent[node]! >= 0) sums[stacks.frame[node]!]! += stacks.self[node]!;
  }
  return sums;
}

function factsOf({ strings }: Profile): FrameFacts {
  const origin = Uint8Array.from(strings, (text) => {
    if (text.startsWith('app/')) return Origin.Mine;
    return text.startsWith('<') ? Origin.Core : Origin.Gem;
  });
  return { origin, package: strings.map((text) => (text.startsWith('app/') ? 'app' : 'store')) };
}

/** The method whose share of all samples comes nearest. */
function frameWithShare({ frames, samples }: Profile, share: number): number {
  let nearest = 0;
  const distance = (frame: number): number => Math.abs(frames.total[frame]! / samples - share);
  for (let frame = 1; frame < frames.length; frame++) if (distance(frame) < distance(nearest)) nearest = frame;
  return nearest;
}

interface Taken {
  readonly clockMs: number;
  /** Of all threads of this process, collecting garbage too. */
  readonly processorMs: number;
  /** Least processor time: nearest to what a machine needs that does nothing else. */
  readonly leastMs: number;
}

function medians(act: () => unknown): Taken {
  const taken = Array.from({ length: passes }, () => {
    const before = process.cpuUsage();
    const start = performance.now();
    act();
    const clockMs = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { clockMs, processorMs: (user + system) / 1000 };
  });
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(passes / 2)]!;
  return {
    clockMs: middle(taken.map(({ clockMs }) => clockMs)),
    processorMs: middle(taken.map(({ processorMs }) => processorMs)),
    leastMs: Math.min(...taken.map(({ processorMs }) => processorMs)),
  };
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(36) + cells.map((cell) => cell.padStart(14)).join('');
}
