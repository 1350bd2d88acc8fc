import { assertNever } from '../../profile/assertNever';
import { type LineIndex, ownCertainty, ownOf, rowOfLine, throughCertainty } from '../../profile/lineIndex';
import type { Measure } from '../../profile/measure';
import { type FrameIndex, FrameKind, type Profile, type StringIndex } from '../../profile/profile';
import { rollUp } from '../../profile/rollUp';
import { classifyFile } from '../../source/classifyFile';
import type { SourceMap } from '../../source/mapFiles';
import { pathPattern } from '../../source/pathPattern';
import type { Budget, BudgetBase, BudgetSubject } from './budget';

/** A profile with what a budget asks of it. */
export interface CountedProfile {
  readonly profile: Profile;
  readonly measure: Measure;
  readonly lines: LineIndex;
  readonly sources: SourceMap;
}

/** What a subject allocates in a profile. */
export interface Figure {
  readonly samples: number;
  readonly objects: number;
  /** Of these, what the profile proves: less where it does not know its stacks or their lines. */
  readonly proved: number;
  /** Objects that one sample stands for where `objects` is an estimate; 0 where it is a count. */
  readonly perSample: number;
  /** Part of all objects, 0 to 1. */
  readonly share: number;
  /** Where the most of it is in the code below the root; null when nowhere. */
  readonly place: { readonly path: string; readonly line: number } | null;
}

/** Counts what a budget is about; null when the profile has no such method, file or line. */
export function countSubject(
  counted: CountedProfile,
  { subject, counts }: Pick<Budget, 'subject' | 'counts'>,
): Figure | null {
  switch (subject.by) {
    case 'total':
      return totalFigure(counted);
    case 'job':
    case 'method':
      return framesFigure(counted, methodsNamed(counted, nameOf(subject)), counts, definitionPlace);
    case 'file': {
      const files = filesMeant(counted, subject.file);
      const { frames } = counted.profile;
      const marked = Uint8Array.from({ length: frames.length }, (_, frame) => files[frames.file[frame]!]!);
      return framesFigure(counted, marked, counts, (all) => hottestPlace(all, files));
    }
    case 'line':
      return lineFigure(counted, subject, counts);
    default:
      return assertNever(subject);
  }
}

function nameOf(subject: Extract<BudgetSubject, { by: 'job' | 'method' }>): string {
  return subject.by === 'job' ? `${subject.job}#perform` : subject.method;
}

function totalFigure({ profile, measure }: CountedProfile): Figure {
  const objects = measure.total;
  const perSample = measure.exact ? 0 : measure.perSample;
  return { samples: profile.samples, objects, proved: objects, perSample, share: 1, place: null };
}

/** `proved`: the samples that are certain. */
function figureOf(
  { profile, measure }: CountedProfile,
  samples: number,
  proved: number,
  place: Figure['place'],
): Figure {
  return {
    samples,
    objects: samples * measure.perSample,
    proved: proved * measure.perSample,
    perSample: measure.exact && measure.perSample === 1 ? 0 : measure.perSample,
    share: profile.samples === 0 ? 0 : samples / profile.samples,
    place,
  };
}

/** 1 per frame with the name, and per block, `rescue` or `ensure` inside it, which some Rubies record by themselves. */
function methodsNamed({ profile: { frames, strings } }: CountedProfile, name: string): Uint8Array {
  const isMeant = new Map<StringIndex, number>();
  return Uint8Array.from({ length: frames.length }, (_, frame) => {
    const index = frames.name[frame]!;
    let known = isMeant.get(index);
    if (known === undefined) {
      known = strings[index]!.replace(/^(?:(?:block(?: \(\d+ levels\))?|rescue|ensure) in )+/, '') === name ? 1 : 0;
      isMeant.set(index, known);
    }
    return known;
  });
}

/**
 * 1 per StringIndex of a file that a path or pattern means: by its path below the root, by the whole path as recorded, or, for a
 * file that was not found on this disk and is no gem's, by any ending of the recorded path.
 */
