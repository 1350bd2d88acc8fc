import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('sidekiq-reliable-fetch', text);
const server = (statement: string): string => `Sidekiq.configure_server do |config|\n  ${statement}\nend`;

it.each(['config.reliable_fetch!', 'config.timed_fetch!', 'config.reliable_fetch!()'])('rewrites %s', async (call) => {
  const { text, safety } = await outcome(server(call));
  expect([text, safety]).toEqual([server(call.replace(/\w+!/, 'super_fetch!')), 'review']);
});

it.each(['Sidekiq.configure_server { _1.timed_fetch! }', 'def setup(config)\n  config.reliable_fetch!\nend'])(
  'rewrites %o',
  async (before) => {
    expect((await outcome(before)).text).toBe(before.replace(/\w+!/, 'super_fetch!'));
  },
);

it('only advises on arguments', async () => {
  expect((await outcome(server('config.timed_fetch!(60)'))).safety).toBe('advice');
});

it.each([
  server('config.super_fetch!'),
  server('other.reliable_fetch!'),
  'queue.reliable_fetch!',
  'def setup(queue)\n  queue.reliable_fetch!\nend',
  'Shoryuken.configure_server { |config| config.reliable_fetch! }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
