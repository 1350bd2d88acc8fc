/**
 * The profiles of this window: which are loading, ready or failed, which one editors show, and under which lens.
 * The server owns their contents; this is what the views, the status bar and the commands look at. Knows no `vscode`.
 */
import { CancellationToken, CancellationTokenSource, Emitter, type Event } from 'vscode-languageserver-protocol/node';
import type { Lens } from '../profile/lens';
import type { DecodeError } from '../profile/problem';
import type { SetBaselineParams, SetBaselineResult } from '../protocol/compareRequests';
import type {
  Baseline,
  ChooseMappingParams,
  LoadProgressParams,
  OpenProfileParams,
  OpenProfileResult,
  ProfileSummary,
  SetActiveParams,
} from '../protocol/requests';

/** The part of the server that the store talks to. */
export interface ProfileServer {
  openProfile(params: OpenProfileParams, token: CancellationToken): Promise<OpenProfileResult>;
  closeProfile(uri: string): Promise<void>;
  setActive(params: SetActiveParams): Promise<void>;
  chooseMapping(params: ChooseMappingParams): Promise<ProfileSummary>;
  setBaseline(params: SetBaselineParams, token: CancellationToken): Promise<SetBaselineResult>;
}

export type ProfileEntry =
  | {
      readonly state: 'loading';
      readonly uri: string;
      readonly name: string;
      readonly progress: LoadProgressParams | null;
    }
  | { readonly state: 'ready'; readonly uri: string; readonly name: string; readonly summary: ProfileSummary }
  | { readonly state: 'failed'; readonly uri: string; readonly name: string; readonly error: DecodeError };

export type StoreChange =
  /** The entry of this profile is another one, or gone. */
  | { readonly kind: 'entry'; readonly uri: string }
  /** Another profile is active, or none. */
  | { readonly kind: 'active' }
  | { readonly kind: 'lens' }
  /** The server has taken over the active profile and lens: heat can be asked for. */
  | { readonly kind: 'applied' };

export interface StoreOptions {
  readonly server: ProfileServer;
  readonly lens: Lens;
  /** Folders the user chose for recorded prefixes, for this profile. */
  readonly remembered: (uri: string) => Readonly<Record<string, string>>;
  /** Files of a merged profile that the user took out of the sum. */
  readonly leftOut: (uri: string) => readonly string[];
  /** What this profile was compared with before. */
  readonly baseline: (uri: string) => Baseline | null;
}

export class ProfileStore {
  private readonly entries = new Map<string, ProfileEntry>();
  private readonly loads = new Map<
    string,
    { readonly done: Promise<ProfileEntry>; readonly source: CancellationTokenSource }
  >();
  private readonly holders = new Map<string, number>();
  /** Profiles that were ready when the server was lost. */
  private readonly lost = new Set<string>();
  private readonly changed = new Emitter<StoreChange>();
  private activeUri: string | null = null;
  private currentLens: Lens;

  readonly onDidChange: Event<StoreChange> = this.changed.event;

  constructor(private readonly options: StoreOptions) {
    this.currentLens = options.lens;
  }

  /** In the order they were opened. */
  all(): readonly ProfileEntry[] {
    return [...this.entries.values()];
  }

  entry(uri: string): ProfileEntry | undefined {
    return this.entries.get(uri);
  }

  get lens(): Lens {
    return this.currentLens;
  }

  /** URI of the profile that editors show, ready or being reloaded. */
  get active(): string | null {
    return this.activeUri;
  }

  /** Summary of the active profile when it is ready. */
  activeSummary(): ProfileSummary | null {
    const entry = this.activeUri === null ? undefined : this.entries.get(this.activeUri);
    return entry?.state === 'ready' ? entry.summary : null;
  }

  /** Loads a profile unless it is there or on its way. Never rejects: what went wrong is in the entry. */
  load(uri: string): Promise<ProfileEntry> {
    const entry = this.entries.get(uri);
    if (entry?.state === 'ready') return Promise.resolve(entry);
    return this.loads.get(uri)?.done ?? this.start(uri);
  }

  /** Forgets what the server has of this profile and reads the file again. */
  async reload(uri: string): Promise<ProfileEntry> {
    this.loads.get(uri)?.source.cancel();
    await this.loads.get(uri)?.done;
    await this.options.server.closeProfile(uri).catch(() => undefined);
    const entry = await (this.loads.get(uri)?.done ?? this.start(uri));
    if (entry.state === 'ready' && this.activeUri === uri) await this.apply();
    return entry;
  }

  cancel(uri: string): void {
    this.loads.get(uri)?.source.cancel();
  }

  /** Cancels every load; returns how many there were. */
  cancelAll(): number {
    for (const load of this.loads.values()) load.source.cancel();
    return this.loads.size;
  }

  progress(params: LoadProgressParams): void {
    const entry = this.entries.get(params.uri);
    if (entry?.state === 'loading') this.put({ ...entry, progress: params });
  }

  /** A view shows this profile: it stays loaded until released. */
  hold(uri: string): void {
    this.holders.set(uri, (this.holders.get(uri) ?? 0) + 1);
  }

  /** A view is gone. A profile without views stays only while it is active. */
  async release(uri: string): Promise<void> {
    const left = (this.holders.get(uri) ?? 1) - 1;
    if (left > 0) this.holders.set(uri, left);
    else this.holders.delete(uri);
    await this.dropIfUnused(uri);
  }

