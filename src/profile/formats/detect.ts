import type { DecodeErrorReason } from '../problem';
import type { ProfileFormat } from '../profile';
import { DecodeFailure } from './decodeFailure';
import { topLevelKeys } from './topLevelKeys';

/** Bytes that are enough to tell the formats apart. */
export const DETECT_BYTES = 4096;

/** Where the telling keys of JSON are looked for, as far as they are there at once. */
const JSON_HEAD_BYTES = 1 << 16;

/**
 * The format of a file by its first bytes; names say nothing (`.dump`, `.json` and `.gz` are all used for each other).
 * Throws a `DecodeFailure` that says what the file is, when that is known, and what to do.
 */
export function detect(head: Uint8Array): ProfileFormat | 'gzip' {
  if (head.length === 0)
    throw new DecodeFailure('empty', 'The file is empty: the program may have ended before it wrote the profile.', 0);
  if (startsWith(head, 0x1f, 0x8b)) return 'gzip';
  if (isMarshal(head)) return 'stackprof-marshal';
  for (const { bytes, what } of SIGNATURES) if (startsWith(head, ...bytes)) throw unsupported(what);
  if (isUtf16(head)) throw unsupported('text in UTF-16; save it as UTF-8');
  const at = textStart(head);
  if (head[at] === 0x7b) return detectJson(head.subarray(at));
  if (head[at] === 0x5b) throw failure('not-a-profile', 'a JSON array, not a StackProf profile');
  throw detectOther(head);
}

/** Ruby reads any minor version up to its own; https://github.com/ruby/ruby/blob/master/marshal.c (MARSHAL_MINOR). */
function isMarshal(head: Uint8Array): boolean {
  const [major, minor, type] = head;
  if (major === 0x04 && (minor === undefined || minor <= 0x08)) return true;
  if (major! <= 0x08 && minor! <= 0x0f && (type === 0x7b || type === 0x7d)) {
    throw unsupported(`Ruby Marshal in version ${major}.${minor}; versions up to 4.8 can be read`);
  }
  return false;
}

function detectJson(json: Uint8Array): ProfileFormat {
  const keys = topLevelKeys(json.subarray(0, JSON_HEAD_BYTES));
  const has = (...names: string[]): boolean => names.every((name) => keys.has(name));
  const text = latinOf(json);
  if (has('mode') || has('frames', 'samples')) return 'stackprof-json';
  if (keys.get('$schema')?.includes('speedscope') || has('shared', 'profiles')) {
    throw unsupported('a speedscope profile; open the StackProf dump it was made from');
  }
  if (has('head') && text.includes('"callFrame"')) throw unsupported('a V8 heap profile (JavaScript)');
  if (has('snapshot') && text.includes('"node_fields"')) throw unsupported('a V8 heap snapshot (JavaScript)');
  if (has('nodes', 'startTime') || has('nodes', 'timeDeltas')) throw unsupported('a V8 CPU profile (JavaScript)');
  if (has('dhatFileVersion')) throw unsupported('a DHAT profile');
  if (has('meta') && /Ruby\/Vernier|vernier/.test(text)) {
    throw unsupported('a Vernier profile; record the allocations with StackProf (mode: :object, raw: true)');
  }
  if (has('meta') && (has('threads') || has('libs'))) throw unsupported('a Firefox Profiler profile');
  if ((keys.get('type') === 'ROOT' && has('root')) || has('address', 'type') || has('type', 'class', 'memsize')) {
    throw unsupported('a heap dump (ObjectSpace.dump_all): it lists living objects, not allocations');
  }
  // The keys that tell may come later than the first bytes: the decoder finds out.
  return 'stackprof-json';
}

