import { CallNode } from '@ruby/prism/src/nodes.js';
import { gemEntries, gemName, leaveGroups } from '../gemfile';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';

/**
 * The profiler is in no group that production installs, and production is where the memory goes.
 *
 * before:
 *
 *     group :development, :test do
 *       gem "rspec-rails"
 *       gem "stackprof"
 *     end
 *
 * after:
 *
 *     group :development, :test do
 *       gem "rspec-rails"
 *     end
 *
 *     gem "stackprof"
 *
 * why:
 *
 * What a worker allocates depends on the rows it meets: a profile of the development database rarely shows the job that bloats.
 * StackProf costs nothing until it is started, and at an interval of 997 or more little then.
 *
 * rewrite:
 *
 * `bundle install` afterwards: the lock file does not change by itself. Add `require: false` where it is required only when a
 * recording starts.
 *
 * check:
 * - A worker in production, or in a staging with its data, is to be recorded. Otherwise the group is right.
 *
 * advice:
 * - Something else stands on the line, or a comment would be lost.
 *
 * silent:
 * - One of its groups is another than `:development` and `:test`, or the gem is listed outside of them too.
 */
export const stackprofGroup = definePattern(CallNode, {
  id: 'stackprof-group',
  section: 'job',
  title: 'StackProf is not installed where the worker runs',
  explanation:
    'A group of development and test is left out in production, and a profile of a development database rarely shows the job that ' +
    'bloats. StackProf costs nothing until it is started.',
  gain: 'none',
  safety: 'review',
  severity: 'hint',
  heat: 'none',
  links: ['https://bundler.io/guides/groups.html'],
  names: ['gem'],
  match: matchGem,
});

function matchGem(call: CallNode, syntax: Syntax): Match | null {
  if (gemName(call) !== 'stackprof') return null;
  const [entry, ...others] = gemEntries(syntax, 'stackprof');
  if (entry === undefined || entry.call !== call || others.length > 0) return null;
  const { groups, isCertain } = entry;
  if (groups.length === 0 || groups.some((name) => name !== 'development' && name !== 'test')) return null;
  const edits = isCertain ? leaveGroups(entry, syntax, null) : null;
  return {
    range: syntax.rangeOf(call.location),
    note: 'Check that a worker in production or staging is to be recorded; bundle install afterwards.',
    fixes: edits === null ? [] : [{ title: 'Move stackprof out of the group', edits }],
  };
}
