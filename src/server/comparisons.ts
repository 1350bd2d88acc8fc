import { CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver';
import { compareProfiles } from '../profile/compareProfiles';
import type { ComparedSide, Comparison, Scaling } from '../profile/comparison';
import type { Lens } from '../profile/lens';
import type { Refinement } from '../profile/refinement';
import { alignFiles } from '../source/alignFiles';
import { counterpartOf } from '../source/counterpartOf';
import { type MappedView, nameOf, type OpenProfile } from './openProfile';
import type { ProfileStore } from './profiles';
import type { RefinedProfiles } from './refinedProfiles';

/** Comparisons kept, over all profiles and lenses; another one is made on demand. */
const KEPT = 4;

/** A profile, its baseline, both as filters leave them, and what changed. */
export interface ComparedProfiles {
  readonly before: OpenProfile;
  readonly after: OpenProfile;
  readonly comparison: Comparison;
}

interface Kept {
  readonly profiles: ComparedProfiles;
  readonly views: readonly [MappedView, MappedView];
  readonly lens: Lens;
  readonly scaling: Scaling;
}

/** What changed from baselines to the profiles that are compared with them. Baselines are read when they are needed. */
export class Comparisons {
  /** Least recently used first. */
  private readonly kept: Kept[] = [];

  constructor(
    private readonly profiles: Pick<ProfileStore, 'open'>,
    private readonly refined: RefinedProfiles,
  ) {}

  /** Null when the profile has no baseline. Throws, in words for people, when that cannot be read or compared. */
  async of(open: OpenProfile, refinement: Refinement, lens: Lens): Promise<ComparedProfiles | null> {
    const { baseline } = open;
    if (baseline === null) return null;
    const read = await this.read(open, baseline.uri, CancellationToken.None);
    if (typeof read === 'string') throw new ResponseError(ErrorCodes.InvalidRequest, read);
    const whole = this.compared(read, open, baseline.scaling, lens);
    if (refinement.length === 0) return whole;
    const { open: before } = this.refined.get(read, counterpartOf(whole.comparison, refinement));
    const { open: after } = this.refined.get(open, refinement);
    return this.compared(before, after, baseline.scaling, lens);
  }

  /** Why a profile cannot be the baseline of another, or null. */
  async refusal(open: OpenProfile, baseline: string, token: CancellationToken): Promise<string | null> {
    const read = await this.read(open, baseline, token);
    return typeof read === 'string' ? read : null;
  }

  /** Forgets those of a profile that was closed. */
  drop(uri: string): void {
    for (let i = this.kept.length - 1; i >= 0; i--) {
      const { before, after } = this.kept[i]!.profiles;
      if (before.uri === uri || after.uri === uri) this.kept.splice(i, 1);
    }
  }

  private async read(open: OpenProfile, baseline: string, token: CancellationToken): Promise<OpenProfile | string> {
    const result = await this.profiles.open({ uri: baseline, remembered: open.remembered, leftOut: [] }, token);
    if (!result.ok) return `The baseline ${nameOf(baseline)} cannot be used: ${result.error.message}`;
    const [unit, other] = [result.open.measure.unit, open.measure.unit];
    if (unit === other) return result.open;
    return `${nameOf(baseline)} measures ${unit} and ${nameOf(open.uri)} ${other}: they cannot be compared.`;
  }

  private compared(before: OpenProfile, after: OpenProfile, scaling: Scaling, lens: Lens): ComparedProfiles {
    const at = this.kept.findIndex(
      ({ profiles, views, ...one }) =>
        profiles.before === before &&
        profiles.after === after &&
        views[0] === before.view &&
        views[1] === after.view &&
        one.lens === lens &&
        JSON.stringify(one.scaling) === JSON.stringify(scaling),
    );
    const [entry] = at < 0 ? [compareOpen(before, after, scaling, lens)] : this.kept.splice(at, 1);
    this.kept.push(entry!);
    if (this.kept.length > KEPT) this.kept.shift();
    return entry!.profiles;
  }
}

function compareOpen(before: OpenProfile, after: OpenProfile, scaling: Scaling, lens: Lens): Kept {
  const keys = alignFiles(recorded(before), recorded(after));
  const comparison = compareProfiles(side(before, keys.before), side(after, keys.after), { lens, scaling });
  return { profiles: { before, after, comparison }, views: [before.view, after.view], lens, scaling };
}

function recorded({ profile, view }: OpenProfile) {
  return { profile, relative: view.map.relative };
}

function side({ profile, measure, view }: OpenProfile, fileKeys: readonly string[]): ComparedSide {
  return { profile, measure, lines: view.lines, origin: view.map.origin, fileKeys };
}
