import type { StringIndex } from '../profile/profile';
import { type CapturedDefinition, capturedDefinitions } from '../source/definitions';
import { type LineMap, openLineMap } from '../source/lineMap';
import type { ServerContext } from './context';
import type { OpenProfile } from './openProfile';

/** Where the recorded lines of a file are in its present text. */
export interface DocumentDrift {
  readonly lineCount: number;
  /** 0-based line now of a recorded, 1-based one; `stale`: its text or surroundings changed. Null: the line is gone. */
  toCurrent(recordedLine: number): { readonly line: number; readonly stale: boolean } | null;
  /** 1-based recorded line of a 0-based present one; null: the line is new. */
  toRecorded(line: number): number | null;
  /** The present text of a 0-based line, without its end. */
  lineText(line: number): string;
  /** Whether the lines are those of this text: the document may have moved on meanwhile. */
  isOf(text: string): boolean;
  /** One sentence when the file differed from what was profiled when the profile first met it, else null. */
  readonly note: string | null;
}

/**
 * How the lines of a file moved since the recording: first by its definitions, from the recording to the file on disk
 * when this profile first met it, then by its text, from there to the open document (or the disk) now. So heat follows
 * the session's edits, also over saving, closing and opening again. `key`: the file's path key.
 */
export async function driftOf(
  context: ServerContext,
  open: OpenProfile,
  files: readonly StringIndex[],
  key: string,
): Promise<DocumentDrift> {
  const document = await context.documents.ofFile(key);
  const known = open.drifts.get(key);
  const path = open.view.map.path[files[0]!] ?? null;
  const isReadFromDisk = path !== null && (known === undefined || document === undefined);
  const onDisk = isReadFromDisk ? await context.host.files.readText(path) : null;
  const text = document?.getText() ?? onDisk ?? '';
  const drift = open.drifts.get(key) ?? newDrift(open, files, onDisk ?? text);
  open.drifts.set(key, drift);
  return driftNow(drift, text);
}

/** A file as a profile follows it; kept while the profile is open. */
export interface FollowedFile {
  readonly map: LineMap;
  /** The text that `map` leads to. */
  text: string;
  lines: readonly string[];
}

function newDrift(open: OpenProfile, files: readonly StringIndex[], text: string): FollowedFile {
  open.definitions ??= capturedDefinitions(open.profile);
  const definitions = files.flatMap((file): readonly CapturedDefinition[] => open.definitions?.get(file) ?? []);
  definitions.sort((a, b) => a.line - b.line);
  return { map: openLineMap(definitions, text), text, lines: splitLines(text) };
}

function driftNow(file: FollowedFile, text: string): DocumentDrift {
  if (text !== file.text) {
    file.map.update(text);
    file.text = text;
    file.lines = splitLines(text);
  }
  return {
    lineCount: file.lines.length,
    toCurrent: (recordedLine) => file.map.lineNow(recordedLine),
    toRecorded: (line) => file.map.lineThen(line)?.line ?? null,
    lineText: (line) => file.lines[line] ?? '',
    isOf: (other) => other === file.text,
    note: file.map.drift,
  };
}

function splitLines(text: string): string[] {
  return text.split(/\r?\n/);
}
