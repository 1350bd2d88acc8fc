import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

it.each(['l.map { |r| r.symbolize_keys }', 'l.map { |r| r&.with_indifferent_access }', 'x.deep_dup'])(
  'only advises: %o',
  async (text) => {
    expect((await patternOutcome('key-conversion-per-row', text)).safety).toBe('advice');
  },
);

it.each(['symbolize_keys', 'JSON.parse(s).deep_symbolize_keys', 'r.symbolize_keys!', 'r.to_h'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('key-conversion-per-row', text)).safety).toBeNull();
  },
);
