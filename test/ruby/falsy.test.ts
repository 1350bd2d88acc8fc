import { expect, it } from 'vitest';
import { canBeFalse, canBeFalsy, canBeNil } from '../../src/ruby/falsy';
import { expressionOf, syntaxOf } from '../support/ruby';

it.each([
  ['1', false, false],
  ['nil', true, false],
  ['false', false, true],
  ['"#{a}"', false, false],
  ['Row.new(1)', false, false],
  ['row.new', true, true],
  ['a + 1', false, false],
  ['a == 1', false, true],
  ['a.open?', false, true],
  ['a', true, true],
  ['a.to_s', false, false],
  ['a&.to_s', true, false],
  ['a || 1', false, false],
  ['a && 1', true, true],
  ['1 && nil', true, false],
  ['if a then 1 end', true, false],
  ['if a then 1 else 2 end', false, false],
  ['a ? 1 : false', false, true],
  ['(1; nil)', true, false],
  ['unless a then 1 else 2 end', false, false],
  ['!a', false, true],
  ['case a\nwhen 1 then 2\nend', true, false],
  ['case a\nwhen 1 then 2\nelse false\nend', false, true],
  ['case a\nwhen 1 then b\nelse 2\nend', true, true],
  ['case a\nin 1 then 2\nend', false, false],
  ['case a\nin 1 then nil\nend', true, false],
])('%o: nil %s, false %s', async (text, nil, no) => {
  const node = expressionOf(await syntaxOf(text));
  expect([canBeNil(node), canBeFalse(node), canBeFalsy(node)]).toEqual([nil, no, nil || no]);
});
