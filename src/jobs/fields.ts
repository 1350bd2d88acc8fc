/** Fields that are read of a line, in whatever form (`key=value`, JSON, logfmt) it has them. */
export const FIELD_NAMES = [
  'job',
  'class',
  'wrapped',
  'queue',
  'jid',
  'pid',
  'tid',
  'elapsed',
  'duration',
  'msg',
  'message',
  'log',
  'event',
  'source',
  'dyno',
  'ts',
  'time',
  'timestamp',
  '@timestamp',
  'heap_live_delta',
  'heap_live',
  'heap_live_slots',
  'objects_allocated',
  'objects',
  'gc_runs',
  'gc_start',
  'gc',
  'rss_kb',
  'rss_before_kb',
  'rss_after_kb',
  'rss_delta_kb',
  'threads',
  'threads_running',
  'busy',
  'memory_mb',
  'rss_mb',
  'sample#memory_total',
  'sample#memory_rss',
  'T_OBJECT',
  'T_CLASS',
  'T_MODULE',
  'T_FLOAT',
  'T_STRING',
  'T_REGEXP',
  'T_ARRAY',
  'T_HASH',
  'T_STRUCT',
  'T_BIGNUM',
  'T_FILE',
  'T_DATA',
  'T_MATCH',
  'T_COMPLEX',
  'T_RATIONAL',
  'T_SYMBOL',
  'T_IMEMO',
  'T_ICLASS',
  'T_NODE',
  'T_MOVED',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

/** Heap types are the last fields, in this order. */
export const TYPE_NAMES: readonly string[] = FIELD_NAMES.filter((name) => name.startsWith('T_'));
const FIRST_TYPE = FIELD_NAMES.length - TYPE_NAMES.length;

/** A part of some bytes; what it points at is valid only while the line is. */
export interface Piece {
  bytes: Uint8Array;
  from: number;
  to: number;
}

const INDEX = new Map<string, number>(FIELD_NAMES.map((name, at) => [name, at]));

export function fieldIndex(name: FieldName): number {
  return INDEX.get(name)!;
}

/**
 * The fields of one line. The first value of a name stays, as the outer ones (a prefix, the logger's own) come first.
 * Made once and reused: a log has millions of lines.
 */
export class Fields {
  private readonly pieces: readonly Piece[] = FIELD_NAMES.map(() => ({ bytes: NOTHING, from: 0, to: 0 }));
  private readonly stamps = new Int32Array(FIELD_NAMES.length);
  private stamp = 0;

  clear(): void {
    this.stamp++;
  }

  has(field: number): boolean {
    return this.stamps[field] === this.stamp;
  }

  /** The value as it stands in the line, or null. */
  piece(field: number): Piece | null {
    return this.stamps[field] === this.stamp ? this.pieces[field]! : null;
  }

  /** NaN where there is none, or no number at its start; a unit after it is passed over. */
  number(field: number): number {
    if (this.stamps[field] !== this.stamp) return Number.NaN;
    const { bytes, from, to } = this.pieces[field]!;
    return numberIn(bytes, from, to);
  }

  type(type: number): number {
    return this.number(FIRST_TYPE + type);
  }

  /** Keeps the value if its name is known and it is not empty. */
  put(keys: Uint8Array, keyFrom: number, keyTo: number, bytes: Uint8Array, from: number, to: number): void {
    const field = lookUp(keys, keyFrom, keyTo);
    if (field < 0 || to <= from || this.stamps[field] === this.stamp) return;
    this.stamps[field] = this.stamp;
    const piece = this.pieces[field]!;
    piece.bytes = bytes;
    piece.from = from;
    piece.to = to;
  }
}

/**
 * Reads `key=value` pairs wherever they stand in the text, up to a JSON object (`{"`); values may be quoted, colours stand between.
 * Answers with where the object begins, or -1.
 */
export function readPairs(fields: Fields, bytes: Uint8Array, start: number, end: number): number {
  let token = start;
  for (let at = start; at < end; at++) {
    const kind = PAIR_KINDS[bytes[at]!]!;
    if (kind === 0) continue;
    if (kind === PAIR_BREAK) token = at + 1;
    else if (kind === PAIR_EQUALS) {
      if (bytes[at + 1] === 0x22) {
        const close = endOfString(bytes, at + 2, end);
        fields.put(bytes, token, at, bytes, at + 2, close);
        at = close;
      } else {
        let stop = at + 1;
        while (stop < end && ENDS_VALUE[bytes[stop]!] === 0) stop++;
        // `class=SyncJob: start`
        fields.put(bytes, token, at, bytes, at + 1, bytes[stop - 1] === 0x3a ? stop - 1 : stop);
        at = stop - 1;
      }
      token = at + 1;
    } else if (kind === PAIR_BRACE) {
      if (at + 1 < end && (bytes[at + 1] === 0x22 || bytes[at + 1] === 0x20)) return at;
      token = at + 1;
    } else {
      while (at < end && bytes[at] !== 0x6d) at++;
      token = at + 1;
    }
  }
  return -1;
}

const PAIR_BREAK = 1;
const PAIR_EQUALS = 2;
const PAIR_BRACE = 3;
const PAIR_ESCAPE = 4;
const PAIR_KINDS = new Uint8Array(256);
for (const char of ' \t\n,[(') PAIR_KINDS[char.charCodeAt(0)] = PAIR_BREAK;
PAIR_KINDS[0x3d] = PAIR_EQUALS;
PAIR_KINDS[0x7b] = PAIR_BRACE;
PAIR_KINDS[0x1b] = PAIR_ESCAPE;

const ENDS_VALUE = new Uint8Array(256);
for (const char of ' \t,\r\n\u001b') ENDS_VALUE[char.charCodeAt(0)] = 1;

/** Reads the members of a JSON object, those of objects inside it too, but nothing inside arrays (a job's arguments). */
export function readJson(fields: Fields, bytes: Uint8Array, start: number, end: number): void {
  let inArrays = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === 0x5b) inArrays++;
    else if (byte === 0x5d) inArrays--;
    else if (byte === 0x22) {
      const close = endOfString(bytes, at + 1, end);
      let next = close + 1;
      while (next < end && bytes[next] === 0x20) next++;
      if (bytes[next] === 0x3a && next < end) {
        next++;
        while (next < end && bytes[next] === 0x20) next++;
        const value = bytes[next];
        if (value === 0x22) {
          const stop = endOfString(bytes, next + 1, end);
          if (inArrays === 0) fields.put(bytes, at + 1, close, bytes, next + 1, stop);
          at = stop + 1;
          continue;
        }
        if (value !== 0x7b && value !== 0x5b) {
          let stop = next;
          while (stop < end && bytes[stop] !== 0x2c && bytes[stop] !== 0x7d && bytes[stop] !== 0x5d) stop++;
          // null is no value.
          if (inArrays === 0 && value !== 0x6e) fields.put(bytes, at + 1, close, bytes, next, stop);
          next = stop;
        }
        at = next;
        continue;
      }
      at = next;
      continue;
    }
    at++;
  }
}

