import { expect, it } from 'vitest';
import { joinPath, normalizePath, prefixOf, relativeTo, segmentsOf } from '../../src/source/paths';

it.each([
  ['/app/x.rb', '/app/x.rb'],
  ['/app//lib/./y/../x.rb', '/app/lib/x.rb'],
  ['/app/', '/app'],
  ['/../x', '/x'],
  ['./app/x.rb', 'app/x.rb'],
  ['../lib/x.rb', '../lib/x.rb'],
  ['c:\\app\\x.rb', 'C:/app/x.rb'],
  ['C:/app/x.rb', 'C:/app/x.rb'],
  ['\\\\server\\share\\x.rb', '//server/share/x.rb'],
  ['app\\x.rb', 'app/x.rb'],
  ['/app/odd\\name.rb', '/app/odd\\name.rb'],
  ['file:///app/a%20b.rb', '/app/a b.rb'],
  ['file:///c%3A/app/x.rb', 'C:/app/x.rb'],
  ['file:///app/100%.rb', '/app/100%.rb'],
  ['', ''],
])('normalizes %o', (text, path) => {
  expect(normalizePath(text)).toBe(path);
  expect(normalizePath(path)).toBe(path);
});

it.each<[string, string, string | null]>([
  ['/app', '/app/lib/x.rb', 'lib/x.rb'],
  ['/app', '/app', ''],
  ['/app', '/apple/x.rb', null],
  ['/app/', '/app/x.rb', 'x.rb'],
  ['/', '/app/x.rb', 'app/x.rb'],
  ['', 'lib/x.rb', 'lib/x.rb'],
  ['', '/lib/x.rb', null],
  ['c:/Code', 'C:/code/x.rb', 'x.rb'],
  ['/Code', '/code/x.rb', null],
])('inside %o, %o is %o', (folder, path, expected) => {
  expect(relativeTo(folder, path)).toBe(expected);
});

it('puts a path together from its prefix and its rest', () => {
  for (const path of ['/a/b/c', 'a/b/c', 'C:/a/b', '//server/a/b']) {
    const segments = segmentsOf(path);
    for (let count = 0; count <= segments.length; count++) {
      const rest = segments.slice(count).join('/');
      if (count === 0 && /^[A-Z]:/.test(path)) continue;
      expect(joinPath(prefixOf(path, count), rest)).toBe(path);
    }
  }
});
