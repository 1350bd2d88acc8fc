import { expect, test } from 'vitest';
import { CharacterWidths, FittedLabel, labelForms, shorterForms } from '../../webview/labels';
import { hostileNames } from './harness/hostileProfile';

/** Every character is one wide. */
const widths = new CharacterWidths(() => 1);
const fitted = (name: string, width: number): string => new FittedLabel(labelForms(name, widths), widths).fit(width);

test('a name gives up its modules first, then its class, then its end', () => {
  const name = 'block in Balance::Materializer#persist_balances:63';
  expect(fitted(name, 60)).toBe(name);
  expect(fitted(name, 45)).toBe('block in Materializer#persist_balances:63');
  expect(fitted(name, 35)).toBe('block in persist_balances:63');
  expect(fitted(name, 20)).toBe('block in persist_ba…');
  expect(fitted(name, 3)).toBe('');
});

test('forms of names of all kinds', () => {
  expect(shorterForms('ActiveRecord::Base.find_by')).toEqual(['ActiveRecord::Base.find_by', 'Base.find_by', 'find_by']);
  expect(shorterForms('<main>')).toEqual(['<main>']);
  expect(shorterForms('<class:Foo>')).toEqual(['<class:Foo>']);
  expect(shorterForms('Array#map')).toEqual(['Array#map', 'map']);
  expect(shorterForms('A::B#[]=')).toEqual(['A::B#[]=', 'B#[]=', '[]=']);
  expect(shorterForms('Class#new')).toEqual(['Class#new', 'new']);
});

test('what is drawn fits and has nothing invisible in it', () => {
  for (const name of hostileNames) {
    for (const width of [0, 3, 5, 17, 80]) {
      const shown = fitted(name, width);
      expect([...shown].length).toBeLessThanOrEqual(width);
      expect(shown).not.toMatch(/[\u0000-\u001f\u202e\u2066]/);
    }
  }
});

test('characters are measured once', () => {
  let measured = 0;
  const counted = new CharacterWidths(() => {
    measured++;
    return 2;
  });
  expect(counted.ofText('aaaa日日a')).toBe(14);
  expect(counted.ofText('aa日')).toBe(6);
  expect(measured).toBe(2);
});

test('the same width again gives the same text without fitting', () => {
  const label = new FittedLabel(labelForms('Balance::SyncCache#converted_entries', widths), widths);
  expect(label.fit(10)).toBe(label.fit(10));
  expect(label.fit(10)).toBe('converted…');
});