  isHeld(uri: string): boolean {
    return this.holders.has(uri);
  }

  /** Closes a profile whoever looks at it. When it was active, editors show none. */
  async close(uri: string): Promise<void> {
    this.cancel(uri);
    this.loads.delete(uri);
    if (!this.entries.delete(uri)) return;
    if (this.activeUri === uri) await this.setActive(null);
    this.changed.fire({ kind: 'entry', uri });
    await this.options.server.closeProfile(uri).catch(() => undefined);
  }

  async setActive(uri: string | null): Promise<void> {
    if (uri === this.activeUri) return;
    const before = this.activeUri;
    this.activeUri = uri;
    this.changed.fire({ kind: 'active' });
    await this.apply();
    if (before !== null) await this.dropIfUnused(before);
  }

  async setLens(lens: Lens): Promise<void> {
    if (lens === this.currentLens) return;
    this.currentLens = lens;
    this.changed.fire({ kind: 'lens' });
    await this.apply();
  }

  async chooseMapping(params: ChooseMappingParams): Promise<void> {
    const summary = await this.options.server.chooseMapping(params);
    this.put({ state: 'ready', uri: params.uri, name: summary.name, summary });
  }

  /** Compares an open profile with another one, or with none. Answers why that cannot be, or null. */
  async setBaseline(uri: string, baseline: Baseline | null, token: CancellationToken): Promise<string | null> {
    const answer = await this.options.server.setBaseline({ uri, baseline }, token);
    if (!answer.ok) return answer.message;
    this.put({ state: 'ready', uri, name: answer.summary.name, summary: answer.summary });
    return null;
  }

  /** Asks for the summaries again after the mapping may have changed; only entries that differ are announced. */
  async refreshSummaries(): Promise<void> {
    for (const entry of this.all()) {
      if (entry.state !== 'ready') continue;
      const params = this.paramsOf(entry.uri);
      const answer = await this.options.server.openProfile(params, CancellationToken.None).catch(() => null);
      if (answer?.ok !== true || this.entries.get(entry.uri) !== entry) continue;
      const same = JSON.stringify(answer.summary) === JSON.stringify(entry.summary);
      if (!same) this.put({ ...entry, summary: answer.summary });
    }
  }

  /** The server is gone for good: nothing can be asked about any profile, until `reopenAll`. */
  serverLost(): void {
    for (const { uri, name, state } of this.all()) {
      if (state !== 'ready') continue;
      this.lost.add(uri);
      this.put({ state: 'failed', uri, name, error: failure(new Error('the profile server has stopped'), false) });
    }
    this.changed.fire({ kind: 'applied' });
  }

  /** After the server was started again: it knows nothing, so every profile that was ready is read again. */
  async reopenAll(): Promise<void> {
    const wanted = this.all().filter(({ uri, state }) => state === 'ready' || this.lost.has(uri));
    this.lost.clear();
    await Promise.all(wanted.map(({ uri }) => this.start(uri)));
    if (this.activeUri !== null) await this.apply();
  }

  private start(uri: string): Promise<ProfileEntry> {
    const source = new CancellationTokenSource();
    const name = profileName(uri);
    const done = this.ask(uri, name, source.token).then((entry) => {
      // Closed, or closed and opened again, while it was loading: the answer belongs to nobody.
      if (this.loads.get(uri)?.source !== source) return entry;
      this.loads.delete(uri);
      this.put(entry);
      return entry;
    });
    this.loads.set(uri, { done, source });
    this.put({ state: 'loading', uri, name, progress: null });
    return done;
  }

  private async ask(uri: string, name: string, token: CancellationToken): Promise<ProfileEntry> {
    try {
      const answer = await this.options.server.openProfile(this.paramsOf(uri), token);
      if (answer.ok) return { state: 'ready', uri, name: answer.summary.name, summary: answer.summary };
      return { state: 'failed', uri, name, error: answer.error };
    } catch (error) {
      return { state: 'failed', uri, name, error: failure(error, token.isCancellationRequested) };
    }
  }

  private paramsOf(uri: string): OpenProfileParams {
    const { remembered, leftOut, baseline } = this.options;
    return { uri, remembered: remembered(uri), leftOut: leftOut(uri), baseline: baseline(uri) };
  }

  private async apply(): Promise<void> {
    const uri = this.activeSummary() === null ? null : this.activeUri;
    await this.options.server.setActive({ uri, lens: this.currentLens }).catch(() => undefined);
    this.changed.fire({ kind: 'applied' });
  }

  private async dropIfUnused(uri: string): Promise<void> {
    if (!this.holders.has(uri) && this.activeUri !== uri) await this.close(uri);
  }

  private put(entry: ProfileEntry): void {
    this.entries.set(entry.uri, entry);
    this.changed.fire({ kind: 'entry', uri: entry.uri });
  }
}

/** The last part of a URI's path, decoded, as tabs show it. */
export function profileName(uri: string): string {
  const path = uri.replace(/\?.*$/s, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function failure(error: unknown, cancelled: boolean): DecodeError {
  if (cancelled) return { reason: 'cancelled', message: 'Loading was cancelled.', offset: null };
  const text = error instanceof Error ? error.message : String(error);
  return {
    reason: 'unreadable',
    message: `The profile could not be loaded: ${text.replace(/\.$/, '')}. The log has the details; try again.`,
    offset: null,
  };
}
