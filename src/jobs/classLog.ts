import { NumberSample } from './numberSample';
import { RunSample } from './runSample';

/** What is gathered of one job class while the log is read. */
export class ClassLog {
  readonly runs = new RunSample();
  readonly elapsed = new NumberSample();
  count = 0;
  started = 0;
  done = 0;
  failed = 0;
  /** Runs with memory figures while other jobs ran, and without a collection. */
  beside = 0;
  uncollected = 0;
  allocated = 0;
  maxAllocated = Number.NEGATIVE_INFINITY;
  live = 0;
  liveCount = 0;
  rss = 0;
  maxRss = Number.NEGATIVE_INFINITY;
  rssCount = 0;
  /** Sums of the type deltas, by type. */
  readonly types: Float64Array;
  /** Runs by queue. */
  readonly queues = new Map<number, number>();
  /** Runs in processes whose counters mix jobs are known at the end only: runs by process. */
  readonly processes = new Map<number, number>();

  constructor(
    readonly id: number,
    types: number,
  ) {
    this.types = new Float64Array(types);
  }
}
