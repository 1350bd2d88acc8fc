import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('logger-eager-message', text);

it.each([
  ['Rails.logger.debug("a #{b}")', 'Rails.logger.debug { "a #{b}" }', 'safe'],
  ['logger.debug "a #{b}"', 'logger.debug { "a #{b}" }', 'safe'],
  ['logger.debug("a #{b}") if c', 'logger.debug { "a #{b}" } if c', 'safe'],
  ['logger.debug(\n  "a #{b}"\n)', 'logger.debug { "a #{b}" }', 'safe'],
  ['logger&.debug("#{b}")', 'logger&.debug { "#{b}" }', 'safe'],
  ['@logger.debug("a #{b}")', '@logger.debug { "a #{b}" }', 'review'],
  ['Rails.logger.debug("a #{b.save}")', 'Rails.logger.debug { "a #{b.save}" }', 'review'],
])('%o: %o, %s', async (before, after, safety) => {
  const found = await outcome(before);
  expect([found.text, found.safety]).toEqual([after, safety]);
});

it.each([
  'logger.info("a #{b}")',
  'logger.debug("a")',
  'logger.debug { "a #{b}" }',
  'logger.debug("a #{b}", c)',
  'logger.debug("a #{b}") if logger.debug?',
  'query.debug("a #{b}")',
  'debug("a #{b}")',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
