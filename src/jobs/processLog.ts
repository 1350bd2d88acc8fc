import type { OpenJob } from './openJobs';
import { SeriesCollector } from './series';

/** What is gathered of one process while the log is read. */
export class ProcessLog {
  /** Resident memory in bytes. */
  readonly rss = new SeriesCollector();
  /** Slots in use, or the running sum of live deltas. */
  readonly live = new SeriesCollector();
  liveIsSum = true;
  /** Jobs that run, by a hash of their thread. */
  readonly threads = new Map<number, OpenJob>();
  records = 0;
  ended = 0;
  restarts = 0;
  /** It said that it stops. */
  closing = false;
  /** Jobs seen since it booted last. */
  jobsSinceBoot = 0;
  /** Records while other jobs ran. */
  beside = 0;
  /** Records without any collection since the job's start, or that say so. */
  uncollected = 0;
  liveSum = 0;
  lowestLiveSum = 0;
  r14 = 0;
  r15 = 0;
  oomKills = 0;
  /** Runs by class. */
  readonly runs = new Map<number, number>();
  /** The last record's class and its number in the sample of that class, -1 where it is not kept. */
  lastClass = -1;
  lastNumber = -1;

  constructor(
    readonly pid: number | null,
    readonly source: string | null,
  ) {}

  /** Jobs that ended, by whatever tells. */
  get jobs(): number {
    return Math.max(this.records, this.ended);
  }

  addRss(bytes: number, timeMs: number): void {
    this.rss.add(bytes, this.jobs, timeMs);
  }

  restart(): void {
    this.restarts++;
    this.rss.restart();
    this.live.restart();
    this.liveSum = 0;
    this.jobsSinceBoot = 0;
    this.closing = false;
    this.lastNumber = -1;
  }

  /** How far its counters mix jobs: seen side by side, or sums that no heap could have lost. */
  get mixes(): boolean {
    if (this.beside > 0 && this.beside * 50 >= this.records) return true;
    return this.lowestLiveSum < -IMPOSSIBLE_SLOTS && this.liveIsSum;
  }

  /** Live deltas are noise when more than a few runs had no collection. */
  get lacksCollection(): boolean {
    return this.records > 0 && this.uncollected * 10 > this.records;
  }
}

/** A booted application has some hundred thousand slots in use; a heap cannot shrink by more than it has. */
const IMPOSSIBLE_SLOTS = 1_000_000;
