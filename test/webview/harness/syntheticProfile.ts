/** Profiles made up for the view: a worker's stacks with as many boxes, as deep, as wanted. The same seed gives the same profile. */
import { ProfileBuilder } from '../../../src/profile/builder';
import type { Profile } from '../../../src/profile/profile';

export interface SyntheticOptions {
  readonly seed: number;
  /** Boxes of the flame graph, about. */
  readonly boxes: number;
  readonly depth: number;
  /** 0: all stacks weigh the same, so all can be seen; 1 and more: a few weigh most, as in real profiles. */
  readonly skew: number;
}

const nouns = [
  'Balance',
  'Holding',
  'Account',
  'Entry',
  'Transaction',
  'Valuation',
  'Family',
  'Security',
  'Price',
  'Rate',
];
const roles = [
  'Materializer',
  'SyncCache',
  'ForwardCalculator',
  'ReverseCalculator',
  'Importer',
  'Processor',
  'Builder',
];
const verbs = [
  'perform',
  'calculate',
  'build',
  'persist',
  'materialize',
  'fetch',
  'convert',
  'upsert_all',
  'each_slice',
];
const gems = [
  '/usr/local/bundle/ruby/3.3.0/gems/activerecord-7.2.2/lib/active_record/',
  '/usr/local/bundle/ruby/3.3.0/gems/activesupport-7.2.2/lib/active_support/',
  '/usr/local/bundle/ruby/3.3.0/gems/sidekiq-7.3.9/lib/sidekiq/',
];
const core = ['Class#new', 'Array#map', 'Array#each', 'Hash#each', 'Kernel#dup', 'Integer#times', 'PG::Result#each'];

export function syntheticProfile({ seed, boxes, depth, skew }: SyntheticOptions): Profile {
  const random = generator(seed);
  const builder = new ProfileBuilder();
  builder.mode = 'object';
  builder.interval = 97;
  const frames = Array.from({ length: 400 }, (_, i) => builder.addFrame(frameAt(i)));
  // Stacks share their upper third; below it each adds about two thirds of `depth` boxes of its own.
  const shared = Math.floor(depth / 3);
  const stacks = Math.max(1, Math.round(boxes / (depth - shared)));
  for (let stack = 0; stack < stacks; stack++) {
    const path: number[] = [];
    const lines: number[] = [];
    const levels = depth - Math.floor(random() * 4);
    for (let level = 0; level < levels; level++) {
      // The branch taken at each shared level is a digit of the stack's number: few at the top, all apart below.
      const branch = level < shared ? Math.floor((stack / stacks) * 2 ** Math.min(level, 11)) : stack;
      const pick = hash(seed + level * 7919 + branch * 104_729);
      path.push(frames[pick % frames.length]!);
      lines.push(isCore(pick % frames.length) ? 0 : 10 + (pick % 180));
    }
    builder.addStack(path, lines, Math.max(1, Math.round(40 * (1 - random()) ** -skew)));
  }
  const profile = builder.finish();
  return { ...profile, missedSamples: profile.samples * 96 };
}

/** Frames by number: a quarter of them C functions, a third in gems, the rest in `app/`. */
function frameAt(i: number): { name: string; file: string; line: number } {
  if (isCore(i)) return { name: core[i % core.length]!, file: '<cfunc>', line: 0 };
  const name = `${nouns[i % nouns.length]}::${roles[i % roles.length]}#${verbs[i % verbs.length]}`;
  const file = `${nouns[i % nouns.length]}/${roles[(i * 3) % roles.length]}_${i % 40}.rb`.toLowerCase();
  const block = i % 5 === 0 ? 'block in ' : '';
  const folder = i % 3 === 0 ? gems[i % gems.length] : '/app/app/models/';
  return { name: `${block}${name}`, file: `${folder}${file}`, line: 5 + (i % 90) };
}

function isCore(i: number): boolean {
  return i % 4 === 3;
}

function hash(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Numbers 0 .. 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
