import { CallNode, ConstantPathNode, ConstantReadNode, StringNode } from '@ruby/prism/src/nodes.js';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';

/**
 * The application ends its own processes when they have grown too large.
 *
 * before:
 *
 *     Sidekiq.configure_server do |config|
 *       config.server_middleware do |chain|
 *         chain.add Sidekiq::Middleware::MemoryKiller
 *       end
 *     end
 *
 * after:
 *
 *     Sidekiq.configure_server do |config|
 *       config.server_middleware do |chain|
 *         chain.add MemoryProfilingMiddleware # logs GC.stat(:total_allocated_objects) around every job
 *       end
 *     end
 *
 * why:
 *
 * Ruby keeps most of the memory that its largest job once needed: memory that rises in stairs and levels off is bloat, and one
 * job class or two make it. A restart gives the memory back until that job runs again, and jobs in progress pay for it. Log the
 * objects that each job allocates, look at those above a million first, and split them (see job-loads-everything).
 *
 * advice:
 * - Always: it is a safety net that may well stay; it only does not answer why memory grows.
 *
 * silent:
 * - The gem or class has another name than those that are widely used (`puma_worker_killer`, `sidekiq-worker-killer`,
 *   `unicorn-worker-killer`, a class that ends in `MemoryKiller`, `WorkerKiller`, `MemoryGuard` or `MemoryLimiter`).
 */
export const memoryKiller = definePattern(CallNode, {
  id: 'memory-killer',
  section: 'job',
  title: 'Restarting processes that have grown hides which job makes them grow',
  explanation:
    'Ruby keeps most of what its largest job once needed, so the memory is back after that job has run again. Look first at the ' +
    'objects that each job allocates, and split those that make a million or more into small jobs.',
  gain: 'none',
  safety: 'advice',
  severity: 'hint',
  heat: 'none',
  links: ['https://github.com/sidekiq/sidekiq/wiki/Problems-and-Troubleshooting#memory-bloat'],
  names: ['gem', 'add'],
  match: matchKiller,
});

const gems = /^(?:puma_worker_killer|puma-worker-killer|sidekiq[-_]worker[-_]killer|unicorn-worker-killer)$/;
const classes = /(?:^|::)(?:\w*(?:Memory|Worker)Killer|\w*Memory(?:Guard|Limiter))$/;

function matchKiller(call: CallNode, syntax: Syntax): Match | null {
  const subject = call.arguments_?.arguments_[0];
  if (!subject || !call.messageLoc) return null;
  const isKiller =
    call.name === 'gem'
      ? call.receiver === null && subject instanceof StringNode && gems.test(subject.unescaped.value)
      : call.receiver !== null &&
        (subject instanceof ConstantReadNode || subject instanceof ConstantPathNode) &&
        classes.test(syntax.sourceOf(subject.location));
  if (!isKiller) return null;
  return {
    range: syntax.rangeOf(subject.location),
    note: 'As a safety net it may stay; it does not lower what a job needs.',
    fixes: [],
  };
}
