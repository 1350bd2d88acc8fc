import { expect, it } from 'vitest';
import { applyFixes } from '../../src/findings/applyFixes';
import type { Fix } from '../../src/ruby/pattern';

function edit(from: number, to: number, newText: string): Fix['edits'][number] {
  return { range: { start: { line: 0, character: from }, end: { line: 0, character: to } }, newText };
}

it.each<[string, Fix['edits'][], string]>([
  ['one', [[edit(0, 1, 'x')]], 'xbcdef'],
  ['two apart', [[edit(0, 1, 'x')], [edit(3, 4, 'y')]], 'xbcyef'],
  ['two that touch', [[edit(0, 2, 'x')], [edit(2, 3, 'y')]], 'xydef'],
  ['the first of two that overlap', [[edit(0, 3, 'x')], [edit(2, 4, 'y')]], 'xdef'],
  ['a fix whole or not at all', [[edit(0, 3, 'x')], [edit(2, 4, 'y'), edit(5, 6, 'z')]], 'xdef'],
  [
    'an edit that two share once',
    [
      [edit(0, 0, '+'), edit(1, 2, 'x')],
      [edit(0, 0, '+'), edit(3, 4, 'y')],
    ],
    '+axcyef',
  ],
  ['one of two insertions at a place', [[edit(1, 1, 'x')], [edit(1, 1, 'y')]], 'axbcdef'],
])('makes %s', (_, fixes, expected) => {
  const titled = fixes.map((edits) => ({ title: 'Fix', edits }));
  expect(applyFixes('abcdef', titled)).toBe(expected);
});
