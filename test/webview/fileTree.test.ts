import { expect, test } from 'vitest';
import type { MethodsResult, RollUpResult } from '../../src/protocol/requests';
import { fileTree } from '../../webview/fileTree';

function sums(rows: ReadonlyArray<readonly [key: string, label: string, name: string, own: number]>): RollUpResult {
  const numbers = Float64Array.from(rows, ([, , , own]) => own);
  const ones = new Int32Array(rows.length).fill(1);
  return {
    length: rows.length,
    key: rows.map(([key]) => key),
    label: rows.map(([, label]) => label),
    package: rows.map(([, , name]) => name),
    own: numbers,
    through: numbers,
    methods: ones,
    files: ones,
    origin: new Uint8Array(rows.length),
    elsewhere: 0,
    ownExact: true,
    throughExact: true,
  };
}

const packages = sums([
  ['app', 'app', 'app', 9],
  ['redis', 'redis', 'redis', 1],
  ['gc', 'gc', 'gc', 1],
]);
const files = sums([
  ['/srv/app/a.rb', 'app/a.rb', 'app', 6],
  ['/gems/redis-5.0.1/lib/redis.rb', 'redis 5.0.1 lib/redis.rb', 'redis', 1],
  ['/srv/app/b.rb', 'app/b.rb', 'app', 3],
]);
const names = ['A#run', 'Redis#call', 'B#run', ''];
const methods: MethodsResult = {
  length: 4,
  frame: Int32Array.of(7, 8, 9, 10),
  name: names,
  file: ['/srv/app/a.rb', '/gems/redis-5.0.1/lib/redis.rb', '/srv/app/b.rb', '/srv/app/a.rb'],
  place: ['app/a.rb', 'redis 5.0.1 lib/redis.rb', 'app/b.rb', 'app/a.rb'],
  line: Int32Array.of(1, 2, 3, 4),
  self: Float64Array.of(5, 1, 3, 1),
  total: Float64Array.of(9, 1, 3, 1),
  origin: new Uint8Array(4),
};

test('packages have their files under them, and those their methods', () => {
  const { rows, outline } = fileTree({ packages, files, methods });
  const text = rows.map(
    (row, id) => `${'  '.repeat(outline.place(id).level - 1)}${row.label} ${row.own}/${row.through}`,
  );
  expect(text).toEqual([
    'my code 9/9',
    '  app/a.rb 6/6',
    '    A#run 5/9',
    '    (no name) 1/1',
    '  app/b.rb 3/3',
    '    B#run 3/3',
    'gem redis 1/1',
    '  redis 5.0.1 lib/redis.rb 1/1',
    '    Redis#call 1/1',
    'garbage collection 1/1',
  ]);
  expect(rows[2]).toMatchObject({ kind: 'method', frame: 7, line: 1, package: 'app', file: '/srv/app/a.rb' });
  expect(outline.place(9).open).toBeNull();
  expect([...outline.inSight(null)]).toEqual([0, 6, 9]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('before the sums are here there is nothing', () => {
  expect(fileTree(null).rows).toEqual([]);
});
