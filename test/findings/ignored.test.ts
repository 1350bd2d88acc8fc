import { expect, test } from 'vitest';
import { ignoreHere, readIgnored } from '../../src/findings/ignored';
import { applyEdits } from '../../src/ruby/textRange';

/** Lines (0-based) of a text on which an id is ignored. */
function ignoredLines(text: string, id: string): number[] {
  const ignored = readIgnored(text);
  return text.split('\n').flatMap((_, line) => (ignored.isIgnored(id, line) ? [line] : []));
}

test('a comment at the end of a line is for that line and the ids it names', () => {
  const text = 'a\nb # allocation-hotspots:disable keys-each, merge-in-loop -- measured\nc\n';
  expect(ignoredLines(text, 'keys-each')).toEqual([1]);
  expect(ignoredLines(text, 'merge-in-loop')).toEqual([1]);
  expect(ignoredLines(text, 'relation-each')).toEqual([]);
  expect(ignoredLines(text, 'keys')).toEqual([]);
});

test('a comment on its own line holds until it is switched on again', () => {
  const text = [
    'a',
    '  # allocation-hotspots:disable keys-each',
    'b',
    '# allocation-hotspots:enable keys-each',
    'c',
    '# allocation-hotspots:disable keys-each',
    'd',
  ].join('\r\n');
  expect(ignoredLines(text, 'keys-each')).toEqual([1, 2, 5, 6]);
});

test('`all` stands for every pattern', () => {
  expect(ignoredLines('a # allocation-hotspots:disable all\nb', 'x')).toEqual([0]);
  const block = '# allocation-hotspots:disable all\na\n# allocation-hotspots:enable all\nb';
  expect(ignoredLines(block, 'x')).toEqual([0, 1]);
  expect(ignoredLines('# allocation-hotspots:disable x\na\n# allocation-hotspots:enable all\nb', 'x')).toEqual([0, 1]);
});

test('nothing is ignored by a comment without ids, another tool, or half a word', () => {
  for (const comment of ['# allocation-hotspots:disable', '# rubocop:disable x', '# allocation-hotspots:disabled x']) {
    expect(ignoredLines(`a ${comment}`, 'x'), comment).toEqual([]);
  }
});

test.each([
  ['a.b', 'a.b # allocation-hotspots:disable x'],
  ['  a.b  ', '  a.b # allocation-hotspots:disable x'],
  ['a.b # why', 'a.b # why # allocation-hotspots:disable x'],
  ['a # allocation-hotspots:disable y -- measured', 'a # allocation-hotspots:disable y, x -- measured'],
  ['a.b\r\n', 'a.b # allocation-hotspots:disable x\r\n'],
])('ignoring %j here gives %j, which is honoured', (before, after) => {
  const edit = ignoreHere(before, 0, 'x');
  expect(edit && applyEdits(before, [edit])).toBe(after);
  expect(readIgnored(after).isIgnored('x', 0)).toBe(true);
  expect(ignoreHere(after, 0, 'x')).toBeNull();
});