function detectOther(head: Uint8Array): DecodeFailure {
  if (head.every((byte) => byte === 0))
    return unknown('It is filled with zero bytes: the copy or the disk it came from is broken.');
  if (((head[0]! << 8) | head[1]!) % 31 === 0 && (head[0]! & 0x0f) === 8 && head[0]! <= 0x78) {
    return unsupported('a zlib stream; unpack it first (Zlib::Inflate.inflate)');
  }
  if (!isText(head)) return looksLikePprof(head) ? unsupported('a pprof profile') : unknownBytes(head);
  const text = latinOf(head).replace(ANSI, '').trimStart();
  if (text.startsWith('BAh')) return unsupported('a Marshal dump as Base64 text; decode it first (base64 -d)');
  if (text.startsWith('H4sI')) return unsupported('gzip as Base64 text; decode it first (base64 -d)');
  if (/^Total allocated:.*\(\d+ objects\)/m.test(text)) {
    return unsupported(
      'a memory_profiler report: it has no stacks; record the same code with StackProf (mode: :object, raw: true)',
    );
  }
  if (/^={3,}\s*Mode: \w+\(/m.test(text)) return unsupported("StackProf's text report; open the dump it was made from");
  if (/^events:/m.test(text) && /^c?fn=/m.test(text)) return unsupported('a callgrind profile');
  if (/^Measure Mode:/m.test(text)) return unsupported('a ruby-prof report');
  if (/^path\tline\t/.test(text)) return unsupported('an allocation_tracer table');
  if (/^\s*<(!doctype|html|svg|\?xml)/i.test(text))
    return unsupported('a web page or picture; open the dump it was made from');
  if (/^flamegraph\(\[/.test(text))
    return unsupported("StackProf's flame graph script; open the dump it was made from");
  if (isFolded(text))
    return unsupported('folded stacks: they have no files or lines; open the dump they were made from');
  if (/\[Memory(Profiling|Logger)\]|\bpid=\d+ tid=\w+/.test(text)) {
    return unsupported("a worker's log; read it with Open as Job Log in the editor, or the command jobs");
  }
  return unknown(`It is text and begins with "${text.slice(0, 24).replace(/\s+/g, ' ')}".`);
}

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive; unpack it first (zstd -d)' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], what: 'an lz4 archive; unpack it first (lz4 -d)' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive; unpack it first (xz -d)' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive; unpack it first (bzip2 -d)' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive; unpack it first' },
  { bytes: [0x46, 0x4c, 0x52, 0x00], what: 'a Java Flight Recorder file, not a StackProf profile' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], what: 'an SQLite database, not a StackProf profile' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program (ELF), not a StackProf profile' },
];

// biome-ignore lint/complexity/useRegexLiterals: the escape character is clearer as an escape
const ANSI = new RegExp('\\u001b\\[[0-9;]*m', 'g');

function unsupported(what: string): DecodeFailure {
  return failure('unsupported-format', what);
}

function failure(reason: DecodeErrorReason, what: string): DecodeFailure {
  return new DecodeFailure(reason, `This is ${what}.`, 0);
}

function unknown(what: string): DecodeFailure {
  return new DecodeFailure('unknown-format', `This is not a StackProf profile. ${what}`, 0);
}

function unknownBytes(head: Uint8Array): DecodeFailure {
  const bytes = Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return unknown(`It begins with the bytes ${bytes}.`);
}

function startsWith(head: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

function isUtf16(head: Uint8Array): boolean {
  return (
    startsWith(head, 0xff, 0xfe) ||
    startsWith(head, 0xfe, 0xff) ||
    startsWith(head, 0x7b, 0) ||
    startsWith(head, 0, 0x7b)
  );
}

/** Where the text begins after a byte order mark and white space. */
function textStart(head: Uint8Array): number {
  let at = startsWith(head, 0xef, 0xbb, 0xbf) ? 3 : 0;
  while (head[at] === 0x20 || head[at] === 0x0a || head[at] === 0x0d || head[at] === 0x09) at++;
  return at;
}

/** No control characters but those of text (tab, line ends, form feed, escape). */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b);
}

function latinOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, DETECT_BYTES)) text += String.fromCharCode(byte);
  return text;
}

/** Most lines are frames joined by `;`, a space, a number. */
function isFolded(text: string): boolean {
  const lines = text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const folded = lines.filter((line) => /\S \d+(\.\d+)?\r?$/.test(line));
  return lines.length > 0 && folded.length >= lines.length * 0.95 && text.includes(';');
}

/** Walks protobuf fields: all of Profile's numbers (1 to 15) with their wire types. */
function looksLikePprof(head: Uint8Array): boolean {
  let fields = 0;
  for (let at = 0; at < head.length && fields < 64; fields++) {
    const tag = head[at++]!;
    const field = tag >> 3;
    const wire = tag & 7;
    if (
      field < 1 ||
      field > 15 ||
      (wire !== 0 && wire !== 2) ||
      (wire === 0) !== (field >= 7 && field !== 11 && field !== 13)
    )
      return false;
    let value = 0;
    for (let shift = 0; at < head.length; shift += 7) {
      const byte = head[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
      if (shift > 56) return false;
    }
    if (wire === 2) at += value;
  }
  return fields >= 3;
}
