import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

it.each(['l.sort_by { |r| [r.a, r.b] }', 'l.group_by do\n  [it.a, it.b]\nend', 'l&.uniq { [_1.a, _1.b] }'])(
  'only advises: %o',
  async (text) => {
    expect((await patternOutcome('array-key-per-row', text)).safety).toBe('advice');
  },
);

it.each([
  'l.sort_by { |r| r.a }',
  'l.sort_by { |r| [r.a] }',
  'l.map { |r| [r, 1] }',
  'l.uniq { |r| [*r, 1] }',
  'l.sort_by(&:a)',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('array-key-per-row', text)).safety).toBeNull();
});
