import { describe, expect, it } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { compileQuery } from '../../src/profile/search';
import { type ShapeHits, searchShape } from '../../src/profile/searchShape';
import { type TreeShape, wholeByLine } from '../../src/profile/treeShape';
import { frameNamed, type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  SyncJob#perform@app/jobs/sync_job.rb#1:2 > Array#each@<cfunc> > Balance#build@app/models/balance.rb#1:5 > Class#new@<cfunc>   6
  SyncJob#perform@app/jobs/sync_job.rb#1:2 > Balance#build@app/models/balance.rb#1:5 > Balance#build@app/models/balance.rb#1:6   3
  Poller#wait@lib/poller.rb#1:2                                                                                                  1
`;

interface Asked extends ProfileText {
  readonly shape?: Partial<Omit<TreeShape, 'around'>> & { readonly around?: string };
  readonly stacks?: string;
  readonly most?: number;
}

function search(text: string, { shape = {}, stacks = STACKS, most = 100, ...options }: Asked = {}) {
  const profile = profileFromText(stacks, options);
  const around = shape.around === undefined ? null : frameNamed(profile, shape.around);
  const asked: TreeShape = { ...wholeByLine, ...shape, around };
  const tree = buildCallTree(profile, asked);
  const hits: ShapeHits = searchShape(profile, asked, tree, compileQuery(text), most);
  return { hits, tree, profile };
}

describe('searchShape', () => {
  it('counts a sample once, and every box', () => {
    expect(search('balance').hits).toMatchObject({ frames: 1, samples: 9, exact: true, error: null, boxes: 3 });
    expect(search('app/').hits).toMatchObject({ frames: 2, samples: 9, boxes: 4 });
    expect(search('app/', { shape: { groupBy: 'method' } }).hits).toMatchObject({ samples: 9, boxes: 4 });
    expect(search('none').hits).toEqual({ frames: 0, samples: 0, exact: true, error: null, boxes: 0, nodes: [] });
    expect(search('/(/').hits.error).not.toBeNull();
  });

  it('names the boxes in the order of the tree', () => {
    const { hits, tree, profile } = search('app/');
    const names = hits.nodes.map((node) => `${profile.strings[profile.frames.name[tree.frame[node]!]!]} ${node}`);
    expect(names).toEqual(['SyncJob#perform 0', 'Balance#build 2', 'Balance#build 4', 'Balance#build 5']);
  });

  it('names the widest where there are too many', () => {
    const stacks = 'A@a:1 > F@f:1 2\nB@b:1 > F@f:1 70000\nC@c:1 > F@f:1 2\nD@d:1 > F@f:1 1\nE@e:1 > F@f:1 90000';
    for (const [most, widths] of [
      [0, []],
      [1, [90000]],
      [3, [90000, 70000, 2]],
      [5, [90000, 70000, 2, 2, 1]],
    ] as const) {
      const { hits, tree } = search('F', { stacks, most });
      expect(hits.boxes).toBe(5);
      expect(hits.nodes.map((node) => tree.total[node])).toEqual(widths);
    }
  });

  it('counts what the shape shows', () => {
    const callees = { direction: 'callees', around: 'Array#each' } as const;
    expect(search('balance', { shape: callees }).hits).toMatchObject({ samples: 6, boxes: 1 });
    expect(search('sync', { shape: callees }).hits).toMatchObject({ frames: 1, samples: 0, boxes: 0 });
    const callers = { direction: 'callers', around: 'Balance#build' } as const;
    expect(search('each', { shape: callers }).hits).toMatchObject({ samples: 6, boxes: 1 });
    expect(search('class#new', { shape: callers }).hits).toMatchObject({ frames: 1, samples: 0, boxes: 0 });
    expect(search('sync', { shape: { direction: 'callers' } }).hits).toMatchObject({ samples: 9, boxes: 2 });
  });

  it.each([
    ['callees', undefined],
    ['callers', undefined],
    ['callees', 'c'],
    ['callers', 'c'],
  ] as const)('covers what its outermost boxes cover: %s around %s', (direction, around) => {
    for (let seed = 1; seed <= 30; seed++) {
      const stacks = randomStacks(seed);
      const shape = around === undefined ? { direction } : { direction, around };
      const { hits, tree, profile } = search('/^[ab]$/', { stacks, shape, most: 1e6 });
      const matching = new Set(hits.nodes);
      let covered = 0;
      for (const node of hits.nodes) {
        let above = tree.parent[node]!;
        while (above >= 0 && !matching.has(above)) above = tree.parent[above]!;
        if (above < 0) covered += tree.total[node]!;
      }
      expect([hits.samples, hits.boxes]).toEqual([covered, hits.nodes.length]);
      expect(profile.samples).toBeGreaterThanOrEqual(hits.samples);
    }
  });

  it('estimates from edges when there are no stacks', () => {
    expect(search('balance', { detail: 'aggregate' }).hits).toMatchObject({ frames: 1, samples: 9, exact: false });
  });
});

/** Stacks over six methods that recurse in every way. */
function randomStacks(seed: number): string {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const stack = (): string =>
    Array.from({ length: 1 + next(6) }, () => `${'abcdef'[next(6)]}@x.rb:${1 + next(2)}`).join(' > ');
  return `c@x.rb:1 1\n${Array.from({ length: 30 }, () => `${stack()} ${1 + next(9)}`).join('\n')}`;
}