/** The first quote that no backslash covers, or `end`. */
function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at, end);
}

const NOTHING = new Uint8Array(0);
const SLOTS = 1024;

/** Open addressing by a hash of the name: field + 1, 0 where free. */
const TABLE = new Uint8Array(SLOTS);
const NAMES = FIELD_NAMES.map((name) => new TextEncoder().encode(name));
NAMES.forEach((name, field) => {
  let slot = hashOf(name, 0, name.length);
  while (TABLE[slot] !== 0) slot = (slot + 1) % SLOTS;
  TABLE[slot] = field + 1;
});

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  return ((to - from) * 131 + bytes[from]! * 31 + bytes[to - 1]! * 7 + bytes[(from + to) >> 1]! * 3) % SLOTS;
}

function lookUp(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > 24) return -1;
  let slot = hashOf(bytes, from, to);
  for (;;) {
    const field = TABLE[slot]! - 1;
    if (field < 0) return -1;
    const name = NAMES[field]!;
    if (name.length === to - from) {
      let at = 0;
      while (at < name.length && name[at] === bytes[from + at]) at++;
      if (at === name.length) return field;
    }
    slot = (slot + 1) % SLOTS;
  }
}

/** A decimal number at the start of the bytes, signed or not, or NaN. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const sign = bytes[at] === 0x2d ? -1 : 1;
  if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
  let value = 0;
  const digits = at;
  while (at < to && isDigit(bytes[at]!)) value = value * 10 + bytes[at++]! - 48;
  if (at === digits) return Number.NaN;
  if (bytes[at] === 0x2e && at < to) {
    let scale = 0.1;
    for (at++; at < to && isDigit(bytes[at]!); at++) {
      value += (bytes[at]! - 48) * scale;
      scale /= 10;
    }
  }
  return sign * value;
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
