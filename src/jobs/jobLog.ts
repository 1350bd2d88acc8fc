import { ClassLog } from './classLog';
import { TYPE_NAMES } from './fields';
import { OpenJobs } from './openJobs';
import { ProcessLog } from './processLog';
import type { PendingRecord } from './recordGroup';
import { ALLOCATED, GC_RUNS, LIVE, RSS_DELTA, typeColumn } from './runSample';
import { Texts } from './texts';

const MOST_CLASSES = 5000;
const MOST_PROCESSES = 5000;
const MOST_SOURCES = 5000;
/** Runs that are kept of all classes together, and of one. */
const KEPT_RUNS = 1 << 19;
const MOST_KEPT_RUNS = 16_384;
const LEAST_KEPT_RUNS = 128;

/** Everything that is gathered while logs are read, in bounded memory. The reader calls; `reportOf` makes the answer of it. */
export class JobLog {
  readonly classNames = new Texts(MOST_CLASSES);
  readonly queues = new Texts(1000);
  readonly sources = new Texts(MOST_SOURCES);
  readonly classes: ClassLog[] = [];
  readonly processes: ProcessLog[] = [];
  readonly open = new OpenJobs(this.classNames);
  records = 0;
  processesLeftOut = 0;
  private readonly processIds = new Map<number, number>();
  /** Process that a source's own lines (its memory, its limits) are about: the last that wrote there. */
  private readonly lastOfSource = new Map<number, number>();
  private lastOomPid = Number.NaN;

  classLog(id: number): ClassLog {
    let log = this.classes[id];
    if (log === undefined) {
      log = new ClassLog(id, TYPE_NAMES.length);
      this.classes[id] = log;
    }
    return log;
  }

  /** `source`: id of its text or -1; `pid`: NaN where unknown; `file`: number of the file, which stands for a process that nothing names. */
  processId(source: number, pid: number, file: number): number {
    const named = source >= 0 || !Number.isNaN(pid);
    if (Number.isNaN(pid) && source >= 0) {
      const last = this.lastOfSource.get(source);
      if (last !== undefined) return last;
    }
    const key =
      (source + 1) * PID_RANGE + (Number.isNaN(pid) ? 0 : (pid % (PID_RANGE - 1)) + 1) + (named ? 0 : -1 - file);
    let id = this.processIds.get(key);
    if (id === undefined) {
      if (this.processes.length >= MOST_PROCESSES) {
        this.processesLeftOut++;
        return MOST_PROCESSES - 1;
      }
      id = this.processes.length;
      this.processIds.set(key, id);
      this.processes.push(
        new ProcessLog(Number.isNaN(pid) ? null : pid, source < 0 ? null : this.sources.text(source)),
      );
    }
    if (source >= 0) this.lastOfSource.set(source, id);
    return id;
  }

  process(id: number): ProcessLog {
    return this.processes[id]!;
  }

  addRecord(record: PendingRecord): void {
    const { row, classId, timeMs } = record;
    const process = this.process(record.process);
    const log = this.classLog(classId);
    this.records++;
    process.records++;
    process.jobsSinceBoot++;
    log.count++;
    if (record.queue >= 0) increase(log.queues, record.queue);
    increase(log.processes, record.process);
    increase(process.runs, classId);
    if (record.beside) {
      process.beside++;
      log.beside++;
    }
    const live = row[LIVE]!;
    if (record.collected === false || (record.collected === null && row[GC_RUNS] === 0)) {
      process.uncollected++;
      log.uncollected++;
    }
    if (!Number.isNaN(live)) {
      log.live += live;
      log.liveCount++;
      process.liveSum += live;
      process.lowestLiveSum = Math.min(process.lowestLiveSum, process.liveSum);
    }
    const allocated = row[ALLOCATED]!;
    if (!Number.isNaN(allocated)) {
      log.allocated += allocated;
      log.maxAllocated = Math.max(log.maxAllocated, allocated);
    }
    const rss = row[RSS_DELTA]!;
    if (!Number.isNaN(rss)) {
      log.rss += rss;
      log.maxRss = Math.max(log.maxRss, rss);
      log.rssCount++;
    }
    for (let type = 0; type < log.types.length; type++) {
      const delta = row[typeColumn(type)]!;
      if (!Number.isNaN(delta)) log.types[type]! += delta;
    }
    if (!Number.isNaN(record.rss)) process.addRss(record.rss, timeMs);
    if (!Number.isNaN(record.liveSlots)) {
      process.liveIsSum = false;
      process.live.add(record.liveSlots, process.jobs, timeMs);
    } else if (!Number.isNaN(live) && process.liveIsSum) process.live.add(process.liveSum, process.jobs, timeMs);
    this.keep(record, log, process);
  }

  ended(classId: number, processId: number, failed: boolean, seconds: number): void {
    const process = this.process(processId);
    process.ended++;
    process.jobsSinceBoot++;
    if (classId < 0) return;
    const log = this.classLog(classId);
    if (failed) log.failed++;
    else log.done++;
    if (!Number.isNaN(seconds)) log.elapsed.add(seconds);
  }

  /** A process says that it boots. What ran in its place before is gone. */
  booted(processId: number): void {
    const process = this.process(processId);
    if (process.jobsSinceBoot === 0 && process.threads.size === 0 && process.rss.length === 0) return;
    if (process.jobsSinceBoot === 0 && process.threads.size === 0 && process.restarts > 0) return;
    this.open.processEnded(process, process.closing);
    process.restart();
  }

  /** The kernel killed a process. It tells twice: the second time is passed over. `isRuby`: whether it counts though it wrote nothing here. */
  killed(pid: number, bytes: number, isRuby: boolean, timeMs: number): void {
    if (pid === this.lastOomPid && Number.isNaN(bytes)) return;
    if (pid !== this.lastOomPid) {
      const known = this.processes.findIndex((process) => process.pid === pid);
      if (known < 0 && !isRuby) return;
      const id = known >= 0 ? known : this.processId(-1, pid, 0);
      const process = this.process(id);
      process.oomKills++;
      if (!Number.isNaN(bytes)) process.addRss(bytes, timeMs);
      this.open.processEnded(process, false);
      process.restart();
    } else if (!Number.isNaN(bytes)) this.processes.find((process) => process.pid === pid)?.addRss(bytes, timeMs);
    this.lastOomPid = pid;
  }

  private keep(record: PendingRecord, log: ClassLog, process: ProcessLog): void {
    if (process.lastNumber >= 0)
      this.classes[process.lastClass]!.runs.addNext(process.lastNumber, record.row, record.classId);
    const share = Math.floor(KEPT_RUNS / this.classNames.size);
    const limit = Math.max(LEAST_KEPT_RUNS, Math.min(MOST_KEPT_RUNS, share));
    process.lastNumber = log.runs.add(record.row, limit);
    process.lastClass = record.classId;
  }
}

/** Pids of Linux are below 2^22. */
const PID_RANGE = 2 ** 23;

function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
