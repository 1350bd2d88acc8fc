import { expect, test } from 'vitest';
import { statementRanges } from '../../src/ruby/statementRanges';
import { prism } from '../support/prism';

test('statements, outer ones first', async () => {
  const text = 'a\nb do\n  c; d\nend\n';
  const lines = statementRanges(await prism(), text).map(({ start, end }) => [start.line, end.line, start.character]);
  expect(lines).toEqual([
    [0, 0, 0],
    [1, 3, 0],
    [2, 2, 2],
    [2, 2, 5],
  ]);
});
