import { expect, test } from 'vitest';
import {
  boxName,
  childRows,
  type Direction,
  hasSource,
  neighbour,
  pathTo,
  rangeShowing,
  selectionOf,
  sourceOf,
  zoomedRow,
} from '../../webview/boxSelection';
import { heaviestRow, heaviestRowAt, rowOfNode, trunkLevels } from '../../webview/flameTree';
import { flameTreeFromText, nameOf, rowNamed } from './flameTreeFromText';

const text = `
  Job@app/job.rb#5:6 > Build@app/build.rb#10:12 > Class#new@<cfunc> > Init@<internal:kernel>   50
  Job@app/job.rb#5:6 > Build@app/build.rb#10:14                                                20
  Job@app/job.rb#5:7 > Save@gems/ar.rb#3:9 > Kernel#dup@<cfunc>                                20
  GC@                                                                                          10
`;

test('code without source opens its nearest caller that has some, at the line of the call', () => {
  const tree = flameTreeFromText(text, { groupBy: 'line' });
  expect(sourceOf(tree, rowNamed(tree, 'Build'))).toEqual({
    file: 'app/build.rb',
    line: 12,
    place: 'app/build.rb:12',
    ofCaller: false,
  });
  for (const name of ['Class#new', 'Init']) {
    expect(sourceOf(tree, rowNamed(tree, name))).toMatchObject({ file: 'app/build.rb', line: 12, ofCaller: true });
  }
  expect(sourceOf(tree, rowNamed(tree, 'Kernel#dup'))).toMatchObject({ file: 'gems/ar.rb', line: 9 });
  expect(sourceOf(tree, rowNamed(tree, 'GC'))).toBeNull();
});

test('without lines, the definition is opened', () => {
  const tree = flameTreeFromText(text, { groupBy: 'method' });
  expect(sourceOf(tree, rowNamed(tree, 'Build'))).toMatchObject({ file: 'app/build.rb', line: 10 });
});

test('what has source', () => {
  expect(hasSource(0, 'app/a.rb')).toBe(true);
  expect(hasSource(1, '/gems/x.rb')).toBe(true);
  expect(hasSource(4, 'script/without_extension')).toBe(true);
  expect(hasSource(3, '<cfunc>')).toBe(false);
  expect(hasSource(5, '')).toBe(false);
  expect(hasSource(4, '(eval at /app/a.rb:3)')).toBe(false);
  expect(hasSource(4, '-e')).toBe(false);
});

test('a selection carries the figures of its box', () => {
  const tree = flameTreeFromText(text, { groupBy: 'line' });
  const { box, name, line } = selectionOf(tree, rowNamed(tree, 'Build'));
  expect({ name, line, ...box }).toMatchObject({
    name: 'Build',
    line: 12,
    total: 50,
    self: 0,
    start: 0,
    depth: 1,
    parentTotal: 70,
  });
  expect(selectionOf(tree, rowNamed(tree, 'GC')).box?.parentTotal).toBe(100);
});

test('boxes split by line are named with it', () => {
  const byLine = flameTreeFromText(text, { groupBy: 'line' });
  expect(boxName(byLine, rowNamed(byLine, 'Build'))).toBe('Build:12');
  expect(boxName(byLine, rowNamed(byLine, 'Class#new'))).toBe('Class#new');
  const byMethod = flameTreeFromText(text);
  expect(boxName(byMethod, rowNamed(byMethod, 'Build'))).toBe('Build');
});

test('the keyboard walks to parent, child and siblings', () => {
  const tree = flameTreeFromText(text);
  const go = (from: string, direction: Direction): string =>
    nameOf(tree, neighbour(tree, rowNamed(tree, from), direction));
  expect(go('Build', 'parent')).toBe('Job');
  expect(go('Job', 'parent')).toBe('-');
  expect(go('Job', 'child')).toBe('Build');
  expect(go('Init', 'child')).toBe('-');
  expect(go('Build', 'next')).toBe('Save');
  expect(go('Save', 'next')).toBe('-');
  expect(go('Save', 'previous')).toBe('Build');
  expect(go('Build', 'previous')).toBe('-');
  expect(go('Job', 'next')).toBe('GC');
  expect(nameOf(tree, neighbour(tree, -1, 'child'))).toBe('Job');
});

