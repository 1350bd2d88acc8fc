import { Fields, fieldIndex, numberIn, type Piece, readJson, readPairs, TYPE_NAMES } from './fields';
import type { JobLog } from './jobLog';
import { find, type Prefix, readPrefix, readTime, startsWith } from './linePrefix';
import { MARK_HEAP, MARK_JOB, MARK_LIFE, MARK_LIMIT, MARK_MEMORY, MARK_SAMPLE, MARK_TYPES, marksOf } from './marks';
import { type PendingRecord, RecordGroup } from './recordGroup';
import { ALLOCATED, GC_RUNS, LIVE, RSS_DELTA, typeColumn } from './runSample';
import { isWrapper, type JobEvent, jobEvent, oldSeconds, oldSidekiq } from './sidekiqLine';
import type { LineSink } from './splitLines';
import { decodeText, hashBytes } from './texts';
import { unescapeJson } from './unescapeJson';

const JOB = fieldIndex('job');
const CLASS = fieldIndex('class');
const WRAPPED = fieldIndex('wrapped');
const QUEUE = fieldIndex('queue');
const JID = fieldIndex('jid');
const PID = fieldIndex('pid');
const TID = fieldIndex('tid');
const ELAPSED = fieldIndex('elapsed');
const DURATION = fieldIndex('duration');
const LOG = fieldIndex('log');
const MESSAGE = fieldIndex('message');
const MSG = fieldIndex('msg');
const EVENT = fieldIndex('event');
const SOURCE = fieldIndex('source');
const DYNO = fieldIndex('dyno');
const CLOCKS = (['ts', 'time', 'timestamp', '@timestamp'] as const).map(fieldIndex);
const HEAP_LIVE_DELTA = fieldIndex('heap_live_delta');
const LIVE_SLOTS = (['heap_live', 'heap_live_slots'] as const).map(fieldIndex);
const OBJECTS_ALLOCATED = fieldIndex('objects_allocated');
const OBJECTS = fieldIndex('objects');
const RUNS_OF_GC = fieldIndex('gc_runs');
const COLLECTED = (['gc_start', 'gc'] as const).map(fieldIndex);
const RSS = fieldIndex('rss_kb');
const RSS_BEFORE = fieldIndex('rss_before_kb');
const RSS_AFTER = fieldIndex('rss_after_kb');
const RSS_DELTA_KB = fieldIndex('rss_delta_kb');
const BESIDE = (['threads', 'threads_running', 'busy'] as const).map(fieldIndex);
const MEMORY_MB = fieldIndex('memory_mb');
const RSS_MB = fieldIndex('rss_mb');
const SAMPLE_TOTAL = fieldIndex('sample#memory_total');
const SAMPLE_RSS = fieldIndex('sample#memory_rss');

/** What the kernel calls processes of Ruby; `sidekiq` and `puma` name themselves. */
const RUBY = ['ruby', 'sidekiq', 'puma', 'bundle'];

const MEGABYTE = 2 ** 20;
const KILOBYTE = 1024;
/** A message in a message in a line. */
const MESSAGES = [LOG, MESSAGE, MSG];
const MOST_NESTED = MESSAGES.length;
const JUMP_MS = 60_000;

