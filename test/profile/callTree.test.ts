import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/profile/builder';
import { buildCallTree, type CallTree, hasShape } from '../../src/profile/callTree';
import type { Profile } from '../../src/profile/profile';
import { wholeByLine } from '../../src/profile/treeShape';
import { frameNamed, profileFromText } from '../support/profileFromText';

const STACKS = `
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#load@app/row.rb#1:5 > Class#new@<cfunc>   6
  Job#run@app/job.rb#1:3 > Array#each@<cfunc> > Row#load@app/row.rb#1:6                       3
  Job#run@app/job.rb#1:4                                                                      1
  Poll#wait@lib/poll.rb#1:2                                                                   8
  Heartbeat#beat@lib/beat.rb#1:2                                                              8
`;

/** `name:line total/self`, indented by depth. */
function drawn(profile: Profile, tree: CallTree): string[] {
  return Array.from(tree.frame, (frame, node) => {
    const name = profile.strings[profile.frames.name[frame]!]!;
    const line = tree.line[node]! > 0 ? `:${tree.line[node]}` : '';
    return `${'  '.repeat(tree.depth[node]!)}${name}${line} ${tree.total[node]}/${tree.self[node]}`;
  });
}

/** What holds for every tree. */
function brokenLaws(tree: CallTree): string[] {
  const broken: string[] = [];
  const children = new Float64Array(tree.length);
  const lastSibling = new Map<number, number>();
  let roots = 0;
  for (let node = 0; node < tree.length; node++) {
    const parent = tree.parent[node]!;
    if (parent >= node) broken.push(`parent of ${node}`);
    if (parent < 0) roots += tree.total[node]!;
    else {
      children[parent]! += tree.total[node]!;
      if (tree.depth[node] !== tree.depth[parent]! + 1) broken.push(`depth of ${node}`);
      if (node >= tree.subtreeEnd[parent]!) broken.push(`subtree of ${parent}`);
    }
    const before = lastSibling.get(parent);
    const start =
      before === undefined ? (parent < 0 ? 0 : tree.start[parent]!) : tree.start[before]! + tree.total[before]!;
    if (Math.abs(tree.start[node]! - start) > 1e-6) broken.push(`start of ${node}`);
    if (before !== undefined && tree.total[before]! < tree.total[node]!) broken.push(`order at ${node}`);
    lastSibling.set(parent, node);
  }
  for (let node = 0; node < tree.length; node++) {
    if (Math.abs(tree.total[node]! - tree.self[node]! - children[node]!) > 1e-6) broken.push(`total of ${node}`);
  }
  if (Math.abs(roots - tree.totalSamples) > 1e-6) broken.push('totalSamples');
  return broken;
}

