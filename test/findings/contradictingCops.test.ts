import { expect, test } from 'vitest';
import { contradictingCops } from '../../src/findings/contradictingCops';
import type { Fix } from '../../src/ruby/pattern';

/** Replaces `find` on the last line of the text. */
function fixOf(text: string, find: string, newText: string): Fix {
  const lines = text.split('\n');
  const line = lines.length - 1;
  const character = lines[line]!.indexOf(find);
  const end = { line, character: character + find.length };
  return { title: 'x', edits: [{ range: { start: { line, character }, end }, newText }] };
}

const cop = 'Rails/SkipsModelValidations';

test('a bulk write that was not there before is named', () => {
  const text = 'a\nusers.each { |user| user.update(x: 1) }';
  expect(contradictingCops(text, fixOf(text, 'each { |user| user.update(x: 1) }', 'update_all(x: 1)'))).toEqual([cop]);
  expect(contradictingCops(text, fixOf(text, 'each', 'find_each'))).toEqual([]);
});

test('one that stays is not', () => {
  const text = 'Balance.upsert_all(rows)';
  expect(contradictingCops(text, fixOf(text, 'upsert_all(rows)', 'upsert_all(rows.first(9))'))).toEqual([]);
});

test.each([
  'user.update(x: 1) # rubocop:disable Rails/SkipsModelValidations',
  'user.update(x: 1) # rubocop:disable Style/Foo, Rails/SkipsModelValidations',
  '# rubocop:disable Rails\nuser.update(x: 1)',
  '# rubocop:disable all\nuser.update(x: 1)',
])('nor where the author has decided: %j', (text) => {
  expect(contradictingCops(text, fixOf(text, 'update', 'update_columns'))).toEqual([]);
});

test('a cop that is on again counts', () => {
  const text = `# rubocop:disable ${cop}\na\n# rubocop:enable ${cop}\nuser.update(x: 1)`;
  expect(contradictingCops(text, fixOf(text, 'update', 'update_columns'))).toEqual([cop]);
});
