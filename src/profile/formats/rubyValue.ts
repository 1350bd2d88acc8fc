/**
 * A Ruby value as inert data: what a Marshal file says, without any class being looked up or any code being run.
 * Strings keep their bytes, objects only their class name.
 */
export type RubyValue =
  | null
  | boolean
  | number
  | bigint
  | RubyFloat
  | RubyString
  | RubySymbol
  | RubyArray
  | RubyHash
  | RubyObject;

export interface RubyFloat {
  readonly type: 'float';
  readonly value: number;
}

export interface RubyString {
  readonly type: 'string';
  readonly bytes: Uint8Array;
  /** Ruby's name of the encoding; null for a string that carries none (binary). */
  encoding: string | null;
  /** Filled by `textOf`. */
  text: string | null;
}

export interface RubySymbol {
  readonly type: 'symbol';
  readonly name: string;
}

export interface RubyArray {
  readonly type: 'array';
  readonly items: RubyValue[];
}

export interface RubyHash {
  readonly type: 'hash';
  readonly pairs: [RubyValue, RubyValue][];
}

/** Anything with a class of its own. `display` is set where the value can be shown without its class (Time, Regexp, Class). */
export interface RubyObject {
  readonly type: 'object';
  readonly className: string;
  display: string | null;
}

/** The string as text: by its encoding, else as UTF-8, else byte by byte as Latin-1. */
export function textOf(string: RubyString): string {
  string.text ??= decodeText(string.bytes, string.encoding);
  return string.text;
}

export function decodeText(bytes: Uint8Array, encoding: string | null): string {
  const label = encoding === null ? 'utf-8' : (DECODER_LABELS[encoding.toUpperCase()] ?? encoding.toLowerCase());
  if (label === 'latin1') return latin1(bytes);
  try {
    return decoderFor(label).decode(bytes);
  } catch {
    // Not an encoding the platform knows, or bytes that do not follow it.
    return latin1(bytes);
  }
}

/** Ruby's names where the Encoding Standard has another; https://encoding.spec.whatwg.org/#names-and-labels */
const DECODER_LABELS: Readonly<Record<string, string>> = {
  'US-ASCII': 'utf-8',
  'ASCII-8BIT': 'utf-8',
  BINARY: 'utf-8',
  'UTF8-MAC': 'utf-8',
  'UTF-8-MAC': 'utf-8',
  CESU_8: 'utf-8',
  'ISO-8859-1': 'latin1',
  'WINDOWS-31J': 'shift_jis',
  CP932: 'shift_jis',
  CP51932: 'euc-jp',
  'EUCJP-MS': 'euc-jp',
  CP949: 'euc-kr',
  CP936: 'gbk',
  CP950: 'big5',
};

const decoders = new Map<string, TextDecoder>();

function decoderFor(label: string): TextDecoder {
  let decoder = decoders.get(label);
  if (decoder === undefined) {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    decoders.set(label, decoder);
  }
  return decoder;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

const MAX_DISPLAY_CHARS = 500;
const MAX_DISPLAY_DEPTH = 6;
/** Values shown in all: shared ones may make a small file large on paper. */
const MAX_DISPLAY_VALUES = 200;

/** One line in the manner of Ruby's `inspect`, cut to a readable length; a top-level string or symbol stands bare. */
export function displayRuby(value: RubyValue): string {
  let shown: string;
  if (isTyped(value) && value.type === 'string') shown = textOf(value);
  else if (isTyped(value) && value.type === 'symbol') shown = value.name;
  else shown = inspect(value, 0, { left: MAX_DISPLAY_VALUES });
  return shown.length > MAX_DISPLAY_CHARS ? `${shown.slice(0, MAX_DISPLAY_CHARS)}…` : shown;
}

interface Budget {
  left: number;
}

function inspect(value: RubyValue, depth: number, budget: Budget): string {
  budget.left--;
  if (value === null) return 'nil';
  if (!isTyped(value)) return String(value);
  switch (value.type) {
    case 'float':
      return inspectFloat(value.value);
    case 'string':
      return JSON.stringify(textOf(value));
    case 'symbol':
      return `:${value.name}`;
    case 'array':
      if (depth >= MAX_DISPLAY_DEPTH) return '[…]';
      return `[${shownItems(value.items, budget, (item) => inspect(item, depth + 1, budget))}]`;
    case 'hash':
      if (depth >= MAX_DISPLAY_DEPTH) return '{…}';
      return `{${shownItems(value.pairs, budget, ([key, item]) => `${inspect(key, depth + 1, budget)} => ${inspect(item, depth + 1, budget)}`)}}`;
    case 'object':
      return value.display ?? `#<${value.className}>`;
  }
}

function shownItems<T>(items: readonly T[], budget: Budget, show: (item: T) => string): string {
  const shown: string[] = [];
  for (const item of items) {
    if (budget.left <= 0) {
      shown.push('…');
      break;
    }
    shown.push(show(item));
  }
  return shown.join(', ');
}

function inspectFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}

function isTyped(value: RubyValue): value is Exclude<RubyValue, null | boolean | number | bigint> {
  return typeof value === 'object' && value !== null;
}

/**
 * The moment in a `Time#_dump`: two little-endian words of packed fields.
 * https://github.com/ruby/ruby/blob/master/time.c (time_mdump)
 */
export function displayTime(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const high = view.getUint32(0, true);
  const low = view.getUint32(4, true);
  // Before Ruby 1.8 the two words were plain seconds and microseconds; the top bit tells.
  if (high >>> 31 === 0) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  const year = ((high >>> 14) & 0xffff) + 1900;
  const date = `${year}-${two(((high >>> 10) & 15) + 1)}-${two((high >>> 5) & 31)}`;
  return `${date} ${two(high & 31)}:${two(low >>> 26)}:${two((low >>> 20) & 63)} UTC`;
}
