import { expect, it } from 'vitest';
import { compareVersions, isAtLeast, isInRange } from '../../src/ruby/versions';

it.each([
  ['3.3.8', { from: '3.3' }, true],
  ['3.3', { from: '3.3.0' }, true],
  ['3.2.9', { from: '3.3' }, false],
  ['3.10', { from: '3.9' }, true],
  ['ruby 3.4.1p0', { before: '3.4' }, false],
  ['7.0.8', { from: '5.0', before: '7.1' }, true],
  ['7.1.0', { from: '5.0', before: '7.1' }, false],
  [null, { from: '5.0' }, null],
  ['jruby', { from: '5.0' }, null],
  ['3.0', {}, true],
])('%s in %j: %s', (version, range, expected) => {
  expect(isInRange(version, range)).toBe(expected);
});

it('compares part by part', () => {
  expect(Math.sign(compareVersions('3.2', '3.10'))).toBe(-1);
  expect(compareVersions('3.2', '3.2.0')).toBe(0);
  expect(isAtLeast('4.0.0', '4.0')).toBe(true);
});
