import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../src/host/nodeByteSource';
import { buildCallTree, type CallTree } from '../../src/profile/callTree';
import { decodeProfile } from '../../src/profile/formats/decodeProfile';
import type { Profile } from '../../src/profile/profile';
import { wholeByLine } from '../../src/profile/treeShape';
import { profileFromText } from '../support/profileFromText';
import { sumsOf } from '../support/sumsOf';

const byMethod = { ...wholeByLine, groupBy: 'method' } as const;

/** Samples by path of names. */
function paths({ frames, strings }: Profile, tree: CallTree): Map<string, number> {
  const path: string[] = [];
  const samples = new Map<string, number>();
  for (let node = 0; node < tree.length; node++) {
    const above = tree.parent[node]!;
    path[node] = `${above < 0 ? '' : `${path[above]} > `}${strings[frames.name[tree.frame[node]!]!]}`;
    samples.set(path[node]!, Math.round(tree.total[node]! * 1e6) / 1e6);
  }
  return samples;
}

function rebuilt(text: string): { readonly exact: Map<string, number>; readonly fromSums: Map<string, number> } {
  const profile = profileFromText(text);
  const sums = sumsOf(profile);
  return {
    exact: paths(profile, buildCallTree(profile, byMethod)),
    fromSums: paths(sums, buildCallTree(sums, byMethod)),
  };
}

/** Samples of a frame on top, and of stacks that have it, as the boxes of a tree show them. */
function shown(tree: CallTree, frames: number): { readonly self: Float64Array; readonly total: Float64Array } {
  const self = new Float64Array(frames);
  const total = new Float64Array(frames);
  const outermostEnd = new Int32Array(frames);
  for (let node = 0; node < tree.length; node++) {
    const frame = tree.frame[node]!;
    self[frame]! += tree.self[node]!;
    if (node < outermostEnd[frame]!) continue;
    outermostEnd[frame] = tree.subtreeEnd[node]!;
    total[frame]! += tree.total[node]!;
  }
  return { self, total };
}

function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0);
}

/** How much of the exact picture is in the same place of the other one. */
function overlap(exact: Map<string, number>, other: Map<string, number>): number {
  let common = 0;
  let all = 0;
  for (const [path, samples] of exact) {
    all += samples;
    common += Math.min(samples, other.get(path) ?? 0);
  }
  return common / all;
}

describe('a tree from sums', () => {
  it('goes through a hub as often as it was on the stack, outer callers first', () => {
    const { exact, fromSums } = rebuilt(`
      Worker#run@w.rb:1 > Chain#call@c.rb:1 > Log#call@l.rb:1 > Chain#call@c.rb:1 > Retry#call@r.rb:1 > Chain#call@c.rb:1 > Job#perform@j.rb:1 > Class#new@<cfunc>   60
      Worker#run@w.rb:1 > Chain#call@c.rb:1 > Log#call@l.rb:1 > Chain#call@c.rb:1 > Retry#call@r.rb:1 > Chain#call@c.rb:1 > Job#perform@j.rb:1   30
    `);
    expect(fromSums).toEqual(exact);
  });

  it('ends recursion at the depth that the sums tell', () => {
    const { exact, fromSums } = rebuilt(`
      Main@m.rb:1 > Tree#walk@t.rb:1 > Tree#walk@t.rb:2 > Tree#walk@t.rb:2 > Leaf.new@l.rb:1   40
    `);
    expect(fromSums).toEqual(exact);
  });

  it('has no method twice on a stack that was there once', () => {
    const { fromSums } = rebuilt(`
      A@a.rb:1 > Array#each@<cfunc> > B@b.rb:1 > X@x.rb:1   50
      A@a.rb:1 > Array#each@<cfunc> > C@c.rb:1 > X@x.rb:1   30
      D@d.rb:1 > Array#each@<cfunc> > C@c.rb:1              20
    `);
    for (const path of fromSums.keys()) {
      const names = path.split(' > ');
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('shows every method of recorded profiles as wide as it was, nearly', async () => {
    const folder = 'examples/finance-sync/profiles';
    const found = await readdir(folder, { recursive: true });
    const dumps = found.filter((name) => name.endsWith('.dump'));
    expect(dumps.length).toBeGreaterThan(1);
    for (const name of dumps) {
      const decoded = await decodeProfile(fileSource(`${folder}/${name}`));
      if (!decoded.ok || decoded.profile.detail === 'aggregate') throw new Error(name);
      const sums = sumsOf(decoded.profile);
      const tree = buildCallTree(sums, byMethod);
      const { self, total } = shown(tree, sums.frames.length);
      expect(tree.totalSamples).toBeCloseTo(buildCallTree(decoded.profile, byMethod).totalSamples, 3);
      expect(distance(self, sums.frames.self) / 2).toBeLessThan(0.03 * sums.samples);
      expect(distance(total, sums.frames.total)).toBeLessThan(0.2 * total.reduce((sum, each) => sum + each, 0));
      const exact = paths(decoded.profile, buildCallTree(decoded.profile, byMethod));
      expect(overlap(exact, paths(sums, tree))).toBeGreaterThan(0.1);
    }
  });
});
