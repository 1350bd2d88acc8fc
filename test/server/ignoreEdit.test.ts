import { expect, test } from 'vitest';
import type { Finding } from '../../src/findings/judge';
import { applyEdits } from '../../src/ruby/textRange';
import { ignoreEdit } from '../../src/server/ignoreEdit';
import { prism } from '../support/prism';

/** A finding from the first line to line `end` (0-based). */
function findingTo(end: number): Finding {
  const range = { start: { line: 0, character: 0 }, end: { line: end, character: 1 } };
  return {
    id: 'x',
    file: '/a.rb',
    range,
    share: 1,
    objects: 1,
    gain: 'objects',
    savedObjects: null,
    safety: 'advice',
    severity: 'hint',
    confidence: 'high',
    title: '',
    explanation: '',
    fix: null,
    alternatives: [],
    related: [],
  };
}

test.each([
  ['a.b\nc', 0, 'a.b # allocation-hotspots:disable x\nc'],
  ['a = <<~T + b\n  text\nT\n', 0, 'a = <<~T + b # allocation-hotspots:disable x\n  text\nT\n'],
  ['a "b\nc".d\n', 1, 'a "b\nc".d # allocation-hotspots:disable x\n'],
  ['a \\\n  .b\n', 1, 'a \\\n  .b # allocation-hotspots:disable x\n'],
  ['a.b\r\nc\r\n', 0, 'a.b # allocation-hotspots:disable x\r\nc\r\n'],
])('the comment goes where it is one: %j', async (text, end, after) => {
  const edit = ignoreEdit(text, findingTo(end), await prism());
  expect(edit && applyEdits(text, [edit])).toBe(after);
});

test.each([
  ['a "b\nc\nd".e\n', 1],
  ['a %w[b\nc]\n', 0],
])('and nowhere else: %j', async (text, end) => {
  expect(ignoreEdit(text, findingTo(end), await prism())).toBeNull();
});