test('every box is reached from the root by child and next, and comes back by parent', () => {
  const tree = flameTreeFromText(text, { groupBy: 'line' });
  const seen = new Set<number>();
  const visit = (row: number): void => {
    if (row < 0 || seen.has(row)) return;
    seen.add(row);
    const child = neighbour(tree, row, 'child');
    if (child >= 0) expect(neighbour(tree, child, 'parent')).toBe(row);
    const next = neighbour(tree, row, 'next');
    if (next >= 0) expect(neighbour(tree, next, 'previous')).toBe(row);
    visit(child);
    visit(next);
  };
  visit(neighbour(tree, -1, 'child'));
  expect(seen.size).toBe(tree.length);
});

test('path, children and roots', () => {
  const tree = flameTreeFromText(text);
  expect(pathTo(tree, rowNamed(tree, 'Init')).map((row) => nameOf(tree, row))).toEqual([
    'Job',
    'Build',
    'Class#new',
    'Init',
  ]);
  expect(childRows(tree, rowNamed(tree, 'Job'), 9).map((row) => nameOf(tree, row))).toEqual(['Build', 'Save']);
  expect(childRows(tree, -1, 9).map((row) => nameOf(tree, row))).toEqual(['Job', 'GC']);
  expect(childRows(tree, -1, 1)).toHaveLength(1);
});

test('zoomed to: the deepest box that fills the view', () => {
  const tree = flameTreeFromText(text);
  expect(nameOf(tree, zoomedRow(tree, { from: 0, to: 100 }))).toBe('-');
  expect(nameOf(tree, zoomedRow(tree, { from: 0, to: 90 }))).toBe('Job');
  expect(nameOf(tree, zoomedRow(tree, { from: 0, to: 50 }))).toBe('Init');
  expect(nameOf(tree, zoomedRow(tree, { from: 10, to: 70 }))).toBe('Build');
  expect(nameOf(tree, zoomedRow(tree, { from: 92, to: 95 }))).toBe('GC');
});

test('a box that can be seen does not move the view, others come into it', () => {
  expect(rangeShowing(10, 50, { from: 0, to: 100 }, 1000)).toBeNull();
  const outside = rangeShowing(500, 50, { from: 0, to: 100 }, 1000);
  expect(outside).toEqual({ from: 475, to: 575 });
  const tiny = rangeShowing(50, 0.1, { from: 0, to: 1000 }, 1000);
  expect(tiny!.to - tiny!.from).toBeCloseTo(0.1 * (1000 / 120));
});

test('the heaviest box of a method, of a line, of a node', () => {
  const tree = flameTreeFromText(text, { groupBy: 'line' });
  const build = tree.frames.index[tree.frame[rowNamed(tree, 'Build')]!]!;
  expect(tree.line[heaviestRow(tree, build, 0)]).toBe(12);
  expect(tree.line[heaviestRow(tree, build, 14)]).toBe(14);
  expect(heaviestRow(tree, build, 99)).toBe(-1);
  expect(heaviestRow(tree, 12_345, 0)).toBe(-1);
  for (let row = 0; row < tree.length; row++) expect(rowOfNode(tree, tree.node[row]!)).toBe(row);
});

test('a place of the source finds its box, by line or by the method around it', () => {
  const byLine = flameTreeFromText(text, { groupBy: 'line' });
  expect(byLine.line[heaviestRowAt(byLine, 'app/build.rb', 14)]).toBe(14);
  expect(heaviestRowAt(byLine, 'app/build.rb', 13)).toBe(-1);
  const byMethod = flameTreeFromText(text);
  expect(nameOf(byMethod, heaviestRowAt(byMethod, 'app/build.rb', 13))).toBe('Build');
  expect(heaviestRowAt(byMethod, 'app/build.rb', 9)).toBe(-1);
  expect(heaviestRowAt(byMethod, 'app/nowhere.rb', 9)).toBe(-1);
});

test('the trunk is what nearly everything runs in', () => {
  expect(trunkLevels(flameTreeFromText('A@a:1 > B@b:1 > C@c:1 96\nA@a:1 > B@b:1 > D@d:1 4'))).toBe(3);
  expect(trunkLevels(flameTreeFromText('A@a:1 > B@b:1 60\nA@a:1 > C@c:1 40'))).toBe(1);
  expect(trunkLevels(flameTreeFromText(text))).toBe(0);
  expect(trunkLevels(flameTreeFromText(''))).toBe(0);
});
