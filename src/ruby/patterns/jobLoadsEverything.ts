import { BlockNode, CallNode, ClassNode, DefNode, IntegerNode, type Node } from '@ruby/prism/src/nodes.js';
import { callsInside, symbolOfBlock } from '../blocks';
import { isConstant } from '../callChain';
import { loopOf } from '../loops';
import type { MatchContext } from '../matchContext';
import { methodAround } from '../names';
import { definePattern, type Match } from '../pattern';
import { loaderOf, relationChain } from '../relations';
import { descendants, type Syntax } from '../syntax';
import { beneath, loadsRecords } from '../witness';

/**
 * One job does the work for all rows of a table.
 *
 * before:
 *
 *     class WeeklyDigestJob < ApplicationJob
 *       def perform
 *         User.where(active: true).find_each do |user|
 *           DigestMailer.weekly(user).deliver_now
 *         end
 *       end
 *     end
 *
 * after:
 *
 *     class WeeklyDigestJob < ApplicationJob
 *       def perform
 *         User.where(active: true).in_batches do |batch|
 *           ActiveJob.perform_all_later(batch.ids.map { |id| UserDigestJob.new(id) })
 *         end
 *       end
 *     end
 *
 * why:
 *
 * What a job allocates grows with the table, and so does the memory of the process, which keeps most of it afterwards. A job
 * that makes a million objects or more is worth splitting: one job that only enqueues, and a small one per row or batch. It
 * also retries only what failed, and a row that kills the worker does not take the others with it.
 *
 * Where all runs of `perform` in the recording make a million objects or more together, the finding says how many.
 *
 * rewrite:
 *
 * `ActiveJob.perform_all_later` needs Rails 7.1, `perform_bulk` Sidekiq 6.3: `DoerJob.perform_bulk(batch.ids.zip)`. Mind what
 * relies on one run: order, a transaction around all, rate limits, what happens when all is done.
 *
 * advice:
 * - Always: how to split the work cannot be told from the text.
 *
 * silent:
 * - The loop enqueues jobs already.
 * - The profile shows no rows being loaded by the loop.
 * - A literal limit bounds the rows.
 */
export const jobLoadsEverything = definePattern(CallNode, {
  id: 'job-loads-everything',
  section: 'job',
  title: 'This job does the work for all rows in one run',
  explanation:
    'What one run allocates grows with the table. Let this job only enqueue a small job per row or batch ' +
    '(perform_all_later, perform_bulk) when a run makes a million objects or more. Mind order, transactions and rate limits.',
  gain: 'peak',
  safety: 'advice',
  severity: 'information',
  methodObjects: 1_000_000,
  witnesses: [beneath(loadsRecords.names, 'that rows are loaded here', 'mandatory')],
  links: ['https://api.rubyonrails.org/classes/ActiveJob.html#method-c-perform_all_later'],
  names: ['each', 'find_each'],
  match: matchLoop,
});

function matchLoop(loop: CallNode, syntax: Syntax, { sidekiqPro = null }: MatchContext): Match | null {
  const { block, messageLoc } = loop;
  if (!messageLoc || !block || loopOf(loop, syntax) !== null || !isInPerform(loop, syntax)) return null;
  const chain = relationChain(loaderOf(loop.receiver)?.receiver ?? loop.receiver);
  const root = chain === null ? loop.receiver : chain.root;
  if (chain === null && !(loop.name === 'find_each' && isConstant(root))) return null;
  if (chain?.calls.some(isLimit) || enqueues(loop, block)) return null;
  return {
    range: syntax.rangeOf(messageLoc),
    likely: chain === null || chain.likely || loop.name === 'find_each',
    inLoop: true,
    note: sidekiqPro === null ? null : poisonPill,
    fixes: [],
  };
}

/** Sidekiq Pro alone gives the jobs of a killed process back, and with its older ways of fetching at once. */
const poisonPill =
  'Sidekiq Pro gives a job that killed its worker back: when one run needs more memory than there is, it kills worker after ' +
  'worker. With super_fetch! it waits in its queue meanwhile; with reliable_fetch! it comes first.';

function isInPerform(node: Node, syntax: Syntax): boolean {
  const method = methodAround(node, syntax);
  if (!(method instanceof DefNode) || method.name !== 'perform' || method.receiver !== null) return false;
  for (const outer of syntax.ancestorsOf(method)) if (outer instanceof ClassNode) return isJob(outer, syntax);
  return false;
}

function isJob({ superclass, body }: ClassNode, syntax: Syntax): boolean {
  if (superclass && /(?:Job|Worker|ActiveJob::Base)$/.test(syntax.sourceOf(superclass.location))) return true;
  const parts = body === null ? [] : descendants(body, (child) => !(child instanceof ClassNode));
  return parts.some(
    (part) =>
      part instanceof CallNode &&
      part.name === 'include' &&
      part.receiver === null &&
      (part.arguments_?.arguments_ ?? []).some((one) => /Sidekiq::(?:Job|Worker)$/.test(syntax.sourceOf(one.location))),
  );
}

/** `limit(20)`. */
function isLimit({ name, arguments_ }: CallNode): boolean {
  return name === 'limit' && arguments_?.arguments_[0] instanceof IntegerNode;
}

const enqueuing =
  /^(?:perform_(?:later|async|in|at|bulk|all_later)|deliver_later!?|enqueue\w*|push_bulk|\w+_(?:later|async))$/;

function enqueues(loop: CallNode, block: Node): boolean {
  if (!(block instanceof BlockNode)) return enqueuing.test(symbolOfBlock(loop) ?? '');
  return callsInside(block).some(({ name }) => enqueuing.test(name));
}
