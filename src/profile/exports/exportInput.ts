import type { CallTree } from '../callTree';
import type { Measure } from '../measure';
import type { FrameIndex, Profile } from '../profile';

/** What is written: a profile as its call tree. */
export interface ExportInput {
  readonly profile: Profile;
  /** Callees of everything, by the lines or methods that the export is to have. */
  readonly tree: CallTree;
  readonly measure: Measure;
  /** What the file calls the profile. */
  readonly name: string;
}

/** Root of the samples that have no stack. */
export const NO_STACK = '(no stack)';

/** Text is handed over in parts of about this many characters. */
export const CHUNK_LENGTH = 64 * 1024;

/** Whole objects (microseconds, samples) left of a place in the picture, so that figures always add up to those of the whole. */
export function weightAt({ measure }: ExportInput, samples: number): number {
  return Math.round(samples * measure.perSample);
}

/** Samples that are in the profile but on no stack. */
export function samplesWithoutStack({ profile, tree }: ExportInput): number {
  return Math.max(0, profile.samples - tree.totalSamples);
}

/** A method as other tools are told: never empty, one line. */
export function exportedName({ strings, frames }: Profile, frame: FrameIndex): string {
  return oneLine(strings[frames.name[frame]!]!) || '(anonymous)';
}

/** The file as recorded, in one line; empty where there is none. */
export function exportedFile({ strings, frames }: Profile, frame: FrameIndex): string {
  return oneLine(strings[frames.file[frame]!]!);
}

/** Line breaks and other controls, which formats of one line per stack cannot have, as spaces. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
