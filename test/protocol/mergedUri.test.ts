import { expect, test } from 'vitest';
import { mergedFiles, mergedUri } from '../../src/protocol/mergedUri';
import { nameOf } from '../../src/server/openProfile';

const files = ['file:///tmp/run%201/b.dump', 'file:///tmp/run%201/old/a%3Fb.dump', 'file:///tmp/run%201/b.dump'];

test('an address keeps its files, each once, sorted', () => {
  const sorted = ['file:///tmp/run%201/b.dump', 'file:///tmp/run%201/old/a%3Fb.dump'];
  expect(mergedFiles(mergedUri(files))).toEqual(sorted);
  expect(mergedUri(files)).toBe(mergedUri([...files].reverse()));
});

test('it is named by their number and lies in their common folder', () => {
  const uri = mergedUri(files);
  expect(uri).toMatch(/^allocation-merged:\/tmp\/run%201\/2%20merged%20profiles\?/);
  expect(nameOf(uri)).toBe('2 merged profiles');
  expect(mergedUri(['file:///a.dump', 'file:///tmp/b.dump'])).toMatch(/^allocation-merged:\/2%20merged/);
});

test('other addresses are single files; a damaged one has none', () => {
  expect(mergedFiles('file:///tmp/a.dump')).toBeNull();
  for (const damage of ['', '?', '?%', '?%5B1%5D', '?%7B%7D'])
    expect(mergedFiles(`allocation-merged:/tmp/2%20merged%20profiles${damage}`)).toEqual([]);
});
