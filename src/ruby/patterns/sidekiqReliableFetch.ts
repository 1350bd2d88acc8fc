import { BlockNode, CallNode, DefNode, LocalVariableReadNode, type Node } from '@ruby/prism/src/nodes.js';
import { parameterNames } from '../blocks';
import { allEdits, renameCall } from '../edits';
import { isLocalRead, variableOf } from '../locals';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';

/**
 * Sidekiq Pro is told to fetch jobs in a way that it no longer has.
 *
 * before:
 *
 *     Sidekiq.configure_server do |config|
 *       config.reliable_fetch!
 *     end
 *
 * after:
 *
 *     Sidekiq.configure_server do |config|
 *       config.super_fetch!
 *     end
 *
 * why:
 *
 * A job that needs so much memory that its worker is killed comes back first with `reliable_fetch!` and kills the next one.
 * `super_fetch!` puts it back into its queue. It came with Sidekiq Pro 3.4; `reliable_fetch!` and `timed_fetch!` went with 4.0.
 *
 * check:
 * - The application uses Sidekiq Pro 3.4 or newer. The free Sidekiq has none of these methods.
 *
 * advice:
 * - The call has arguments.
 *
 * silent:
 * - The call is not made on what `Sidekiq.configure_server` gives, nor on a parameter `config` of a method.
 */
export const sidekiqReliableFetch = definePattern(CallNode, {
  id: 'sidekiq-reliable-fetch',
  section: 'job',
  title: 'A job that kills its worker comes back first',
  explanation:
    'reliable_fetch! and timed_fetch! went with Sidekiq Pro 4.0; super_fetch! puts the jobs of a killed worker back into their ' +
    'queue, so that one job that needs too much memory does not kill worker after worker.',
  gain: 'none',
  safety: 'review',
  severity: 'hint',
  heat: 'none',
  links: ['https://github.com/sidekiq/sidekiq/wiki/Reliability'],
  names: ['reliable_fetch!', 'timed_fetch!'],
  match: matchFetch,
});

function matchFetch(fetch: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc, arguments_, block } = fetch;
  if (!messageLoc || block || !receiver || !isServerConfig(receiver, syntax)) return null;
  const edits = arguments_ === null ? allEdits([renameCall(fetch, 'super_fetch!', syntax)]) : null;
  return {
    range: syntax.rangeOf(messageLoc),
    note:
      edits === null
        ? 'super_fetch! takes no such argument, so no edit is offered.'
        : 'Check that the application uses Sidekiq Pro 3.4 or newer.',
    fixes: edits === null ? [] : [{ title: 'Use super_fetch!', edits }],
  };
}

/** The first parameter of the block of `Sidekiq.configure_server`, or a parameter `config` of a method. */
function isServerConfig(receiver: Node, syntax: Syntax): boolean {
  if (!isLocalRead(receiver)) return false;
  const scope =
    variableOf(receiver, syntax)?.scope ??
    [...syntax.ancestorsOf(receiver)].find((outer) => outer instanceof BlockNode);
  const name = receiver instanceof LocalVariableReadNode ? receiver.name : 'it';
  if (scope instanceof DefNode) return name === 'config' && variableOf(receiver, syntax)?.parameter != null;
  if (!(scope instanceof BlockNode) || parameterNames(scope)?.[0] !== name) return false;
  const call = syntax.parentOf(scope);
  return (
    call instanceof CallNode &&
    call.name === 'configure_server' &&
    call.receiver !== null &&
    /^(?:::)?Sidekiq$/.test(syntax.sourceOf(call.receiver.location))
  );
}