/** Reads the marked lines of one log into a `JobLog`. */
export class LogReader implements LineSink {
  clockJumps = 0;
  private readonly fields = new Fields();
  private readonly prefix: Prefix = { from: 0, to: 0, pid: Number.NaN };
  /** The innermost text of the line: where a message ends with `start`, or a name stands in brackets. */
  private readonly text: Piece = { bytes: new Uint8Array(0), from: 0, to: 0 };
  private readonly scratch: Uint8Array[] = [];
  private readonly groups = new Map<number, RecordGroup>();
  private latest = Number.NaN;
  /** Fields of the line whose text was read as a text of its own. */
  private readonly entered: number[] = [];
  /** The line as it is in the log, for its prefix. */
  private outer: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly log: JobLog,
    /** Number of the log among those read together. */
    private readonly file: number,
  ) {}

  get cut(): number {
    return this.sumOfGroups((group) => group.cut);
  }

  get mixed(): number {
    return this.sumOfGroups((group) => group.mixed);
  }

  finish(): void {
    for (const group of this.groups.values()) group.flush();
  }

  line(bytes: Uint8Array, start: number, end: number, outerMarks: number): void {
    const { fields, prefix, text } = this;
    this.outer = bytes;
    readPrefix(prefix, bytes, start, end);
    fields.clear();
    const nested = this.readFields(bytes, start, end);
    const marks = outerMarks | (nested ? marksOf(text.bytes, text.from, text.to) : 0);
    const isRecord = marks & (MARK_MEMORY | MARK_HEAP | MARK_TYPES);
    if (isRecord !== 0 && this.readRecord(bytes, start, end, (marks & MARK_MEMORY) !== 0)) return;
    if ((marks & MARK_JOB) !== 0) this.readJob();
    if ((marks & MARK_SAMPLE) !== 0) this.readSample(bytes, start, end);
    if ((marks & MARK_LIMIT) !== 0) this.readLimit(bytes, start, end);
    if ((marks & MARK_LIFE) !== 0) this.readLife();
  }

  /** Answers whether the text was inside JSON. */
  private readFields(bytes: Uint8Array, start: number, end: number): boolean {
    const { fields, text } = this;
    text.bytes = bytes;
    text.from = start;
    text.to = end;
    const brace = readPairs(fields, bytes, start, end);
    if (brace < 0) return false;
    readJson(fields, bytes, brace, end);
    for (let depth = 0; depth < MOST_NESTED; depth++) {
      const field = MESSAGES.find((one) => fields.has(one) && this.entered.indexOf(one) < 0);
      if (field === undefined) break;
      this.enter(field, depth);
    }
    const wasNested = this.entered.length > 0;
    this.entered.length = 0;
    return wasNested;
  }

  /** Makes the text in a JSON string the line's text, and reads its fields. */
  private enter(field: number, depth: number): void {
    const { fields, text } = this;
    this.entered.push(field);
    const { bytes, from, to } = fields.piece(field)!;
    const scratch = this.scratchOf(depth, to - from);
    text.to = unescapeJson(bytes, from, to, scratch);
    text.bytes = scratch;
    text.from = 0;
    const brace = readPairs(fields, scratch, 0, text.to);
    if (brace >= 0) readJson(fields, scratch, brace, text.to);
  }

  private scratchOf(depth: number, size: number): Uint8Array {
    let scratch = this.scratch[depth];
    if (scratch === undefined || scratch.length < size) {
      scratch = new Uint8Array(Math.max(1024, 2 * size));
      this.scratch[depth] = scratch;
    }
    return scratch;
  }

  /** A memory record or a part of one; answers false if it is none. */
  private readRecord(bytes: Uint8Array, start: number, end: number, isLabelled: boolean): boolean {
    const { fields } = this;
    const isHead = this.isMemoryLine(isLabelled);
    const group = this.group();
    const record = group.take();
    this.readFigures(record);
    if (!isHead && !record.hasDeltas && !record.hasTypes) {
      group.drop(record);
      return false;
    }
    const thread = fields.piece(TID) ?? fields.piece(JID);
    record.lane = thread === null ? 0 : hashBytes(thread.bytes, thread.from, thread.to) | 1;
    if (!isHead) {
      group.part(record);
      return true;
    }
    record.process = this.processId();
    record.classId = this.classId();
    const queue = fields.piece(QUEUE);
    record.queue = queue === null ? -1 : this.log.queues.id(queue.bytes, queue.from, queue.to);
    record.timeMs = this.timeMs(bytes, start, end);
    record.beside ||= this.log.process(record.process).threads.size > 1;
    group.head(record);
    return true;
  }

  /** `[MemoryProfiling] job=`, `[MemoryLogger] job=`, or an object that has a job and its figures. */
  private isMemoryLine(isLabelled: boolean): boolean {
    const { fields } = this;
    if (!fields.has(JOB) && !fields.has(CLASS)) return false;
    if (fields.has(HEAP_LIVE_DELTA) || fields.has(OBJECTS_ALLOCATED)) return true;
    return fields.has(JOB) && isLabelled;
  }

  private readFigures(record: PendingRecord): void {
    const { fields } = this;
    const { row } = record;
    row[LIVE] = fields.number(HEAP_LIVE_DELTA);
    row[ALLOCATED] = fields.number(fields.has(OBJECTS_ALLOCATED) ? OBJECTS_ALLOCATED : OBJECTS);
    row[GC_RUNS] = fields.number(RUNS_OF_GC);
    const after = fields.number(fields.has(RSS_AFTER) ? RSS_AFTER : RSS) * KILOBYTE;
    const before = fields.number(RSS_BEFORE) * KILOBYTE;
    const delta = fields.number(RSS_DELTA_KB) * KILOBYTE;
    record.rss = Number.isNaN(after) ? fields.number(RSS_MB) * MEGABYTE : after;
    row[RSS_DELTA] = !Number.isNaN(delta) ? delta : after - before;
    if (Number.isNaN(row[RSS_DELTA]!)) row[RSS_DELTA] = fields.number(MEMORY_MB) * MEGABYTE;
    for (let type = 0; type < TYPE_NAMES.length; type++) row[typeColumn(type)] = fields.type(type);
    for (const field of LIVE_SLOTS) if (fields.has(field)) record.liveSlots = fields.number(field);
    for (const field of BESIDE) if (fields.number(field) > 1) record.beside = true;
    for (const field of COLLECTED) {
      const said = fields.piece(field);
      if (said !== null)
        record.collected = startsWith(said.bytes, said.from, 'true') || startsWith(said.bytes, said.from, '1');
    }
    record.settle();
  }

  /** Sidekiq's start, done and fail. */
  private readJob(): void {
    const { fields, log } = this;
    let jid = fields.piece(JID);
    let name = fields.piece(CLASS);
    let thread = fields.piece(TID);
    if (jid === null) {
      const old = oldSidekiq(this.text);
      if (old === null) return;
      ({ jid, name, thread } = old);
    }
    const kind = this.kindOfJobLine();
    const process = this.processId();
    if (kind === null) {
      this.readArguments(jid);
      return;
    }
    const classId = name === null ? -1 : this.classId(name);
    if (kind === 'start') {
      if (classId < 0) return;
      log.classLog(classId).started++;
      const lane = thread ?? jid;
      log.open.start(
        jid.bytes,
        jid.from,
        jid.to,
        classId,
        log.process(process),
        hashBytes(lane.bytes, lane.from, lane.to),
      );
      return;
    }
    const open = log.open.find(jid.bytes, jid.from, jid.to);
    const elapsed = fields.number(fields.has(ELAPSED) ? ELAPSED : DURATION);
    const seconds = Number.isNaN(elapsed) ? oldSeconds(this.text) : elapsed;
    log.ended(classId < 0 ? (open?.classId ?? -1) : classId, process, kind === 'fail', seconds);
    log.open.end(jid.bytes, jid.from, jid.to);
  }

  /** Active Job says what a job works on: `Performing SyncJob (Job ID: …) from … with arguments: 1`. */
  private readArguments(jid: Piece): void {
    const { bytes, from, to } = this.text;
    const job = this.log.open.find(jid.bytes, jid.from, jid.to);
    if (job === null || job.args !== null) return;
    const at = find(bytes, from, to, 'with arguments: ');
    if (at < 0 || find(bytes, from, at, 'Performing ') < 0) return;
    job.args = decodeText(bytes, at + 16, Math.min(to, at + 16 + 120));
  }

  private kindOfJobLine(): JobEvent | null {
    const { fields, text } = this;
    const said = fields.piece(EVENT) ?? fields.piece(MSG) ?? fields.piece(MESSAGE);
    return (said === null ? null : jobEvent(said)) ?? jobEvent(text);
  }

  private readSample(bytes: Uint8Array, start: number, end: number): void {
    const { fields } = this;
    const megabytes = fields.number(fields.has(SAMPLE_TOTAL) ? SAMPLE_TOTAL : SAMPLE_RSS);
    if (Number.isNaN(megabytes)) return;
    this.log.process(this.platformProcess()).addRss(megabytes * MEGABYTE, this.timeMs(bytes, start, end));
  }

  private readLimit(outer: Uint8Array, start: number, end: number): void {
    const { bytes, from, to } = this.text;
    const error = find(bytes, from, to, 'Error R1');
    if (error >= 0) {
      const process = this.log.process(this.platformProcess());
      if (bytes[error + 8] === 0x34) process.r14++;
      else if (bytes[error + 8] === 0x35) {
        process.r15++;
        this.log.open.processEnded(process, false);
        process.restart();
      }
      return;
    }
    const killed = find(bytes, from, to, 'Killed process ');
    const task = killed < 0 ? find(bytes, from, to, 'oom-kill:') : -1;
    if (killed < 0 && task < 0) return;
    const pid = killed >= 0 ? numberIn(bytes, killed + 15, to) : this.fields.number(PID);
    if (Number.isNaN(pid)) return;
    const rss = find(bytes, from, to, 'anon-rss:');
    const kilobytes = rss < 0 ? Number.NaN : numberIn(bytes, rss + 9, to);
    const isRuby = RUBY.some((name) => find(bytes, from, to, killed >= 0 ? `(${name}` : `task=${name}`) >= 0);
    this.log.killed(pid, kilobytes * KILOBYTE, isRuby, this.timeMs(outer, start, end));
  }

  private readLife(): void {
    const { bytes, from, to } = this.text;
    if (find(bytes, from, to, 'Booting Sidekiq') >= 0 || find(bytes, from, to, 'Booted Rails') >= 0) {
      this.log.booted(this.processId());
    } else if (find(bytes, from, to, 'Shutting down') >= 0 || find(bytes, from, to, 'Bye!') >= 0) {
      this.log.process(this.processId()).closing = true;
    } else if (find(bytes, from, to, 'Process exited with status 137') >= 0) {
      const process = this.log.process(this.platformProcess());
      this.log.open.processEnded(process, process.closing);
      process.restart();
    }
  }

  private processId(): number {
    const pid = this.fields.number(PID);
    return this.log.processId(this.sourceId(), Number.isNaN(pid) ? this.prefix.pid : pid, this.file);
  }

  /** Whom a line of the platform is about: its source, whatever pid it has. */
  private platformProcess(): number {
    return this.log.processId(this.sourceId(), Number.NaN, this.file);
  }

  private sourceId(): number {
    const { prefix, fields, log } = this;
    if (prefix.to > prefix.from) return log.sources.id(this.outer, prefix.from, prefix.to);
    const named = fields.has(SAMPLE_TOTAL) || fields.has(SAMPLE_RSS) ? fields.piece(SOURCE) : fields.piece(DYNO);
    return named === null ? -1 : log.sources.id(named.bytes, named.from, named.to);
  }

  /** Active Job's wrapper says nothing: the class it wraps is in the record, in the line's context, or in the job that runs. */
  private classId(given: Piece | null = this.fields.piece(JOB)): number {
    const { fields, log } = this;
    const name = given ?? fields.piece(CLASS)!;
    if (!isWrapper(name)) return log.classNames.id(name.bytes, name.from, name.to);
    const wrapped = fields.piece(WRAPPED) ?? fields.piece(CLASS);
    if (wrapped !== null && !isWrapper(wrapped)) return log.classNames.id(wrapped.bytes, wrapped.from, wrapped.to);
    const jid = fields.piece(JID);
    const open = jid === null ? null : log.open.find(jid.bytes, jid.from, jid.to);
    return open?.classId ?? log.classNames.id(name.bytes, name.from, name.to);
  }

  private timeMs(bytes: Uint8Array, start: number, end: number): number {
    const time = this.lineTime(bytes, start, end);
    if (Number.isNaN(time)) return time;
    if (time < this.latest - JUMP_MS) this.clockJumps++;
    this.latest = time;
    return time;
  }

  private lineTime(bytes: Uint8Array, start: number, end: number): number {
    for (const field of CLOCKS) {
      const clock = this.fields.piece(field);
      if (clock !== null) {
        const time = readTime(clock.bytes, clock.from, clock.to);
        if (!Number.isNaN(time)) return time;
      }
    }
    return readTime(bytes, start, end);
  }

  private group(): RecordGroup {
    const source = this.sourceId();
    let group = this.groups.get(source);
    if (group === undefined) {
      group = new RecordGroup((record) => this.log.addRecord(record));
      this.groups.set(source, group);
    }
    return group;
  }

  private sumOfGroups(of: (group: RecordGroup) => number): number {
    return [...this.groups.values()].reduce((sum, group) => sum + of(group), 0);
  }
}