function filesMeant({ profile: { frames, strings }, sources }: CountedProfile, wanted: string): Uint8Array {
  const fits = pathPattern(wanted);
  const meant = new Uint8Array(strings.length);
  for (const file of new Set(frames.file)) {
    const relative = sources.relative[file] ?? null;
    const recorded = strings[file]!;
    if (relative === null ? fits(recorded) || fitsEnding(recorded, fits) : fits(relative)) meant[file] = 1;
  }
  return meant;
}

function fitsEnding(recorded: string, fits: (path: string) => boolean): boolean {
  const shape = classifyFile(recorded);
  if (shape.kind !== 'file' || shape.dependency || shape.tool) return false;
  for (let at = shape.path.indexOf('/'); at >= 0; at = shape.path.indexOf('/', at + 1)) {
    if (fits(shape.path.slice(at + 1))) return true;
  }
  return false;
}

function framesFigure(
  counted: CountedProfile,
  marked: Uint8Array,
  counts: BudgetBase,
  placeOf: (counted: CountedProfile, heaviest: FrameIndex) => Figure['place'],
): Figure | null {
  const { profile, sources } = counted;
  const { frames } = profile;
  if (!marked.includes(1)) return null;
  const rolled = rollUp(profile, { count: 2, ofFrame: Int32Array.from(marked) }, 'mine', sources.origin);
  const heaviest = rolled.heaviest[1]!;
  if (heaviest < 0) return null;
  const place = placeOf(counted, heaviest);
  if (counts === 'own') {
    const own = rolled.own[1]!;
    return figureOf(counted, own, rolled.ownExact ? own : Math.min(own, selfOf(counted, marked)), place);
  }
  const through = rolled.through[1]!;
  const isSure = rolled.throughExact || rolled.methods[1] === 1;
  return figureOf(counted, through, isSure ? through : frames.total[heaviest]!, place);
}

function selfOf({ profile: { frames } }: CountedProfile, marked: Uint8Array): number {
  let self = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    if (marked[frame] === 1 && frames.kind[frame] === FrameKind.Ruby) self += frames.self[frame]!;
  }
  return self;
}

function definitionPlace({ profile: { frames }, sources }: CountedProfile, frame: FrameIndex): Figure['place'] {
  const path = sources.relative[frames.file[frame]!] ?? null;
  return path === null ? null : { path, line: Math.max(1, frames.line[frame]!) };
}

/** The line of some files that most samples are charged to. */
function hottestPlace({ lines, sources }: CountedProfile, files: Uint8Array): Figure['place'] {
  const own = ownOf(lines, 'mine');
  let hottest = -1;
  for (let row = 0; row < lines.length; row++) {
    const file = lines.file[row]!;
    if (files[file] === 0 || (sources.relative[file] ?? null) === null) continue;
    const isHotter =
      hottest < 0 ||
      own[row]! > own[hottest]! ||
      (own[row] === own[hottest] && lines.through[row]! > lines.through[hottest]!);
    if (isHotter) hottest = row;
  }
  const path = hottest < 0 ? null : (sources.relative[lines.file[hottest]!] ?? null);
  return path === null ? null : { path, line: lines.line[hottest]! };
}

function lineFigure(
  counted: CountedProfile,
  { file, line }: Extract<BudgetSubject, { by: 'line' }>,
  counts: BudgetBase,
): Figure | null {
  const { lines, sources, profile } = counted;
  const files = filesMeant(counted, file);
  const column = counts === 'own' ? ownOf(lines, 'mine') : lines.through;
  let samples = 0;
  let proved = 0;
  let place: Figure['place'] = null;
  let isThere = false;
  files.forEach((isMeant, index) => {
    const row = isMeant === 1 ? rowOfLine(lines, index, line) : -1;
    if (row < 0 || lines.through[row] === 0) return;
    const certainty = counts === 'own' ? ownCertainty(lines, 'mine', row) : throughCertainty(lines, row);
    const sure = certainty === 'exact' ? column[row]! : Math.min(column[row]!, lines.ownRecorded[row]!);
    // Recorded under several paths: stacks of one may pass through the other, so their sums are a bound.
    proved = counts === 'own' ? proved + sure : Math.max(proved, sure);
    samples = Math.min(profile.samples, samples + column[row]!);
    isThere = true;
    const path = sources.relative[index] ?? null;
    if (path !== null) place = { path, line };
  });
  return isThere ? figureOf(counted, samples, proved, place) : null;
}
