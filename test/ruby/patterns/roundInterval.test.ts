import { expect, it } from 'vitest';
import { isRoundInterval, nextPrimeInterval } from '../../../src/ruby/primes';
import { describePattern } from '../../support/describePattern';

const start = (interval: string): string => `StackProf.start(mode: :object, interval: ${interval}, raw: true)`;

describePattern('round-interval', {
  fixed: [
    [start('1000'), start('1009'), 'review'],
    [start('100'), start('101'), 'review'],
    [start('2'), start('3'), 'review'],
    [start('1_000'), start('1009'), 'review'],
    [
      'StackProf.run(mode: :object, interval: 50) { job }',
      'StackProf.run(mode: :object, interval: 53) { job }',
      'review',
    ],
    [
      'use StackProf::Middleware, enabled: true, mode: :object, interval: 1000',
      'use StackProf::Middleware, enabled: true, mode: :object, interval: 1009',
      'review',
    ],
    [
      'config.middleware.use ::StackProf::Middleware, interval: 2000, mode: :object',
      'config.middleware.use ::StackProf::Middleware, interval: 2003, mode: :object',
      'review',
    ],
    [start('Integer(ENV.fetch("INTERVAL", "1000"))'), start('Integer(ENV.fetch("INTERVAL", "1009"))'), 'review'],
    [start('ENV.fetch("INTERVAL", 1000).to_i'), start('ENV.fetch("INTERVAL", 1009).to_i'), 'review'],
    [start('(ENV["INTERVAL"] || 1000).to_i'), start('(ENV["INTERVAL"] || 1009).to_i'), 'review'],
  ],
  silent: [
    start('1'),
    start('997'),
    start('interval'),
    start('10 * 100'),
    start('rows.fetch("size", 1000)'),
    start('ENV.fetch("INTERVAL")'),
    'StackProf.start(mode: :object)',
    'StackProf.start(mode: :wall, interval: 1000)',
    'StackProf.start(interval: 1000)',
    'Timer.start(mode: :object, interval: 1000)',
    'use Rack::Timeout, mode: :object, interval: 1000',
    'StackProf.run(**options)',
  ],
});

it('counts as round what shares small factors with loops', () => {
  expect([0, 1, 2, 3, 4, 5, 7, 49, 53, 1000, 1009].filter(isRoundInterval)).toEqual([2, 4, 5, 49, 1000]);
  for (const interval of [2, 4, 5, 10, 48, 100, 1000, 100_000]) {
    const next = nextPrimeInterval(interval);
    expect([next > interval, isRoundInterval(next)]).toEqual([true, false]);
  }
});
