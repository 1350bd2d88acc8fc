import { chargeTo } from './chargedFrames';
import type { ComparedSide, Comparison } from './comparison';
import { buildLineIndex } from './lineIndex';
import type { FrameIndex, Profile } from './profile';
import { refineStacks } from './refineStacks';

/** A part of the other side's share that is as good as none: what is left where calls are compiled away. */
const HARDLY = 0.02;

/**
 * Ruby 3.5 and newer make objects without a frame of `Class#new`. Where only one of the profiles has it, its samples are
 * its callers' there, as in the other.
 */
export function withoutInlinedNew(before: ComparedSide, after: ComparedSide): Comparison['sides'] {
  const shares = [before, after].map((side) => newFrames(side.profile).share);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  if (most === 0 || least > most * HARDLY) return { before, after };
  return { before: withoutNew(before), after: withoutNew(after) };
}

function newFrames({ frames, strings, samples }: Profile): { readonly found: FrameIndex[]; readonly share: number } {
  const found: FrameIndex[] = [];
  let most = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    if (strings[frames.name[frame]!] !== 'Class#new' || !strings[frames.file[frame]!]!.startsWith('<')) continue;
    found.push(frame);
    most = Math.max(most, frames.total[frame]!);
  }
  return { found, share: samples > 0 ? most / samples : 0 };
}

function withoutNew(side: ComparedSide): ComparedSide {
  const { profile, origin } = side;
  const { found } = newFrames(profile);
  if (found.length === 0) return side;
  if (profile.detail === 'aggregate') return { ...side, profile: withoutNewInSums(profile, found) };
  const hidden = found.map((frame) => ({ kind: 'hide', of: { by: 'frame', frame } }) as const);
  const refined = refineStacks(profile, hidden, { origin, package: [] }).profile;
  return { ...side, profile: refined, lines: buildLineIndex(refined, origin) };
}

/** Without stacks only the methods' own figures can be moved: callers get them by how often they call. */
function withoutNewInSums(profile: Profile, found: readonly FrameIndex[]): Profile {
  const chargeable = new Uint8Array(profile.frames.length).fill(1);
  for (const frame of found) chargeable[frame] = 0;
  const total = profile.frames.total.slice();
  for (const frame of found) total[frame] = 0;
  const self = chargeTo(profile, chargeable).own;
  return { ...profile, frames: { ...profile.frames, self, total } };
}
