import { expect, it } from 'vitest';
import { constantAtTop, constantNameFor } from '../../src/ruby/constants';
import { lineBefore, removeCall, renameCall } from '../../src/ruby/edits';
import { frozenStringLiteral, insertFrozenStringLiteral } from '../../src/ruby/magicComments';
import { freshConstantName, freshName } from '../../src/ruby/names';
import { statementOf } from '../../src/ruby/statements';
import { applyEdits, type TextEdit } from '../../src/ruby/textRange';
import { callNamed, syntaxOf } from '../support/ruby';

function applied(text: string, edit: TextEdit | null): string | null {
  return edit && applyEdits(text, [edit]);
}

it.each([
  ['a.x.b', 'a.b'],
  ['a&.x.b', 'a.b'],
  ['a.x(1) { 2 }.b', 'a.b'],
  ['a\n  .x\n  .b', 'a\n  .b'],
  ['a # c\n  .x', null],
  ['x', null],
])('%o without x is %o', async (text, expected) => {
  const syntax = await syntaxOf(text);
  expect(applied(text, removeCall(callNamed('x', syntax), syntax))).toBe(expected);
});

it('renames calls that have a name', async () => {
  const syntax = await syntaxOf('é.x(1)');
  expect(applied('é.x(1)', renameCall(callNamed('x', syntax), 'y', syntax))).toBe('é.y(1)');
  const bare = await syntaxOf('a.()');
  expect(renameCall(callNamed('call', bare), 'y', bare)).toBeNull();
});

it.each([
  ['def m\n  a.each { x }\nend', 'def m\n  NEW\n  a.each { x }\nend'],
  ['def m\r\n\tfoo(x)\r\nend', 'def m\r\n\tNEW\r\n\tfoo(x)\r\nend'],
  ['a; x', null],
])('puts a line before the statement of %o', async (text, expected) => {
  const syntax = await syntaxOf(text);
  const call = callNamed('x', syntax);
  const statement = statementOf(call, syntax)!;
  const outer = text.includes('each') ? callNamed('each', syntax) : statement;
  expect(applied(text, lineBefore(outer, 'NEW', syntax))).toBe(expected);
});

it.each([
  ['class A\n  def m = x\nend', 'class A\n  C = 1\n  def m = x\nend'],
  ['class A < B::C\n\n  def m = x\nend', 'class A < B::C\n  C = 1\n\n  def m = x\nend'],
  [
    'module M\n  class A\n    # about\n    def m = x\n  end\nend',
    'module M\n  class A\n    C = 1\n    # about\n    def m = x\n  end\nend',
  ],
  ['class A; def m = x; end', null],
  ['def m = x', null],
  ['class A\n  class << self\n    def m = x\n  end\nend', null],
])('puts a constant at the top of %o', async (text, expected) => {
  const syntax = await syntaxOf(text);
  expect(applied(text, constantAtTop(callNamed('x', syntax), 'C = 1', syntax))).toBe(expected);
});

it('names constants after their values', () => {
  expect(constantNameFor('BigDecimal("0.2")')).toBe('BIGDECIMAL_0_2');
  expect(constantNameFor('"0.2"')).toBe('VALUE_0_2');
});

it('finds free names', async () => {
  const syntax = await syntaxOf('def m\n  hoisted = 1\n  x(hoisted2: 1)\nend\nother = 1\nA = 1');
  expect(freshName('hoisted', callNamed('x', syntax), syntax)).toBe('hoisted3');
  expect(freshName('other', callNamed('x', syntax), syntax)).toBe('other');
  expect(freshConstantName('A', syntax)).toBe('A_2');
});

it.each([
  ['x', '# frozen_string_literal: true\n\nx', null],
  ['#!/usr/bin/env ruby\nx', '#!/usr/bin/env ruby\n# frozen_string_literal: true\n\nx', null],
  [
    '#!/bin/ruby\n# -*- coding: utf-8 -*-\nx',
    '#!/bin/ruby\n# -*- coding: utf-8 -*-\n# frozen_string_literal: true\n\nx',
    null,
  ],
  ['# about\nx', '# frozen_string_literal: true\n# about\nx', null],
  ['# frozen_string_literal: false\nx', null, false],
  ['# about\n\n# Frozen-String-Literal: true\nx', null, true],
  ['x\n# frozen_string_literal: true', null, null],
])('frozen_string_literal in %o', async (text, inserted, value) => {
  const syntax = await syntaxOf(text);
  expect(frozenStringLiteral(syntax)).toBe(value);
  if (inserted !== null) expect(applied(text, insertFrozenStringLiteral(syntax))).toBe(inserted);
});
