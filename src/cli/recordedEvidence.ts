import { atCapture, type Evidence } from '../findings/evidence';
import { profileEvidence } from '../findings/profileEvidence';
import type { StringIndex } from '../profile/profile';
import { type CapturedDefinition, capturedDefinitions } from '../source/definitions';
import { findDrift } from '../source/lineDrift';
import type { Analysis } from './analyseProfile';

/** Share of all samples from which a line counts as hot; the editor's default. */
export const HOT_SHARE = 0.01;

/** What is known of the lines of a text. */
export type EvidenceOf = (text: string) => Evidence;

/**
 * What a profile says of one file, whatever its text has become: lines are found again by the definitions that the profile
 * knows. `files`: the recorded files that it is. Null when none of its lines is hot, or the profile does not count objects.
 */
export function recordedEvidence(analysis: Analysis, files: readonly StringIndex[], path: string): EvidenceOf | null {
  if (!countsObjects(analysis) || !files.some((file) => hotFiles(analysis).has(file))) return null;
  const { profile, measure, lines, sources } = analysis;
  const evidence = profileEvidence({ profile, measure, lines, files, origin: sources.origin, path });
  const known = definitionsOf(analysis);
  const definitions = files.flatMap((file): readonly CapturedDefinition[] => known.get(file) ?? []);
  definitions.sort((a, b) => a.line - b.line);
  return (text) => {
    const drift = findDrift(definitions, text);
    return atCapture(evidence, (line) => {
      const then = drift.lineThen(line);
      return then === null || then.stale || drift.lineNow(then.line).stale ? null : then.line;
    });
  };
}

/** Findings are about numbers of objects: profiles of time have none. */
export function countsObjects({ profile, measure }: Analysis): boolean {
  return profile.mode === 'object' && measure.unit === 'objects';
}

/** Recorded files with a line that enough of all samples go through. */
export function hotFiles({ profile, lines }: Analysis): ReadonlySet<StringIndex> {
  const hot = new Set<StringIndex>();
  const least = HOT_SHARE * profile.samples;
  for (let row = 0; row < lines.length; row++) {
    if (lines.through[row]! > 0 && lines.through[row]! >= least) hot.add(lines.file[row]!);
  }
  return hot;
}

const knownDefinitions = new WeakMap<Analysis, ReadonlyMap<StringIndex, readonly CapturedDefinition[]>>();

/** The definitions that a profile knows, by recorded file. */
export function definitionsOf(analysis: Analysis): ReadonlyMap<StringIndex, readonly CapturedDefinition[]> {
  const known = knownDefinitions.get(analysis) ?? capturedDefinitions(analysis.profile);
  knownDefinitions.set(analysis, known);
  return known;
}
