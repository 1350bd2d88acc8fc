import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

it.each(['list.each { |x| total = (total + x).round(2) }', 'x&.round(2, half: :even)'])(
  'only advises: %o',
  async (text) => {
    expect((await patternOutcome('bigdecimal-round-per-step', text)).safety).toBe('advice');
  },
);

it.each(['x.round', 'round(2)', 'x.floor(2)'])('is silent: %o', async (text) => {
  expect((await patternOutcome('bigdecimal-round-per-step', text)).safety).toBeNull();
});
