import type { PoisonPill } from './jobReport';
import type { ProcessLog } from './processLog';
import { decodeText, hashBytes, type Texts } from './texts';

/** A job that has started and not ended, as far as the log tells. */
export interface OpenJob {
  readonly jid: Uint8Array;
  readonly hash: number;
  classId: number;
  process: ProcessLog;
  thread: number;
  args: string | null;
}

interface Death {
  readonly classId: number;
  readonly args: string | null;
  deaths: number;
  /** It ended after its last death. */
  ended: boolean;
}

/** Open jobs at most: lines that say when jobs end may be missing. */
const MOST_OPEN = 1 << 16;
/** Jobs remembered for having died with a process. */
const MOST_DEAD = 1 << 16;
/** Deaths of different jobs of one class before the class is named. */
const CLASS_DEATHS = 3;

/**
 * Follows jobs from their start to their end, and counts those that end with their process: killed, or started again elsewhere
 * although nobody ended them. A process that shuts down in peace hands its jobs back, which is no death.
 */
export class OpenJobs {
  private readonly open = new Map<number, OpenJob>();
  private readonly dead = new Map<string, Death>();

  constructor(private readonly classes: Texts) {}

  find(bytes: Uint8Array, from: number, to: number): OpenJob | null {
    return this.open.get(hashBytes(bytes, from, to)) ?? null;
  }

  start(bytes: Uint8Array, from: number, to: number, classId: number, process: ProcessLog, thread: number): void {
    const hash = hashBytes(bytes, from, to);
    const before = this.open.get(hash);
    if (before !== undefined) this.leave(before, !before.process.closing);
    const inThread = process.threads.get(thread);
    if (inThread !== undefined) this.leave(inThread, false);
    if (this.open.size >= MOST_OPEN) {
      const [oldest] = this.open.values();
      if (oldest !== undefined) this.leave(oldest, false);
    }
    const job: OpenJob = {
      jid: bytes.slice(from, Math.min(to, from + 64)),
      hash,
      classId,
      process,
      thread,
      args: null,
    };
    this.open.set(hash, job);
    process.threads.set(thread, job);
  }

  end(bytes: Uint8Array, from: number, to: number): void {
    const job = this.open.get(hashBytes(bytes, from, to));
    if (job !== undefined) this.leave(job, false);
    if (this.dead.size === 0) return;
    const death = this.dead.get(decodeText(bytes, from, to));
    if (death === undefined) return;
    // It was still running: the process that was taken for dead was not.
    if (job === undefined) death.deaths--;
    death.ended = true;
  }

  /** The process is gone; `peaceful`: it said so before. */
  processEnded(process: ProcessLog, peaceful: boolean): void {
    for (const job of [...process.threads.values()]) this.leave(job, !peaceful);
  }

  poison(): PoisonPill[] {
    const pills: PoisonPill[] = [];
    const others = new Map<string, { classId: number; args: string | null; deaths: number; jobs: number }>();
    for (const [jid, { classId, args, deaths, ended }] of this.dead) {
      if (deaths >= (ended ? 3 : 2)) pills.push({ class: this.classes.text(classId), jid, args, deaths });
      else if (deaths > 0 && !ended) {
        const key = `${classId} ${args ?? ''}`;
        const sum = others.get(key) ?? { classId, args, deaths: 0, jobs: 0 };
        others.set(key, { ...sum, deaths: sum.deaths + deaths, jobs: sum.jobs + 1 });
      }
    }
    for (const { classId, args, deaths, jobs } of others.values()) {
      if (jobs >= CLASS_DEATHS) pills.push({ class: this.classes.text(classId), jid: null, args, deaths });
    }
    return pills.sort((a, b) => b.deaths - a.deaths || (a.class < b.class ? -1 : 1));
  }

  private leave(job: OpenJob, died: boolean): void {
    if (this.open.get(job.hash) === job) this.open.delete(job.hash);
    if (job.process.threads.get(job.thread) === job) job.process.threads.delete(job.thread);
    if (!died) return;
    const jid = decodeText(job.jid, 0, job.jid.length);
    const known = this.dead.get(jid);
    if (known !== undefined) {
      known.deaths++;
      known.ended = false;
    } else if (this.dead.size < MOST_DEAD) {
      this.dead.set(jid, { classId: job.classId, args: job.args, deaths: 1, ended: false });
    }
  }
}
