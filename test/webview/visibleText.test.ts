import { expect, test } from 'vitest';
import { longestShown, visibleText } from '../../webview/visibleText';
import { hostileNames } from './harness/hostileProfile';

test('ordinary names stay as they are, in any script', () => {
  for (const name of ['Array#map', 'block (2 levels) in <main>', '日本語#メソッド', 'שלום', '💎#cut']) {
    expect(visibleText(name)).toBe(name);
  }
});

test('control characters become symbols', () => {
  expect(visibleText('a\nb\tc\u0000d\u001b[31me\u007f')).toBe('a␊b␉c␀d␛[31me␡');
  expect(visibleText('a\u0085b')).toBe('a‹U+0085›b');
});

test('marks that turn the direction of writing are spelled out', () => {
  expect(visibleText('A#\u202egnirts\u202c')).toBe('A#‹U+202E›gnirts‹U+202C›');
  expect(visibleText('\u2066x\u2069\u200f\u061c')).toBe('‹U+2066›x‹U+2069›‹U+200F›‹U+061C›');
});

test('half surrogates and zero-width characters can be seen', () => {
  expect(visibleText('a\ud800b')).toBe('a\ufffdb');
  expect(visibleText('a\udc00')).toBe('a\ufffd');
  expect(visibleText('zero\u200bwidth\ufeff')).toBe('zero‹U+200B›width‹U+FEFF›');
});

test('long texts are cut, also through the middle of a pair', () => {
  expect(visibleText('x'.repeat(20_000))).toHaveLength(longestShown);
  expect(visibleText(`${'x'.repeat(8)}💎💎`, 10)).toBe(`${'x'.repeat(8)}\ufffd…`);
});

test('what comes out has nothing invisible left, whatever goes in', () => {
  for (const name of hostileNames) {
    const shown = visibleText(name);
    expect(visibleText(shown)).toBe(shown);
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
  }
});
