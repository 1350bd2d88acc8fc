import { randomSource } from './randomSource';

export interface SimulatedClass {
  readonly name: string;
  /** How often it is drawn against the others. */
  readonly share: number;
  /** Objects a run allocates, and the part of them that lives until its end. */
  readonly objects: number;
  readonly held: number;
  /** Objects that outlive each run. */
  readonly leaks: number;
  /** Seconds. */
  readonly takes: number;
}

export interface SimulatedWorker {
  readonly classes: readonly SimulatedClass[];
  readonly jobs: number;
  readonly concurrency: number;
  readonly seed: number;
  /** The process is replaced after so many jobs. */
  readonly restartAfter?: number;
  /** Part of the records that the log lost. */
  readonly missing?: number;
  /** No collection before the counters are read: garbage of up to this many slots is counted as live. */
  readonly garbage?: number;
  readonly rss?: boolean;
}

const BYTES_PER_SLOT = 100;
const BASE_SLOTS = 400_000;
const BASE_BYTES = 180e6;
/** Records are kept as hashes; what jobs work on has few. */
const HASHES_OF_LEAK = 0.8;
const HASHES_OF_HELD = 0.02;

/**
 * The log of a worker whose heap is a sum: what was booted, what leaked, and what each running job holds at the moment (growing
 * evenly from its start to its end). Resident memory follows the highest need so far, with noise. As in life, a job's figures
 * are differences of the process' counters.
 */
export function simulatedWorker({ classes, jobs, concurrency, seed, ...options }: SimulatedWorker): string {
  const random = randomSource(seed);
  const { restartAfter = Number.POSITIVE_INFINITY, missing = 0, garbage = 0, rss: hasRss = true } = options;
  const lines: string[] = [];
  const shares = classes.reduce((sum, { share }) => sum + share, 0);
  let leaked = 0;
  let allocatedByEnded = 0;
  let peak = 0;
  let pid = 100;
  let ended = 0;
  let clock = 0;
  let running: Run[] = [];

  const draw = (): SimulatedClass => {
    let at = random() * shares;
    for (const one of classes) {
      at -= one.share;
      if (at < 0) return one;
    }
    return classes[0]!;
  };
  const done = (run: Run): number => Math.min(1, (clock - run.from) / (run.to - run.from));
  const live = (): number => BASE_SLOTS + leaked + running.reduce((sum, run) => sum + run.held * done(run), 0);
  const allocated = (): number => allocatedByEnded + running.reduce((sum, run) => sum + run.objects * done(run), 0);
  const noisy = (value: number): number => value * (0.8 + 0.4 * random());
  const hashes = (): number => Math.round(HASHES_OF_LEAK * leaked + HASHES_OF_HELD * (live() - BASE_SLOTS - leaked));
  const seen = (): number => Math.round(live() + garbage * random() + 40 * (random() - 0.5));
  const resident = (): number => {
    peak = Math.max(peak, live());
    return Math.round((BASE_BYTES + peak * BYTES_PER_SLOT) / 1024 + 400 * random());
  };
  const begin = (tid: number): void => {
    const what = draw();
    const size = random() < 0.1 ? 2 : 1;
    running.push({
      what,
      tid,
      from: clock,
      to: clock + noisy(what.takes) * size,
      objects: noisy(what.objects) * size,
      held: noisy(what.held) * size,
      liveBefore: seen(),
      hashesBefore: hashes(),
      allocatedBefore: allocated(),
      rssBefore: resident(),
    });
  };

  const boot = (): void => {
    leaked = 0;
    peak = 0;
    running = [];
    pid++;
    lines.push(`pid=${pid} tid=main INFO: Booting Sidekiq 7.3.9`);
    for (let tid = 0; tid < concurrency; tid++) begin(tid);
  };
  boot();
  while (ended < jobs) {
    const next = running.reduce((first, run) => (run.to < first.to ? run : first));
    clock = next.to;
    peak = Math.max(peak, live());
    running = running.filter((run) => run !== next);
    allocatedByEnded += next.objects;
    // The stack of the ended job is still there when the counters are read; what it kept stays.
    leaked += next.what.leaks;
    ended++;
    const after = seen();
    const rss = resident();
    if (random() >= missing) {
      const figures = `heap_live_delta=${after - next.liveBefore} objects_allocated=${Math.round(allocated() - next.allocatedBefore)}`;
      const memory = hasRss ? ` rss_kb=${rss} rss_delta_kb=${rss - next.rssBefore}` : '';
      const types = ` T_HASH=${hashes() - next.hashesBefore}`;
      const runs = garbage > 0 ? 0 : 1;
      lines.push(
        `pid=${pid} tid=${next.tid} INFO: [MemoryProfiling] job=${next.what.name} queue=default ${figures} gc_runs=${runs} threads=${concurrency}${memory}${types}`,
      );
    }
    if (ended % restartAfter === 0) boot();
    else begin(next.tid);
  }
  return lines.join('\n');
}

interface Run {
  readonly what: SimulatedClass;
  readonly tid: number;
  readonly from: number;
  readonly to: number;
  readonly objects: number;
  readonly held: number;
  readonly liveBefore: number;
  readonly hashesBefore: number;
  readonly allocatedBefore: number;
  readonly rssBefore: number;
}
