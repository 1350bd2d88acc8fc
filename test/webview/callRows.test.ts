import { expect, test } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { type TreePart, treeFamilies } from '../../src/profile/treeFamilies';
import { wholeByLine } from '../../src/profile/treeShape';
import type { TreeRowsResult } from '../../src/protocol/requests';
import { CallRows } from '../../webview/callRows';
import { profileFromText } from '../support/profileFromText';

const profile = profileFromText(`
  A@app/a.rb#1:2 > B@app/b.rb#1:3 > new@<cfunc>   6
  A@app/a.rb#1:2 > C@app/c.rb#1:4                 3
  D@app/d.rb#1:5                                  1
`);
const tree = buildCallTree(profile, wholeByLine);

/** Rows as the server sends them. */
function rowsOf(node: number, part: TreePart, most = 100): TreeRowsResult {
  const { nodes, roots } = treeFamilies(tree, node, part, most);
  const pick = (column: ArrayLike<number>): number[] => nodes.map((at) => column[at]!);
  const frames = pick(tree.frame);
  const text = (column: ArrayLike<number>): string[] => frames.map((frame) => profile.strings[column[frame]!]!);
  return {
    length: nodes.length,
    roots,
    totalSamples: tree.totalSamples,
    approximate: false,
    node: Int32Array.from(nodes),
    parent: Int32Array.from(pick(tree.parent)),
    depth: Uint16Array.from(pick(tree.depth)),
    start: Float64Array.from(pick(tree.start)),
    total: Float64Array.from(pick(tree.total)),
    self: Float64Array.from(pick(tree.self)),
    children: Int32Array.from(nodes, (at) => tree.parent.filter((parent) => parent === at).length),
    line: Int32Array.from(pick(tree.line)),
    frame: Int32Array.from(frames.keys()),
    frames: {
      index: Int32Array.from(frames),
      name: text(profile.frames.name),
      file: text(profile.frames.file),
      place: text(profile.frames.file),
      definitionLine: Int32Array.from(frames, (frame) => profile.frames.line[frame]!),
      origin: Uint8Array.from(frames, (frame) => (profile.frames.kind[frame] === 0 ? 0 : 3)),
      ownShare: new Float32Array(frames.length),
    },
  };
}

const names = (rows: CallRows, ids: Iterable<number>): string[] => [...ids].map((id) => rows.name(id, true));

test('rows come as they are unfolded, and once', () => {
  const rows = new CallRows('callees');
  rows.add(rowsOf(-1, 'children'));
  expect(names(rows, rows.outline.inSight(null))).toEqual(['A:2', 'D:5']);
  expect(rows.isMissing(0)).toBe(true);
  rows.add(rowsOf(0, 'children'));
  rows.add(rowsOf(0, 'children'));
  expect(rows.isMissing(0)).toBe(false);
  rows.outline.setOpen(0, true);
  expect(names(rows, rows.outline.inSight(null))).toEqual(['A:2', 'B:3', 'C:4', 'D:5']);
  expect(rows.isMissing(rows.outline.children(0)[1]!)).toBe(false);
  expect(rows.parentTotal(0)).toBe(10);
  expect(rows.parentTotal(rows.outline.children(0)[0]!)).toBe(9);
});

test('a row stands for a box; code without source opens its caller', () => {
  const rows = new CallRows('callees');
  rows.add(rowsOf(-1, 'heaviest'));
  const path = rows.heaviestPath(-1, 0);
  expect(names(rows, path)).toEqual(['A:2', 'B:3', 'new']);
  const { box, ...method } = rows.selection(path[2]!);
  expect(method).toMatchObject({ name: 'new', line: 0 });
  expect(box).toMatchObject({ node: 2, depth: 2, start: 0, total: 6, self: 6, parentTotal: 6 });
  expect(box?.source).toEqual({ file: 'app/b.rb', line: 3, place: 'app/b.rb:3', ofCaller: true });
  expect(names(rows, rows.heaviestPath(-1, 0.8))).toEqual(['A:2']);
});

test('families of which only the heaviest are here are told', () => {
  const rows = new CallRows('callees');
  rows.add(rowsOf(-1, 'children', 2));
  expect(rows.longestCut).toBe(0);
  rows.add(rowsOf(0, 'children', 1));
  expect(rows.longestCut).toBe(1);
});
