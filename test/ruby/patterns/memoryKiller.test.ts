import { describePattern } from '../../support/describePattern';

const note = 'safety net';

describePattern('memory-killer', {
  fixed: [],
  advised: [
    ['gem "puma_worker_killer"', note],
    ["gem 'sidekiq-worker-killer', '~> 1.0', require: false", note],
    ['gem "unicorn-worker-killer"', note],
    ['chain.add Sidekiq::Middleware::MemoryKiller', note],
    ['chain.add Sidekiq::WorkerKiller, max_rss: 480', note],
    ['config.server_middleware { |chain| chain.add WorkerMemoryGuard }', note],
  ],
  silent: [
    'gem "puma"',
    'gem name',
    'other.gem "puma_worker_killer"',
    'chain.add MemoryProfilingMiddleware',
    'set.add killer',
    'add MemoryKiller',
    'chain.remove Sidekiq::WorkerKiller',
  ],
});
