/**
 * What is remembered between sessions: per workspace the active profile, lens, heat toggle, grouping and mappings; for
 * all windows the recent profiles. Stored values are foreign (older versions wrote them): each is checked when read.
 */
import type { Lens } from '../profile/lens';
import type { FindingGrouping } from '../protocol/groupFindings';
import { readScaling } from '../protocol/readScaling';
import type { Baseline } from '../protocol/requests';
import { isRecord } from './parseFromView';

/** The part of `vscode.Memento` that is used. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export type Grouping = 'file' | 'method';

const maxRecent = 10;
const maxBaselines = 50;

export class Memory {
  constructor(
    private readonly workspace: Store,
    private readonly global: Store,
  ) {}

  get active(): string | null {
    return asString(this.workspace.get('active'));
  }
  set active(uri: string | null) {
    this.put(this.workspace, 'active', uri);
  }

  /** Profiles with an open view. */
  get opened(): readonly string[] {
    return asStrings(this.workspace.get('opened'));
  }
  set opened(uris: readonly string[]) {
    this.put(this.workspace, 'opened', uris);
  }

  /** Null: as the setting says. */
  get lens(): Lens | null {
    const value = this.workspace.get('lens');
    return value === 'recorded' || value === 'caller' || value === 'mine' ? value : null;
  }
  set lens(lens: Lens | null) {
    this.put(this.workspace, 'lens', lens);
  }

  /** Null: as the setting says. */
  get heat(): boolean | null {
    const value = this.workspace.get('heat');
    return typeof value === 'boolean' ? value : null;
  }
  set heat(shown: boolean | null) {
    this.put(this.workspace, 'heat', shown);
  }

  get grouping(): Grouping {
    return this.workspace.get('grouping') === 'method' ? 'method' : 'file';
  }
  set grouping(grouping: Grouping) {
    this.put(this.workspace, 'grouping', grouping);
  }

  get findingGrouping(): FindingGrouping {
    return this.workspace.get('findingGrouping') === 'file' ? 'file' : 'pattern';
  }
  set findingGrouping(grouping: FindingGrouping) {
    this.put(this.workspace, 'findingGrouping', grouping);
  }

  /** Recorded prefix -> local folder, chosen by the user when several fitted. */
  get mappings(): Readonly<Record<string, string>> {
    return asStringRecord(this.workspace.get('mappings'));
  }
  set mappings(mappings: Readonly<Record<string, string>>) {
    this.put(this.workspace, 'mappings', mappings);
  }

  /** Files of merged profiles that the user took out of the sum, by the address of the merged profile. */
  leftOut(uri: string): readonly string[] {
    const all = this.workspace.get('leftOut');
    return typeof all === 'object' && all !== null ? asStrings(Reflect.get(all, uri)) : [];
  }
  leaveOut(uri: string, files: readonly string[]): void {
    const all = this.workspace.get('leftOut');
    this.put(this.workspace, 'leftOut', { ...(typeof all === 'object' ? all : {}), [uri]: files });
  }

  /** What this profile is compared with. */
  baselineOf(uri: string): Baseline | null {
    const found = this.baselines.find(({ of }) => of === uri);
    return found === undefined ? null : { uri: found.uri, scaling: found.scaling };
  }
  setBaseline(uri: string, baseline: Baseline | null): void {
    const others = this.baselines.filter(({ of }) => of !== uri);
    const kept = baseline === null ? others : [{ of: uri, ...baseline }, ...others];
    this.put(this.workspace, 'baselines', kept.slice(0, maxBaselines));
  }

  /** Newest first. */
  private get baselines(): ReadonlyArray<Baseline & { readonly of: string }> {
    const stored = this.workspace.get('baselines');
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry: unknown) => {
      if (!isRecord(entry) || typeof entry.of !== 'string' || typeof entry.uri !== 'string') return [];
      const scaling = readScaling(entry.scaling);
      return scaling === null ? [] : [{ of: entry.of, uri: entry.uri, scaling }];
    });
  }

  /** Recorded prefixes the user was asked about, answered or not. */
  get asked(): readonly string[] {
    return asStrings(this.workspace.get('asked'));
  }
  set asked(prefixes: readonly string[]) {
    this.put(this.workspace, 'asked', prefixes);
  }

  /** URIs, newest first. */
  get recent(): readonly string[] {
    return asStrings(this.global.get('recent'));
  }
  addRecent(uri: string): void {
    this.put(this.global, 'recent', [uri, ...this.recent.filter((other) => other !== uri)].slice(0, maxRecent));
  }
  forgetRecent(uri: string): void {
    this.put(
      this.global,
      'recent',
      this.recent.filter((other) => other !== uri),
    );
  }

  /** Whether dumps that opened as text are offered the profile view. */
  get offersView(): boolean {
    return this.global.get('offersView') !== false;
  }
  set offersView(offers: boolean) {
    this.put(this.global, 'offersView', offers);
  }

  /** URI of the folder the last profile was chosen from. */
  get lastFolder(): string | null {
    return asString(this.global.get('lastFolder'));
  }
  set lastFolder(uri: string | null) {
    this.put(this.global, 'lastFolder', uri);
  }

  private put(store: Store, key: string, value: unknown): void {
    void store.update(key, value ?? undefined);
  }
}

function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function asStringRecord(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}
