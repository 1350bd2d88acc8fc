import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { buildLineIndex, type LineIndex } from '../profile/lineIndex';
import type { FrameFacts, Refinement } from '../profile/refinement';
import { refineStacks } from '../profile/refineStacks';
import { packageOf } from '../source/packageOf';
import { type MappedView, nameOf, type OpenProfile } from './openProfile';
import { originOf } from './originOf';

/** Refined profiles kept, over all profiles; one takes about as much memory as its profile's stacks. */
const KEPT = 3;

/** A profile as filters leave it, with all that the features read. */
export interface Refined {
  readonly open: OpenProfile;
  /** Why a filter was not applied, or null. */
  readonly problem: string | null;
}

/** The refinements last looked at; another one is made on demand, with the same rows. */
export class RefinedProfiles {
  /** Least recently used first. */
  private readonly kept: { from: OpenProfile; view: MappedView; key: string; refined: Refined }[] = [];

  /** Throws when the profile has no stacks to filter. */
  get(from: OpenProfile, refinement: Refinement): Refined {
    if (refinement.length === 0) return { open: from, problem: null };
    if (from.profile.detail === 'aggregate') {
      const message = `${nameOf(from.uri)} has no stacks, so nothing can be filtered: record with raw: true.`;
      throw new ResponseError(ErrorCodes.InvalidRequest, message);
    }
    const key = JSON.stringify(refinement);
    const at = this.kept.findIndex((entry) => entry.from === from && entry.view === from.view && entry.key === key);
    const [entry] =
      at < 0 ? [{ from, view: from.view, key, refined: refine(from, refinement) }] : this.kept.splice(at, 1);
    this.kept.push(entry!);
    if (this.kept.length > KEPT) this.kept.shift();
    return entry!.refined;
  }

  /** Forgets those of a profile that was closed. */
  drop(uri: string): void {
    for (let i = this.kept.length - 1; i >= 0; i--) if (this.kept[i]!.from.uri === uri) this.kept.splice(i, 1);
  }
}

function refine(open: OpenProfile, refinement: Refinement): Refined {
  const { profile, problem } = refineStacks(open.profile, refinement, factsOf(open));
  return { open: { ...open, profile, view: new RefinedView(open.view, profile) }, problem };
}

/** The mapping of the whole profile; the lines are worked out when somebody asks for them. */
class RefinedView implements MappedView {
  readonly map: MappedView['map'];
  readonly filesByKey: MappedView['filesByKey'];
  private index: LineIndex | null = null;

  constructor(
    whole: MappedView,
    private readonly profile: OpenProfile['profile'],
  ) {
    this.map = whole.map;
    this.filesByKey = whole.filesByKey;
  }

  get lines(): LineIndex {
    this.index ??= buildLineIndex(this.profile, this.map.origin);
    return this.index;
  }
}

const factsOfView = new WeakMap<MappedView, FrameFacts>();

/** Origin and package of every file of a profile. */
export function factsOf({ profile, view }: OpenProfile): FrameFacts {
  let facts = factsOfView.get(view);
  if (facts === undefined) {
    const { origin } = view.map;
    const names: string[] = new Array(profile.strings.length).fill('');
    for (const file of new Set(profile.frames.file))
      names[file] = packageOf(profile.strings[file]!, originOf(view, file));
    facts = { origin, package: names };
    factsOfView.set(view, facts);
  }
  return facts;
}
