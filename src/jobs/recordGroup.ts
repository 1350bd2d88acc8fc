import { ALLOCATED, LIVE, RUN_COLUMNS, typeColumn } from './runSample';

/** A memory record whose parts may be on several lines. */
export class PendingRecord {
  readonly row = new Float64Array(RUN_COLUMNS);
  process = -1;
  classId = -1;
  queue = -1;
  /** What tells its thread or job from others (hash); 0: nothing. */
  lane = 0;
  timeMs = Number.NaN;
  /** Resident memory after the run in bytes, or NaN. */
  rss = Number.NaN;
  /** Slots in use after the run, or NaN. */
  liveSlots = Number.NaN;
  /** Other jobs ran beside it. */
  beside = false;
  /** Whether a collection ran before the counters were read, as the log says; null: it does not. */
  collected: boolean | null = null;
  hasDeltas = false;
  hasTypes = false;

  clear(): void {
    this.row.fill(Number.NaN);
    this.process = this.classId = this.queue = -1;
    this.lane = 0;
    this.timeMs = this.rss = this.liveSlots = Number.NaN;
    this.beside = this.hasDeltas = this.hasTypes = false;
    this.collected = null;
  }

  /** Takes the figures that a later line of the record has. */
  take(part: PendingRecord): void {
    for (let column = 0; column < RUN_COLUMNS; column++) {
      if (Number.isNaN(this.row[column]!)) this.row[column] = part.row[column]!;
    }
    if (Number.isNaN(this.rss)) this.rss = part.rss;
    if (Number.isNaN(this.liveSlots)) this.liveSlots = part.liveSlots;
    this.collected ??= part.collected;
    this.beside ||= part.beside;
    this.hasDeltas ||= part.hasDeltas;
    this.hasTypes ||= part.hasTypes;
  }

  /** Sees which parts the figures are. */
  settle(): void {
    this.hasDeltas = !Number.isNaN(this.row[LIVE]!) || !Number.isNaN(this.row[ALLOCATED]!);
    this.hasTypes = false;
    for (let column = typeColumn(0); column < RUN_COLUMNS && !this.hasTypes; column++) {
      this.hasTypes = !Number.isNaN(this.row[column]!);
    }
  }
}

/** Records that wait for their lines at most; a log with more beside each other is cut or not a log. */
const MOST_WAITING = 16;

/**
 * Joins the lines of records that came from one source. Lines say at best by their thread which record they belong to;
 * else one record after the other is the rule, as a logger writes it at once. Where several wait, what follows decides: as
 * many parts as records came in turn; fewer, and a part belongs to the record just before it and the others were cut.
 */
export class RecordGroup {
  cut = 0;
  mixed = 0;
  private readonly waiting: PendingRecord[] = [];
  /** Parts nothing is decided about, with the number of records that waited when they came. */
  private readonly parts: { readonly part: PendingRecord; readonly after: number }[] = [];
  private readonly free: PendingRecord[] = [];

  constructor(private readonly emit: (record: PendingRecord) => void) {}

  /** A cleared record to fill; give it back by `head` or `part`. */
  take(): PendingRecord {
    const record = this.free.pop() ?? new PendingRecord();
    record.clear();
    return record;
  }

  drop(record: PendingRecord): void {
    this.free.push(record);
  }

  head(record: PendingRecord): void {
    if (this.waiting.every(({ hasDeltas }) => hasDeltas) || this.waiting.length >= MOST_WAITING) this.flush();
    if (record.hasDeltas && record.hasTypes) this.release(record, true);
    else this.waiting.push(record);
  }

  part(part: PendingRecord): void {
    const { waiting } = this;
    const own = part.lane === 0 ? null : waiting.find((record) => record.lane === part.lane && lacks(record, part));
    const only = waiting.length === 1 && lacks(waiting[0]!, part) ? waiting[0]! : null;
    const record = own ?? only;
    if (record !== null && record !== undefined) {
      record.take(part);
      this.free.push(part);
      if (record.hasDeltas && record.hasTypes) {
        waiting.splice(waiting.indexOf(record), 1);
        this.release(record, true);
      }
      return;
    }
    if (waiting.length < 2) {
      this.cut++;
      this.free.push(part);
      return;
    }
    this.parts.push({ part, after: waiting.length });
    const missing = waiting.reduce((sum, one) => sum + (one.hasDeltas ? 0 : 1) + (one.hasTypes ? 0 : 1), 0);
    const have = this.parts.reduce((sum, one) => sum + (one.part.hasDeltas ? 1 : 0) + (one.part.hasTypes ? 1 : 0), 0);
    if (have >= missing || this.parts.length > 2 * MOST_WAITING) this.flush();
  }

  /** Decides about all that wait. */
  flush(): void {
    const { waiting, parts } = this;
    if (waiting.length === 0) return;
    if (parts.length > 0) {
      this.assign(
        parts.filter(({ part }) => part.hasDeltas),
        'hasDeltas',
      );
      this.assign(
        parts.filter(({ part }) => part.hasTypes && !part.hasDeltas),
        'hasTypes',
      );
      for (const { part } of parts) this.free.push(part);
      parts.length = 0;
    }
    for (const record of waiting) this.release(record, record.hasDeltas);
    waiting.length = 0;
  }

  private assign(
    parts: readonly { readonly part: PendingRecord; readonly after: number }[],
    has: 'hasDeltas' | 'hasTypes',
  ): void {
    const open = this.waiting.filter((record) => !record[has]);
    if (open.length === parts.length) {
      if (open.some((record) => record.classId !== open[0]!.classId)) this.mixed += open.length;
      for (const [at, record] of open.entries()) record.take(parts[at]!.part);
      return;
    }
    for (const { part, after } of parts) {
      const record = this.waiting.findLast((one, at) => at < after && !one[has]);
      if (record === undefined) this.cut++;
      else record.take(part);
    }
  }

  private release(record: PendingRecord, whole: boolean): void {
    if (whole) this.emit(record);
    else this.cut++;
    this.free.push(record);
  }
}

function lacks(record: PendingRecord, part: PendingRecord): boolean {
  return !((part.hasDeltas && record.hasDeltas) || (part.hasTypes && record.hasTypes));
}
