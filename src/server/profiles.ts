import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver';
import { trustedMeasure } from '../profile/measure';
import type { DecodeError, DecodeErrorReason } from '../profile/problem';
import { numberProblems } from '../profile/problems';
import type { Profile } from '../profile/profile';
import type { LoadProgressParams, OpenProfileParams } from '../protocol/requests';
import type { Host } from './host';
import { columnBytesOf, type MappedView, maxDepthOf, nameOf, type OpenProfile, replaceView } from './openProfile';
import { readProfile } from './readProfile';
import { throttle } from './throttle';

const PROGRESS_MS = 100;

export type OpenResult =
  | { readonly ok: true; readonly open: OpenProfile }
  | { readonly ok: false; readonly error: DecodeError };

/** What is read, and how. */
export type ProfileToOpen = Pick<OpenProfileParams, 'uri' | 'remembered' | 'leftOut'>;

/** Makes the view of a profile under the present workspace folders and settings. */
export type MapProfile = (
  uri: string,
  profile: Profile,
  remembered: Readonly<Record<string, string>>,
  onMapped: () => void,
) => Promise<MappedView>;

interface Load {
  result: Promise<OpenResult>;
  /** Requests that still want it; nobody left means stop. */
  waiting: number;
  cancelled: boolean;
}

/** The profiles the server holds. One load per URI at a time, however many ask for it. */
export class ProfileStore {
  private readonly opened = new Map<string, OpenProfile>();
  private readonly loads = new Map<string, Load>();
  /** Grows whenever folders, settings or the user's choices change. */
  private mappingRound = 0;

  constructor(
    private readonly host: Host,
    private readonly mapProfile: MapProfile,
    private readonly onProgress: (progress: LoadProgressParams) => void,
  ) {}

  /** Loads the profile, joins a load under way, or answers with the open one. Never rejects: trouble is `ok: false`. */
  async open({ uri, remembered, leftOut }: ProfileToOpen, token: CancellationToken): Promise<OpenResult> {
    const opened = this.opened.get(uri);
    if (opened !== undefined) return { ok: true, open: opened };
    if (token.isCancellationRequested) return cancelled(uri);
    const load = this.loads.get(uri) ?? this.startLoad(uri, remembered, leftOut);
    load.waiting++;
    return new Promise((resolve) => {
      const listener = token.onCancellationRequested(() => {
        if (--load.waiting === 0) this.cancel(uri, load);
        resolve(cancelled(uri));
      });
      load.result.then(resolve).finally(() => listener.dispose());
    });
  }

  /** The open profile. Throws the answer for the client when there is none. */
  get(uri: string): OpenProfile {
    const open = this.opened.get(uri);
    if (open !== undefined) return open;
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      `The profile ${nameOf(uri)} is not open any more: open it again.`,
    );
  }

  find(uri: string): OpenProfile | undefined {
    return this.opened.get(uri);
  }

  all(): OpenProfile[] {
    return [...this.opened.values()];
  }

  /** Forgets the profile; a load under way ends as cancelled. */
  close(uri: string): void {
    this.opened.delete(uri);
    const load = this.loads.get(uri);
    if (load !== undefined) this.cancel(uri, load);
  }

  /** Maps an open profile's files anew, after the user chose a folder. */
  async remap(open: OpenProfile): Promise<void> {
    this.mappingRound++;
    replaceView(open, await this.mapNow(open.uri, open.profile, () => open.remembered));
  }

  /** Maps all open profiles anew, after folders or settings changed; loads under way take the change in. */
  async remapAll(): Promise<void> {
    this.mappingRound++;
    await Promise.all(
      this.all().map(async (open) => {
        replaceView(open, await this.mapNow(open.uri, open.profile, () => open.remembered));
      }),
    );
  }

  /** Maps until nothing has changed meanwhile, so that of two mappings at a time the later question is the one answered. */
  private async mapNow(
    uri: string,
    profile: Profile,
    remembered: () => Readonly<Record<string, string>>,
    onMapped: () => void = () => {},
  ): Promise<MappedView> {
    for (;;) {
      const round = this.mappingRound;
      const view = await this.mapProfile(uri, profile, remembered(), onMapped);
      if (round === this.mappingRound) return view;
    }
  }

  private startLoad(uri: string, remembered: Readonly<Record<string, string>>, leftOut: readonly string[]): Load {
    const load: Load = { result: Promise.resolve(cancelled(uri)), waiting: 0, cancelled: false };
    load.result = this.load({ uri, remembered, leftOut }, load).then((answer) => {
      if (load.cancelled) return cancelled(uri);
      this.loads.delete(uri);
      if (answer.ok) this.opened.set(uri, answer.open);
      return answer;
    });
    this.loads.set(uri, load);
    return load;
  }

  /** A cancelled load is out of the way at once, so that the next request for the profile starts afresh. */
  private cancel(uri: string, load: Load): void {
    load.cancelled = true;
    if (this.loads.get(uri) === load) this.loads.delete(uri);
  }

  private async load({ uri, remembered, leftOut }: ProfileToOpen, load: Load): Promise<OpenResult> {
    const startMs = performance.now();
    try {
      const read = await readProfile(uri, {
        host: this.host,
        leftOut,
        onProgress: throttle(PROGRESS_MS, (bytes: number, totalBytes: number | null) => {
          if (!load.cancelled) this.onProgress({ uri, bytes, totalBytes, phase: 'reading' });
        }),
        isCancelled: () => load.cancelled,
      });
      if (!read.ok) return read;
      if (load.cancelled) return cancelled(uri);

      const { profile, parts } = read;
      const columnBytes = columnBytesOf(profile);
      const tooBig = this.checkBudget(uri, columnBytes);
      if (tooBig !== null) return tooBig;

      const bytes = profile.fileBytes;
      const totalBytes = bytes > 0 ? bytes : null;
      this.onProgress({ uri, bytes, totalBytes, phase: 'mapping' });
      const view = await this.mapNow(
        uri,
        profile,
        () => remembered,
        () => this.onProgress({ uri, bytes, totalBytes, phase: 'counting' }),
      );
      const problems = [...read.problems, ...numberProblems(profile)];
      const open: OpenProfile = {
        uri,
        profile,
        problems,
        parts,
        measure: trustedMeasure(profile, problems),
        columnBytes,
        maxDepth: maxDepthOf(profile),
        loadMs: performance.now() - startMs,
        remembered,
        view,
        baseline: null,
        drifts: new Map(),
        definitions: null,
      };
      return { ok: true, open };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return failure('unreadable', `${nameOf(uri)} could not be read: ${why}`);
    }
  }

  private checkBudget(uri: string, columnBytes: number): OpenResult | null {
    const usedBytes = this.all().reduce((sum, open) => sum + open.columnBytes, 0);
    const leftBytes = Math.max(0, this.host.columnBudgetBytes - usedBytes);
    if (columnBytes <= leftBytes) return null;
    const advice = this.opened.size === 0 ? 'Record fewer samples (a larger interval).' : 'Close other profiles first.';
    return failure(
      'limit',
      `${nameOf(uri)} needs ${megabytes(columnBytes)} of memory and ${megabytes(leftBytes)} are left. ${advice}`,
    );
  }
}

function cancelled(uri: string): OpenResult {
  return failure('cancelled', `Opening ${nameOf(uri)} was cancelled.`);
}

function failure(reason: DecodeErrorReason, message: string): OpenResult {
  return { ok: false, error: { reason, message, offset: null } };
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
