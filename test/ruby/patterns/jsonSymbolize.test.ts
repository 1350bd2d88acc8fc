import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('asks for symbols while parsing', () => {
  it.each([
    ['x = "😀"; JSON.parse(s).deep_symbolize_keys', 'x = "😀"; JSON.parse(s, symbolize_names: true)', 'safe'],
    ['JSON.parse(s)&.deep_symbolize_keys[:a]', 'JSON.parse(s, symbolize_names: true)[:a]', 'safe'],
    ['::JSON.parse(s.body)\n  .symbolize_keys', '::JSON.parse(s.body, symbolize_names: true)', 'review'],
    [
      'JSON.parse(s, max_nesting: 9).deep_symbolize_keys',
      'JSON.parse(s, max_nesting: 9, symbolize_names: true)',
      'safe',
    ],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('json-symbolize', before);
    expect([outcome.text, outcome.safety]).toEqual([after, safety]);
    expect((await patternOutcome('json-symbolize', after)).candidates).toEqual([]);
  });
});

it.each([
  'JSON.parse(s, create_additions: true).deep_symbolize_keys',
  'JSON.parse(s, options).deep_symbolize_keys',
  'JSON.parse(s) # all\n  .deep_symbolize_keys',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('json-symbolize', text)).safety).toBe('advice');
});

it.each(['JSON.parse(s).with_indifferent_access', 'h.deep_symbolize_keys', 'YAML.parse(s).symbolize_keys'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('json-symbolize', text)).safety).toBeNull();
  },
);
