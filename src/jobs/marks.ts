/** What a line may be about, as bits. A mark is a cheap test of four bytes; the reader looks properly. */
export type Mark = number;

export const MARK_MEMORY = 1;
export const MARK_HEAP = 2;
export const MARK_TYPES = 4;
export const MARK_JOB = 8;
export const MARK_SAMPLE = 16;
export const MARK_LIMIT = 32;
export const MARK_LIFE = 64;

/** Four bytes each, of texts that the reader knows: rare pairs of letters, as each pair of a log that is in one of them costs a second look. */
const NEEDLES: readonly (readonly [mark: Mark, needles: readonly string[]])[] = [
  // [MemoryProfiling], [MemoryLogger]
  [MARK_MEMORY, ['[Mem']],
  // heap_live_delta
  [MARK_HEAP, ['p_li']],
  // T_OBJECT, T_CLASS …: all that count_objects has
  [MARK_TYPES, 'OB CL MO FL ST RE AR HA BI FI DA MA CO RA SY IM IC NO'.split(' ').map((type) => `T_${type}`)],
  // jid=, "jid":, JID-
  [MARK_JOB, ['=', '"', '\\', ':', '-'].flatMap((after) => [`jid${after}`, `JID${after}`])],
  // sample#memory_total
  [MARK_SAMPLE, ['e#me']],
  // Error R14 (Memory quota exceeded); oom-kill:; Killed process 1 (ruby) total-vm:
  [MARK_LIMIT, ['(Mem', 'm-ki', 'l-vm']],
  // Booting Sidekiq, Booted Rails, Shutting down, Bye!, Process exited
  [MARK_LIFE, ['Boot', 'Shut', 'Bye!', 'Proc']],
];

/** Every needle of four bytes has a pair of its bytes at some place that this divides. */
export const STRIDE = 3;

/** By two bytes: bits of the offsets at which some needle has them; 0 for most. */
export const PAIRS = new Uint8Array(1 << 16);

const SLOTS = 256;
const KEYS = new Int32Array(SLOTS);
const MARKS = new Uint8Array(SLOTS);

for (const [mark, needles] of NEEDLES) {
  for (const needle of needles) {
    const codes = [...needle].map((char) => char.charCodeAt(0));
    for (let offset = 0; offset < STRIDE; offset++) PAIRS[(codes[offset]! << 8) | codes[offset + 1]!]! |= 1 << offset;
    const key = (codes[0]! << 24) | (codes[1]! << 16) | (codes[2]! << 8) | codes[3]!;
    let slot = slotOf(key);
    while (MARKS[slot] !== 0) slot = (slot + 1) % SLOTS;
    KEYS[slot] = key;
    MARKS[slot] = mark;
  }
}

/** The marks of bytes that are one line; also of text that was inside another line. */
export function marksOf(bytes: Uint8Array, from: number, to: number): Mark {
  let marks = 0;
  const last = to - 1;
  for (let at = from; at < last; at += STRIDE) {
    const offsets = PAIRS[(bytes[at]! << 8) | bytes[at + 1]!]!;
    if (offsets !== 0) marks |= markAt(bytes, at, offsets);
  }
  return marks;
}

/** The mark of the needle that has the pair at `at`, or 0. Reading over a line's ends is harmless: a mark too many costs a second look only. */
export function markAt(bytes: Uint8Array, at: number, offsets: number): Mark {
  for (let offset = 0; offset < STRIDE; offset++) {
    if ((offsets & (1 << offset)) === 0) continue;
    const from = at - offset;
    const key = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
    for (let slot = slotOf(key); MARKS[slot] !== 0; slot = (slot + 1) % SLOTS) {
      if (KEYS[slot] === key) return MARKS[slot]!;
    }
  }
  return 0;
}

/** Whether a line that names a job may say that it started, ended, or what its arguments are; most such lines are of the job's own. */
export function saysJobEvent(bytes: Uint8Array, from: number, to: number): boolean {
  // Nearly all end with `start` or `done`.
  const last = bytes[to - 1];
  if (last === 0x65 && bytes[to - 2] === 0x6e && bytes[to - 3] === 0x6f && bytes[to - 4] === 0x64) return true;
  if (last === 0x74 && bytes[to - 2] === 0x72 && bytes[to - 3] === 0x61 && bytes[to - 4] === 0x74) return true;
  for (let at = from; at < to - 3; at++) {
    switch (bytes[at]!) {
      case 0x73: // star
        if (bytes[at + 1] === 0x74 && bytes[at + 2] === 0x61 && bytes[at + 3] === 0x72) return true;
        break;
      case 0x64: // done
        if (bytes[at + 1] === 0x6f && bytes[at + 2] === 0x6e && bytes[at + 3] === 0x65) return true;
        break;
      case 0x66: // fail
        if (bytes[at + 1] === 0x61 && bytes[at + 2] === 0x69 && bytes[at + 3] === 0x6c) return true;
        break;
      case 0x50: // Perf
        if (bytes[at + 1] === 0x65 && bytes[at + 2] === 0x72 && bytes[at + 3] === 0x66) return true;
        break;
      default:
    }
  }
  return false;
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 24;
}
