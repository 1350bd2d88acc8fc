import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('job-loads-everything', text);
const job = (statement: string, base = ' < ApplicationJob'): string =>
  `class DigestJob${base}\n  def perform\n    ${statement}\n  end\nend`;

it.each([
  job('User.where(a: 1).find_each { |u| u.touch }'),
  job('User.find_each { |u| u.touch }'),
  job('User.where(a: 1).to_a.each { |u| u.touch }'),
  job('User.active.each(&:touch)'),
  job('User.where(a: 1).each { |u| u.touch }', '\n  include Sidekiq::Job\n'),
  job('User.where(a: 1).each { |u| u.touch }', ' < ActiveJob::Base'),
])('advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  job('User.where(a: 1).find_each { |u| OneJob.perform_later(u.id) }'),
  job('User.where(a: 1).find_each { |u| Mailer.hello(u).deliver_later }'),
  job('User.where(a: 1).each(&:enqueue_digest)'),
  job('User.where(a: 1).limit(20).each { |u| u.touch }'),
  job('[1, 2].each { |u| u }'),
  job('User.where(a: 1).each { |u| u.touch }', ''),
  job('User.where(a: 1).each { |u| u.touch }').replace('perform', 'run'),
  'User.where(a: 1).each { |u| u.touch }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});

it('speaks of the outer loop only', async () => {
  const text = job('User.where(a: 1).find_each { |u| u.posts.where(b: 1).each { |p| p.touch } }');
  expect((await outcome(text)).candidates).toHaveLength(1);
});

it('speaks of poison pills where Sidekiq Pro gives jobs back', async () => {
  const text = job('User.find_each { |u| u.touch }');
  const note = async (sidekiqPro: string | null): Promise<string | null> =>
    (await patternOutcome('job-loads-everything', text, { sidekiqPro })).note;
  expect([await note('7.3.0'), await note(null)]).toEqual([expect.stringContaining('super_fetch!'), null]);
});
