import type { Lens } from '../profile/lens';
import type { Comparisons } from './comparisons';
import type { Configuration } from './configuration';
import type { Documents } from './documents';
import type { TreeCache } from './flame';
import type { Host } from './host';
import type { OpenProfile } from './openProfile';
import type { ParserCache } from './parserCache';
import type { ProfileStore } from './profiles';
import type { Programs } from './programs';
import type { Projects } from './projects';
import type { RefinedProfiles } from './refinedProfiles';
import type { SettingsCache } from './settings';

/** What the features share. The only state between requests: open profiles, open documents, which profile is active. */
export interface ServerContext {
  readonly host: Host;
  readonly profiles: ProfileStore;
  readonly refined: RefinedProfiles;
  readonly trees: TreeCache;
  readonly comparisons: Comparisons;
  readonly documents: Documents;
  readonly settings: SettingsCache;
  readonly parser: ParserCache;
  readonly projects: Projects;
  readonly configuration: Configuration;
  readonly programs: Programs;
  /** BCP 47 tag of the editor's display language, for numbers. */
  locale(): string;
  /** The profile and lens that editors show; null when none does. */
  active(): ActiveView | null;
}

/** The part of it that the questions of the view read. */
export interface ViewContext {
  readonly profiles: Pick<ProfileStore, 'get'>;
  readonly refined: RefinedProfiles;
  readonly trees: TreeCache;
  readonly comparisons: Comparisons;
  readonly settings: Pick<SettingsCache, 'get'>;
}

export interface ActiveView {
  readonly open: OpenProfile;
  readonly lens: Lens;
}
