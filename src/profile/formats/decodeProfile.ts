import type { DecodeError, Problem } from '../problem';
import type { Profile, ProfileFormat } from '../profile';
import { whyUnreadable } from '../whyUnreadable';
import type { ByteSource } from './byteSource';
import { ByteWindow } from './byteWindow';
import { DecodeFailure } from './decodeFailure';
import { JsonDecoder } from './decodeJson';
import { MarshalDecoder } from './decodeMarshal';
import { DETECT_BYTES, detect } from './detect';
import { StackprofDraft } from './stackprofDraft';
import { textDamage } from './textDamage';
import { trailingProblem } from './trailingProblem';

export interface DecodeOptions {
  /** Makes a source of what is inside a gzip source; without it gzip is reported as not readable. */
  readonly gunzip?: (source: ByteSource) => ByteSource;
  /** Stored bytes (compressed, where compressed) read so far; about once per MiB. */
  readonly onProgress?: (bytes: number) => void;
  /** Asked about once per MiB; the event loop runs in between. */
  readonly isCancelled?: () => boolean;
}

export type DecodeResult =
  | { readonly ok: true; readonly profile: Profile; readonly problems: Problem[] }
  | { readonly ok: false; readonly error: DecodeError };

/** Reads its format from a window into a draft; `step` says when it is done, or asks for more bytes. */
interface Decoder {
  step(): boolean;
}

/**
 * Reads a profile of any supported format, recognised by content. Never throws: what a file holds, how it ends and what
 * goes wrong while reading are all in the answer. Closes the source. Formats: docs/formats.md
 */
export async function decodeProfile(source: ByteSource, options: DecodeOptions = {}): Promise<DecodeResult> {
  const draft = new StackprofDraft();
  const counted = countedSource(source, (bytes) => options.onProgress?.(bytes));
  draft.builder.fileBytes = source.size ?? 0;
  try {
    return await decodeSource(counted, draft, options);
  } catch (error) {
    const { reason, message, offset } = failureOf(error);
    return { ok: false, error: { reason, message, offset } };
  } finally {
    counted.close();
  }
}

/** Reads from the source, or from what gzip has in it. Throws a `DecodeFailure` when there is no profile. */
async function decodeSource(source: ByteSource, draft: StackprofDraft, options: DecodeOptions): Promise<DecodeResult> {
  const window = new ByteWindow(source);
  const head = await headOf(window, options);
  const format = detect(head);
  if (format !== 'gzip') {
    draft.builder.format = format;
    return decodeWindow(window, format, head.slice(0, DETECT_BYTES), draft, options);
  }
  if (draft.builder.compressed) {
    throw new DecodeFailure('unsupported-format', 'This is a gzip file inside a gzip file; unpack it once.', 0);
  }
  if (options.gunzip === undefined) {
    throw new DecodeFailure('unsupported-format', 'This is a gzip file; unpack it first (gunzip).', 0);
  }
  draft.builder.compressed = true;
  const unpacked = options.gunzip(source.reopen());
  try {
    return await decodeSource(unpacked, draft, options);
  } finally {
    unpacked.close();
  }
}

async function decodeWindow(
  window: ByteWindow,
  format: ProfileFormat,
  head: Uint8Array,
  draft: StackprofDraft,
  options: DecodeOptions,
): Promise<DecodeResult> {
  let trailing: Problem | null = null;
  let failure: DecodeFailure | null = null;
  try {
    await run(decoderFor(format, window, draft), window, options);
    trailing = await trailingProblem(window, format);
  } catch (error) {
    failure = failureOf(error);
    const isDamage = failure.reason === 'truncated' || failure.reason === 'corrupt';
    if (!isDamage || !draft.hasFrames) throw withAdvice(failure, format, head);
  }
  const { profile, problems } = draft.finish(failure);
  return { ok: true, profile, problems: trailing === null ? problems : [...problems, trailing] };
}

function withAdvice(failure: DecodeFailure, format: ProfileFormat, head: Uint8Array): DecodeFailure {
  const advice = adviceFor(failure, format, head);
  return advice === null ? failure : new DecodeFailure(failure.reason, `${failure.message} ${advice}`, failure.offset);
}

function adviceFor({ reason }: DecodeFailure, format: ProfileFormat, head: Uint8Array): string | null {
  if (reason === 'truncated') {
    const kind = format === 'stackprof-json' ? 'JSON' : 'dump';
    return `It is a StackProf ${kind} cut before its table of methods was whole, so nothing can be shown: copy it again, or record again.`;
  }
  return reason === 'corrupt' && format === 'stackprof-marshal' ? textDamage(head) : null;
}

async function headOf(window: ByteWindow, options: DecodeOptions): Promise<Uint8Array> {
  while (!window.ended && window.unread < DETECT_BYTES) await fill(window, options);
  return window.bytes.subarray(window.pos, window.end);
}

async function run(decoder: Decoder, window: ByteWindow, options: DecodeOptions): Promise<void> {
  while (!decoder.step()) {
    if (window.ended) throw endOfFile(window);
    // A value that does not fit is read from its start again: twice the bytes each time, so that it adds up to little.
    const wanted = window.unread * 2;
    do await fill(window, options);
    while (!window.ended && window.unread < wanted);
  }
}

async function fill(window: ByteWindow, options: DecodeOptions): Promise<void> {
  await window.fill();
  await pause();
  if (options.isCancelled?.() === true) throw new DecodeFailure('cancelled', 'Reading was cancelled.', null);
}

/** Lets messages of the host arrive (a cancel request). Not a timer: those wait a millisecond each. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

function decoderFor(format: ProfileFormat, window: ByteWindow, draft: StackprofDraft): Decoder {
  switch (format) {
    case 'stackprof-marshal':
      return new MarshalDecoder(window, draft);
    case 'stackprof-json':
      return new JsonDecoder(window, draft);
  }
}

function endOfFile(window: ByteWindow): DecodeFailure {
  const offset = window.base + window.end;
  return new DecodeFailure('truncated', `The file ends early, at byte ${offset.toLocaleString('en')}.`, offset);
}

function failureOf(error: unknown): DecodeFailure {
  if (error instanceof DecodeFailure) return error;
  // V8's answer to an array that cannot be made.
  if (error instanceof RangeError)
    return new DecodeFailure('limit', `This profile needs more memory than there is (${error.message}).`, null);
  return new DecodeFailure('unreadable', whyUnreadable(error), null);
}

function countedSource(source: ByteSource, onRead: (bytes: number) => void): ByteSource {
  let total = 0;
  const add = (count: number): number => {
    total += count;
    onRead(total);
    return count;
  };
  return {
    size: source.size,
    read(into) {
      const count = source.read(into);
      return typeof count === 'number' ? add(count) : count.then(add);
    },
    reopen: () => countedSource(source.reopen(), onRead),
    close: () => source.close(),
  };
}
