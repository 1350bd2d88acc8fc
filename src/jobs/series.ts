import type { Series } from './jobReport';

/** Buckets at most; halved when full. */
const CAPACITY = 1024;

/** Collects a series of any length in bounded memory: neighbours share a bucket, which keeps its extremes. */
export class SeriesCollector {
  private readonly jobs: number[] = [];
  private readonly times: number[] = [];
  private readonly min: number[] = [];
  private readonly max: number[] = [];
  private readonly last: number[] = [];
  private restarts: number[] = [];
  /** Values per bucket, and those in the last one. */
  private per = 1;
  private filled = 0;
  private restarted = false;

  get length(): number {
    return this.last.length;
  }

  add(value: number, jobs: number, timeMs: number): void {
    const at = this.last.length - 1;
    if (at >= 0 && this.filled < this.per && !this.restarted) {
      this.filled++;
      this.jobs[at] = jobs;
      if (!Number.isNaN(timeMs)) this.times[at] = timeMs;
      this.min[at] = Math.min(this.min[at]!, value);
      this.max[at] = Math.max(this.max[at]!, value);
      this.last[at] = value;
      return;
    }
    if (this.last.length >= CAPACITY) this.halve();
    if (this.restarted && this.last.length > 0) this.restarts.push(this.last.length);
    this.restarted = false;
    this.filled = 1;
    this.jobs.push(jobs);
    this.times.push(timeMs);
    this.min.push(value);
    this.max.push(value);
    this.last.push(value);
  }

  /** The next value is the first of a new life of the process. */
  restart(): void {
    this.restarted = true;
  }

  finish(): Series | null {
    if (this.last.length === 0) return null;
    return {
      jobs: Float64Array.from(this.jobs),
      timesMs: Float64Array.from(this.times),
      min: Float64Array.from(this.min),
      max: Float64Array.from(this.max),
      last: Float64Array.from(this.last),
      restarts: this.restarts,
    };
  }

  /** Joins neighbours, but none across a restart while there are few of those. */
  private halve(): void {
    const starts = new Set(this.restarts.length < CAPACITY / 8 ? this.restarts : []);
    const marks = new Set(this.restarts);
    const restarts: number[] = [];
    let to = 0;
    for (let at = 0; at < this.last.length; to++) {
      const pair = at + 1 < this.last.length && !starts.has(at + 1) ? at + 1 : at;
      if (to > 0 && (marks.has(at) || marks.has(pair))) restarts.push(to);
      this.jobs[to] = this.jobs[pair]!;
      this.times[to] = this.times[pair]!;
      this.min[to] = Math.min(this.min[at]!, this.min[pair]!);
      this.max[to] = Math.max(this.max[at]!, this.max[pair]!);
      this.last[to] = this.last[pair]!;
      at = pair + 1;
    }
    for (const column of [this.jobs, this.times, this.min, this.max, this.last]) column.length = to;
    this.restarts = restarts;
    this.per *= 2;
    this.filled = this.per;
  }
}
