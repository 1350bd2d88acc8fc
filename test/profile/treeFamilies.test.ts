import { describe, expect, it } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { type TreePart, treeFamilies } from '../../src/profile/treeFamilies';
import { wholeByLine } from '../../src/profile/treeShape';
import { profileFromText } from '../support/profileFromText';

const profile = profileFromText(`
  A@a.rb:1 > B@b.rb:1 > C@c.rb:1   5
  A@a.rb:1 > B@b.rb:1 > D@d.rb:1   2
  A@a.rb:1 > E@e.rb:1              3
  A@a.rb:1 > F@f.rb:1              1
  G@g.rb:1                         4
`);
const tree = buildCallTree(profile, wholeByLine);
const nameOf = (node: number): string => profile.strings[profile.frames.name[tree.frame[node]!]!]!;
const nodeOf = (name: string): number => tree.frame.findIndex((_, node) => nameOf(node) === name);

function families(of: string | null, part: TreePart, most = 100): string {
  const { nodes } = treeFamilies(tree, of === null ? -1 : nodeOf(of), part, most);
  return nodes.map(nameOf).join(' ');
}

describe('treeFamilies', () => {
  it('gives the children of a node, heaviest first', () => {
    expect(families(null, 'children')).toBe('A G');
    expect(families('A', 'children')).toBe('B E F');
    expect(families('C', 'children')).toBe('');
    expect(treeFamilies(tree, -1, 'children', 1).roots).toBe(2);
  });

  it('goes down the heaviest path to a leaf', () => {
    expect(families(null, 'heaviest')).toBe('A G B E F C D');
    expect(families('B', 'heaviest')).toBe('C D');
    expect(families('G', 'heaviest')).toBe('');
  });

  it('gives all families on the way to a node, also where it is not among the heaviest', () => {
    expect(families('D', 'path')).toBe('A G B E F C D');
    expect(families('G', 'path')).toBe('A G');
    expect(families('F', 'path', 1)).toBe('A B F');
  });

  it('cuts families, and has nothing for nodes that do not exist', () => {
    expect(families('A', 'children', 2)).toBe('B E');
    for (const part of ['children', 'heaviest', 'path'] as const) {
      for (const node of [99, -7]) expect(treeFamilies(tree, node, part, 5).nodes).toEqual([]);
    }
  });
});