describe('buildCallTree', () => {
  it('merges lines by method, heavier siblings first, equal ones by name', () => {
    const profile = profileFromText(STACKS);
    const tree = buildCallTree(profile, { ...wholeByLine, groupBy: 'method' });
    expect(drawn(profile, tree)).toEqual([
      'Job#run 10/1',
      '  Array#each 9/0',
      '    Row#load 9/3',
      '      Class#new 6/6',
      'Heartbeat#beat 8/8',
      'Poll#wait 8/8',
    ]);
    expect(Array.from(tree.start)).toEqual([0, 0, 0, 0, 10, 18]);
    expect(tree).toMatchObject({ totalSamples: 26, maxDepth: 4, approximate: false });
    expect(brokenLaws(tree)).toEqual([]);
  });

  it('keeps lines apart when grouped by line', () => {
    const profile = profileFromText(STACKS);
    const tree = buildCallTree(profile, wholeByLine);
    expect(drawn(profile, tree).slice(0, 5)).toEqual([
      'Heartbeat#beat:2 8/8',
      'Poll#wait:2 8/8',
      'Job#run:2 6/0',
      '  Array#each 6/0',
      '    Row#load:5 6/0',
    ]);
    expect(brokenLaws(tree)).toEqual([]);
  });

  it('is the same by method for stacks with and without lines', () => {
    const exact = buildCallTree(profileFromText(STACKS), { ...wholeByLine, groupBy: 'method' });
    const raw = buildCallTree(profileFromText(STACKS, { detail: 'raw' }), { ...wholeByLine, groupBy: 'method' });
    expect({ ...raw }).toEqual({ ...exact });
  });

  it('rebuilds a tree from edges and says that it is an approximation', () => {
    const profile = profileFromText(STACKS, { detail: 'aggregate' });
    const tree = buildCallTree(profile, wholeByLine);
    expect(drawn(profile, tree)).toEqual(
      drawn(profile, buildCallTree(profileFromText(STACKS), { ...wholeByLine, groupBy: 'method' })),
    );
    expect(tree.approximate).toBe(true);
    expect(brokenLaws(tree)).toEqual([]);
  });

  it('unrolls cycles of edges to an end and loses no samples', () => {
    const profile = profileFromText(
      `
      A@a.rb:1 > B@b.rb:1 > A@a.rb:2 > B@b.rb:2 > A@a.rb:3   70
      A@a.rb:1 > A@a.rb:1 > A@a.rb:1 > C@c.rb:1              30
    `,
      { detail: 'aggregate' },
    );
    const tree = buildCallTree(profile, { ...wholeByLine, groupBy: 'method' });
    expect(brokenLaws(tree)).toEqual([]);
    expect(tree.totalSamples).toBeCloseTo(100, 6);
    expect(tree.self.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100, 6);
    expect(tree.maxDepth).toBeLessThanOrEqual(1000);
    expect(tree.length).toBeLessThanOrEqual(50_000);
  });

  it('gives edges that lost their callers no more samples than there are', () => {
    const builder = new ProfileBuilder();
    builder.detail = 'aggregate';
    builder.samples = 10;
    const caller = builder.addFrame({ name: 'A', file: 'a.rb', line: 1, self: 0, total: 10 });
    const callee = builder.addFrame({ name: 'B', file: 'b.rb', line: 1, self: 10, total: 10 });
    builder.addEdge(caller, callee, 4);
    const tree = buildCallTree(builder.finish(), { ...wholeByLine, groupBy: 'method' });
    expect(tree.totalSamples).toBeCloseTo(10, 6);
  });

  it('takes stacks 10,000 deep and thousands of siblings', () => {
    const builder = new ProfileBuilder();
    const frames = Array.from({ length: 10_000 }, (_, at) =>
      builder.addFrame({ name: `m${at}`, file: 'a.rb', line: at }),
    );
    builder.addStack(
      frames,
      frames.map(() => 1),
      2,
    );
    for (const frame of frames) builder.addStack([frame], [2], 1);
    const tree = buildCallTree(builder.finish(), { ...wholeByLine, groupBy: 'method' });
    expect(tree).toMatchObject({ maxDepth: 10_000, totalSamples: 10_002 });
    expect(brokenLaws(tree)).toEqual([]);
  });

  it('is empty for an empty profile', () => {
    expect(buildCallTree(profileFromText(''), { ...wholeByLine, groupBy: 'method' })).toMatchObject({
      length: 0,
      totalSamples: 0,
      maxDepth: 0,
    });
  });
});

describe('callers first and around a method', () => {
  const callers = { groupBy: 'method', direction: 'callers', around: null, order: 'weight' } as const;

  it('puts leaves on top, each with who called it', () => {
    expect(drawn(profileFromText(STACKS), buildCallTree(profileFromText(STACKS), callers))).toEqual([
      'Heartbeat#beat 8/8',
      'Poll#wait 8/8',
      'Class#new 6/0',
      '  Row#load 6/0',
      '    Array#each 6/0',
      '      Job#run 6/6',
      'Row#load 3/0',
      '  Array#each 3/0',
      '    Job#run 3/3',
      'Job#run 1/1',
    ]);
  });

  it('puts one method on top with all that passes through it, once per sample', () => {
    const profile = profileFromText(`
      Job#run@app/job.rb#1:2 > Tree#walk@app/tree.rb#1:2 > Array#each@<cfunc> > Tree#walk@app/tree.rb#1:3   4
      Tree.all@app/tree.rb#9:9 > Tree#walk@app/tree.rb#1:2                                                 2
      Job#run@app/job.rb#1:3                                                                               5
    `);
    const around = frameNamed(profile, 'Tree#walk');
    expect(drawn(profile, buildCallTree(profile, { ...callers, around }))).toEqual([
      'Tree#walk 6/0',
      '  Job#run 4/4',
      '  Tree.all 2/2',
    ]);
    const callees = { groupBy: 'line', direction: 'callees', around, order: 'weight' } as const;
    expect(drawn(profile, buildCallTree(profile, callees))).toEqual([
      'Tree#walk:2 6/2',
      '  Array#each 4/0',
      '    Tree#walk:3 4/4',
    ]);
    for (const shape of [callees, { ...callers, around }, callers]) {
      expect(brokenLaws(buildCallTree(profile, shape))).toEqual([]);
    }
  });

  it('has neither for sums', () => {
    const sums = profileFromText(STACKS, { detail: 'aggregate' });
    expect(hasShape(sums, wholeByLine)).toBe(true);
    expect(hasShape(sums, callers)).toBe(false);
  });
});
