import { chargeFrames } from './chargedFrames';
import type { Lens } from './lens';
import type { FrameIndex, Profile } from './profile';

/** Rows of the methods table in samples, heaviest `self` first; ties by total, then name, file and line. */
export interface MethodTable {
  readonly length: number;
  readonly frame: Int32Array;
  /** Charged by the lens; under `recorded` StackProf's own `samples`. */
  readonly self: Float64Array;
  /** StackProf's `total_samples`: samples with the method anywhere on the stack, once each. */
  readonly total: Float64Array;
  /** Samples that no method answers for under the lens. */
  readonly elsewhere: number;
  /** False when `self` is made from edges. */
  readonly exact: boolean;
}

/** Every method that has samples. `origin`: an `Origin` per StringIndex of a file. */
export function methodTable(profile: Profile, lens: Lens, origin: Uint8Array): MethodTable {
  const { frames } = profile;
  const charge = chargeFrames(profile, lens, origin);
  const rows: FrameIndex[] = [];
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.total[frame]! > 0 || charge.own[frame]! > 0) rows.push(frame);
  }
  rows.sort(
    (a, b) => charge.own[b]! - charge.own[a]! || frames.total[b]! - frames.total[a]! || compareFrames(profile, a, b),
  );
  const frame = Int32Array.from(rows);
  return {
    length: rows.length,
    frame,
    self: Float64Array.from(rows, (row) => charge.own[row]!),
    total: Float64Array.from(rows, (row) => frames.total[row]!),
    elsewhere: charge.elsewhere,
    exact: charge.exact,
  };
}

/** Order of frames by name, file and definition line: the tie-breaker of every table. */
export function compareFrames({ strings, frames }: Profile, a: FrameIndex, b: FrameIndex): number {
  return (
    compareText(strings[frames.name[a]!]!, strings[frames.name[b]!]!) ||
    compareText(strings[frames.file[a]!]!, strings[frames.file[b]!]!) ||
    frames.line[a]! - frames.line[b]!
  );
}

/** By code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
