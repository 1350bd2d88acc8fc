import type { ByteSource } from '../../src/profile/formats/byteSource';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import { type DecodeResult, decodeProfile } from '../../src/profile/formats/decodeProfile';
import type { ProblemCode } from '../../src/profile/problem';
import type { Profile } from '../../src/profile/profile';
import { marshal, RubyReal, text, type Writable } from './marshalWriter';

/** A frame of a test's results hash: `name file:line self total`. */
const FRAME = /^(.*) (\S*?):(\d*) (\d+) (\d+)$/;

export interface HashText {
  readonly frames: readonly (readonly [id: number | bigint | string, frame: string])[];
  readonly raw?: readonly (number | bigint)[];
  readonly rawLines?: readonly number[];
  /** Keys to add or replace; undefined leaves one out. */
  readonly with?: Readonly<Record<string, Writable | undefined>>;
  /** Order of the keys; those not named come after. */
  readonly order?: readonly string[];
}

/** The keys of a StackProf results hash in the order and form in which the gem writes them. */
export function resultsHash(spec: HashText): Map<string, Writable> {
  const frames = new Map<Writable, Writable>();
  let samples = 0;
  for (const [id, frame] of spec.frames) {
    const [, name, file, line, self, total] = FRAME.exec(frame)!;
    samples += Number(self);
    frames.set(
      typeof id === 'string' ? text(id) : id,
      new Map<Writable, Writable>([
        ['name', text(name!)],
        ['file', text(file!)],
        ['line', line === '' ? null : Number(line)],
        ['total_samples', Number(total)],
        ['samples', Number(self)],
      ]),
    );
  }
  const hash: Record<string, Writable | undefined> = {
    version: new RubyReal(1.2),
    mode: 'object',
    interval: 1,
    samples,
    gc_samples: 0,
    missed_samples: 0,
    metadata: new Map(),
    frames,
    raw: spec.raw === undefined ? undefined : [...spec.raw],
    raw_lines: spec.rawLines === undefined ? undefined : [...spec.rawLines],
    ...spec.with,
  };
  const keys = [...(spec.order ?? []), ...Object.keys(hash).filter((key) => !spec.order?.includes(key))];
  const ordered = new Map<string, Writable>();
  for (const key of keys) {
    const value = hash[key];
    if (value !== undefined) ordered.set(key, value);
  }
  return ordered;
}

/** The same hash in both dialects. */
export function asMarshal(spec: HashText): Uint8Array {
  return marshal(resultsHash(spec));
}

export function asJson(spec: HashText, indent = 0): Uint8Array {
  return new TextEncoder().encode(jsonOf(resultsHash(spec), indent, ''));
}

/** JSON by hand: integers beyond 2^53 keep their digits. */
function jsonOf(value: Writable, indent: number, margin: string): string {
  const inner = margin + ' '.repeat(indent);
  const join = (parts: string[], open: string, close: string): string =>
    indent === 0 || parts.length === 0
      ? open + parts.join(',') + close
      : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${margin}${close}`;
  if (Array.isArray(value))
    return join(
      value.map((item) => jsonOf(item, indent, inner)),
      '[',
      ']',
    );
  if (value instanceof Map) {
    const pairs = [...value].map(([key, item]) => {
      const name = typeof key === 'object' ? jsonOf(key, 0, '') : JSON.stringify(String(key));
      return `${name}:${indent > 0 ? ' ' : ''}${jsonOf(item, indent, inner)}`;
    });
    return join(pairs, '{', '}');
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof RubyReal) return String(value.value);
  if (typeof value === 'object' && value !== null) {
    if (!('encoding' in value)) throw new Error('This value has no JSON form');
    return JSON.stringify(new TextDecoder().decode(value.bytes));
  }
  return String(value);
}

export function decode(bytes: Uint8Array, chunkBytes?: number): Promise<DecodeResult> {
  return decodeProfile(bytesSource(bytes, chunkBytes));
}

/** The profile; anything but a profile fails the test. */
export async function profileOf(source: Uint8Array | ByteSource): Promise<Profile> {
  const result = await decodeProfile(source instanceof Uint8Array ? bytesSource(source) : source);
  if (!result.ok) throw new Error(`${result.error.reason}: ${result.error.message}`);
  return result.profile;
}

export function problemCodes(result: DecodeResult): ProblemCode[] {
  return result.ok ? result.problems.map((problem) => problem.code) : [];
}

/** One line per method: `name file:line self total`. */
export function methodLines({ frames, strings }: Profile): string[] {
  return Array.from({ length: frames.length }, (_, row) => {
    const place = `${strings[frames.file[row]!]}:${frames.line[row]! || ''}`;
    return `${strings[frames.name[row]!]} ${place} ${frames.self[row]} ${frames.total[row]}`;
  });
}

/** One line per stack that has samples: `A:1 > B:2 5`, lines left out where they are not known. */
export function stackLines({ stacks, frames, strings }: Profile): string[] {
  const found: string[] = [];
  for (let node = 0; node < stacks.length; node++) {
    if (stacks.self[node] === 0) continue;
    const path: string[] = [];
    for (let at = node; at >= 0; at = stacks.parent[at]!) {
      const name = strings[frames.name[stacks.frame[at]!]!]!;
      path.unshift(stacks.line[at] === 0 ? name : `${name}:${stacks.line[at]}`);
    }
    found.push(`${path.join(' > ')} ${stacks.self[node]}`);
  }
  return found;
}
