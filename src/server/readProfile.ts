import { dumpName } from '../profile/dumpName';
import { formatCount } from '../profile/format';
import type { ByteSource } from '../profile/formats/byteSource';
import { type DecodeResult, decodeProfile } from '../profile/formats/decodeProfile';
import { type MergedPart, ProfileMerger } from '../profile/mergeProfiles';
import type { DecodeError, DecodeErrorReason, Problem } from '../profile/problem';
import type { Profile } from '../profile/profile';
import { mergedFiles } from '../protocol/mergedUri';
import type { ProfilePart } from '../protocol/requests';
import type { Host } from './host';
import { nameOf } from './openProfile';

export type ReadResult =
  | {
      readonly ok: true;
      readonly profile: Profile;
      readonly problems: readonly Problem[];
      /** Empty for a single file. */
      readonly parts: readonly ProfilePart[];
    }
  | { readonly ok: false; readonly error: DecodeError };

export interface ReadOptions {
  readonly host: Host;
  /** URIs of parts that are not wanted in the sum. */
  readonly leftOut: readonly string[];
  /** Stored bytes read of all; `totalBytes` is null when a size is not known. */
  onProgress(bytes: number, totalBytes: number | null): void;
  isCancelled(): boolean;
}

/** Files named in a note before "and n more". */
const namedFiles = 3;

/**
 * Reads a profile, or all the files of a merged one, one after the other: only one of them is in memory with the sum.
 * A file that cannot be read, or counts something else, is named in a problem and the others are shown. Rejects as the
 * host's `openBytes` does, but for parts.
 */
export async function readProfile(uri: string, options: ReadOptions): Promise<ReadResult> {
  const files = mergedFiles(uri);
  if (files !== null) return readMerged(uri, files, options);
  const source = await options.host.openBytes(uri);
  const decoded = await decode(source, options, (bytes) => options.onProgress(bytes, source.size));
  return decoded.ok ? { ok: true, profile: decoded.profile, problems: decoded.problems, parts: [] } : decoded;
}

async function readMerged(uri: string, files: readonly string[], options: ReadOptions): Promise<ReadResult> {
  const { leftOut, onProgress, isCancelled } = options;
  const wanted = files.filter((file) => !leftOut.includes(file));
  const sources = new Map<string, ByteSource>();
  const unread = new Map<string, string>();
  for (const file of wanted) {
    try {
      sources.set(file, await options.host.openBytes(file));
    } catch (error) {
      unread.set(file, error instanceof Error ? error.message : String(error));
    }
  }
  const totalBytes = totalOf([...sources.values()]);
  const merger = new ProfileMerger();
  const problems: Problem[] = [];
  const read: string[] = [];
  let bytesBefore = 0;
  for (const [file, source] of sources) {
    const { size } = source;
    const decoded = await decode(source, options, (bytes) => onProgress(bytesBefore + bytes, totalBytes));
    if (isCancelled()) return failure('cancelled', `Opening ${nameOf(uri)} was cancelled.`);
    bytesBefore += size ?? 0;
    const name = nameOf(file);
    const refused = decoded.ok ? merger.add(decoded.profile, name) : decoded.error.message;
    if (refused !== null) unread.set(file, refused);
    if (refused !== null || !decoded.ok) continue;
    read.push(file);
    problems.push(...decoded.problems.map(({ code, message }) => ({ code, message: `${name}: ${message}` })));
  }
  const merged = merger.finish();
  if (merged === null) return failure('unreadable', nothingRead(files, wanted, unread));
  const parts = partsOf(files, read, merged.parts, unread);
  return {
    ok: true,
    profile: merged.profile,
    problems: [...unreadProblem(unread, wanted.length), ...merged.problems, ...alike(problems)],
    parts,
  };
}

/** Closes the source. */
function decode(source: ByteSource, options: ReadOptions, onProgress: (bytes: number) => void): Promise<DecodeResult> {
  return decodeProfile(source, {
    gunzip: (stored) => options.host.gunzip(stored),
    onProgress,
    isCancelled: () => options.isCancelled(),
  });
}

function partsOf(
  files: readonly string[],
  read: readonly string[],
  merged: readonly MergedPart[],
  unread: ReadonlyMap<string, string>,
): ProfilePart[] {
  return files.map((file) => {
    const part = merged[read.indexOf(file)];
    return {
      uri: file,
      name: nameOf(file),
      ...dumpName(file),
      figures: part === undefined ? null : { samples: part.samples, total: part.total },
      error: unread.get(file) ?? null,
    };
  });
}

function unreadProblem(unread: ReadonlyMap<string, string>, wanted: number): Problem[] {
  if (unread.size === 0) return [];
  const named = [...unread].slice(0, namedFiles).map(([file, why]) => `${nameOf(file)}: ${why}`);
  const more = unread.size - named.length;
  const rest = more > 0 ? ` And ${formatCount(more)} more.` : '';
  const count = `${formatCount(unread.size)} of ${formatCount(wanted)} files ${unread.size === 1 ? 'is' : 'are'} missing from the sum.`;
  return [{ code: 'unread-file', message: `${count} ${named.join(' ')}${rest}` }];
}

/** The same remark of many files is said once, by the first that has it. */
function alike(problems: readonly Problem[]): Problem[] {
  const byCode = new Map<Problem['code'], Problem[]>();
  for (const problem of problems) byCode.set(problem.code, [...(byCode.get(problem.code) ?? []), problem]);
  return [...byCode.values()].map(([first, ...others]) => {
    const more = others.length === 0 ? '' : ` (${formatCount(others.length)} more of these files say the same.)`;
    return { code: first!.code, message: first!.message + more };
  });
}

function nothingRead(files: readonly string[], wanted: readonly string[], unread: ReadonlyMap<string, string>): string {
  if (files.length === 0) return 'The address of these merged profiles names no file: choose them again.';
  if (wanted.length === 0) return 'All files of these merged profiles are left out: choose at least one.';
  const [first] = unread;
  const why = first === undefined ? '' : ` ${nameOf(first[0])}: ${first[1]}`;
  return `None of the ${formatCount(wanted.length)} files could be read.${why}`;
}

function totalOf(sources: readonly ByteSource[]): number | null {
  let sum = 0;
  for (const { size } of sources) {
    if (size === null) return null;
    sum += size;
  }
  return sum;
}

function failure(reason: DecodeErrorReason, message: string): ReadResult {
  return { ok: false, error: { reason, message, offset: null } };
}
