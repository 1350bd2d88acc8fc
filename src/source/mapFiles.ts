import { Origin } from '../profile/origin';
import type { Profile, StringIndex } from '../profile/profile';
import { type CapturedDefinition, capturedDefinitions, countFitting } from './definitions';
import { originOf, placeOf } from './describeFile';
import { DirectoryCache } from './directoryCache';
import type { FileSystem } from './fileSystem';
import { indexWorkspace, type WorkspaceIndex } from './indexWorkspace';
import { baseNameOf, folderOf, isAbsolutePath, joinPath, normalizePath, relativeTo, segmentsOf } from './paths';
import { isCandidate, type RecordedFile, recordedFiles } from './recordedFiles';
import { type PrefixRule, voteRules } from './voteRules';
import { WorkspaceRoots } from './workspaceRoots';

/** A folder of the workspace. */
export interface SourceRoot {
  /** Absolute, with `/`. */
  readonly path: string;
  readonly name: string;
}

export interface MapOptions {
  readonly roots: readonly SourceRoot[];
  readonly files: FileSystem;
  /** The setting: recorded prefix -> local folder; `~`, `${workspaceFolder}`, `${workspaceFolder:NAME}` and `*` (one folder) are understood. */
  readonly pathMappings: Readonly<Record<string, string>>;
  /** Earlier answers of the user: recorded prefix -> local folder. */
  readonly remembered: Readonly<Record<string, string>>;
  /** Absolute path of the profile's own file: of folders that fit alike, the one it lies in is meant. */
  readonly profilePath?: string;
  /** What `~` stands for. */
  readonly home?: string;
}

export interface MappingRule extends PrefixRule {
  readonly origin: 'vote' | 'setting' | 'remembered' | 'identity';
  /** Recorded files that exist under `to`. */
  readonly files: number;
}

/** How recorded paths became local ones. */
export interface Mapping {
  readonly rules: readonly MappingRule[];
  readonly ambiguous: ReadonlyArray<{ readonly from: string; readonly candidates: readonly string[] }>;
  /** Application-looking files that were found nowhere. */
  readonly missingFiles: number;
  /** Files that map into the workspace. */
  readonly mappedFiles: number;
}

/** Per StringIndex; only the rows of strings that are some frame's file mean anything. */
export interface SourceMap {
  /** An `Origin`. */
  readonly origin: Uint8Array;
  /** Absolute local path, or null where there is nothing to open. */
  readonly path: ReadonlyArray<string | null>;
  /** The path inside its workspace folder, or null outside of all. */
  readonly relative: ReadonlyArray<string | null>;
  /** What to show: `app/models/x.rb`, `activerecord 7.2.2 lib/active_record/base.rb`, `stdlib json/common.rb`, `C`. */
  readonly place: readonly string[];
  readonly summary: Mapping;
}

/**
 * Finds the local file of every file a profile names. In this order: the setting, files that exist in the workspace
 * under their recorded path, the source of a gem that is the workspace itself, remembered answers, a vote over all other
 * files (`voteRules`), and whatever exists on this disk as recorded. Work is bounded: at most 12,000 folders are listed,
 * 6,000 of them in the walk, however many files there are.
 */
export async function mapFiles(profile: Profile, options: MapOptions): Promise<SourceMap> {
  const roots = await WorkspaceRoots.find(options.roots, options.files, options.home ?? null);
  const mapper = new Mapper(profile, options, roots);
  await mapper.applySettings();
  await mapper.applyIdentity();
  await mapper.applyVote();
  await mapper.applyDisk();
  return mapper.finish();
}

class Mapper {
  private readonly cache: DirectoryCache;
  private readonly recorded: RecordedFile[];
  private readonly rules: MappingRule[] = [];
  private ambiguous: Mapping['ambiguous'] = [];
  private definitions: Map<StringIndex, CapturedDefinition[]> | null = null;

  constructor(
    private readonly profile: Profile,
    private readonly options: MapOptions,
    private readonly roots: WorkspaceRoots,
  ) {
    this.cache = new DirectoryCache(options.files, 12_000);
    this.recorded = recordedFiles(profile);
  }

  async applySettings(): Promise<void> {
    const settings = Object.entries(this.options.pathMappings).map(([from, to]) => ({
      from: normalizePath(from),
      segments: segmentsOf(normalizePath(from)),
      to: this.roots.expand(to),
      files: 0,
    }));
    settings.sort((a, b) => b.segments.length - a.segments.length);
    const hits: Array<{ file: RecordedFile; setting: (typeof settings)[number]; local: string }> = [];
    for (const file of this.recorded) {
      if (file.path === '') continue;
      for (const setting of settings) {
        const rest = restAfter(setting.from, setting.segments, file.path);
        if (rest === null) continue;
        hits.push({ file, setting, local: joinPath(setting.to, rest) });
        break;
      }
    }
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    for (const { file, setting, local } of hits) {
      file.settled = true;
      if (!this.cache.hasFile(local)) continue;
      file.local = local;
      setting.files++;
    }
    for (const { from, to, files } of settings) this.rules.push({ from, to, origin: 'setting', files });
  }

  /** Recorded paths that exist inside a root as they are, also when the root was recorded by its real path. */
  async applyIdentity(): Promise<void> {
    const hits: Array<{ file: RecordedFile; from: string; to: string; local: string }> = [];
    for (const file of this.recorded) {
      if (file.settled || file.path === '' || !isAbsolutePath(file.path)) continue;
      const at = this.roots.placeOf(file.path);
      if (at) hits.push({ file, from: at.from, to: at.root.path, local: joinPath(at.root.path, at.rest) });
    }
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    const found = new Map<string, { to: string; files: number }>();
    for (const { file, from, to, local } of hits) {
      if (!this.cache.hasFile(local)) continue;
      file.local = local;
      file.settled = true;
      const rule = found.get(from) ?? { to, files: 0 };
      rule.files++;
      found.set(from, rule);
    }
    for (const [from, { to, files }] of found) this.rules.push({ from, to, origin: 'identity', files });
  }

  async applyVote(): Promise<void> {
    const open = this.recorded.filter((file) => !file.settled && isCandidate(file.shape));
    const gems = this.recorded.filter((file) => !file.settled && file.shape.kind === 'gem');
    if (this.roots.all.length === 0 || (open.length === 0 && gems.length === 0)) return;

    const wanted = new Set(open.map((file) => baseNameOf(file.path)));
    const walked = this.roots.all.map((root) => root.path);
    const index = await indexWorkspace(walked, wanted, this.cache, this.options.files);
    await this.applyOwnGems(gems, index);

    const taken = this.rules
      .filter((rule) => rule.origin === 'identity' && rule.files > 0)
      .map(({ from, to }) => ({ from, to }));
    taken.push(...(await this.applyRemembered(open)));

    const voters = open.filter((file) => !file.settled);
    const { rules, ambiguous } = await voteRules(
      voters.map((file) => file.path),
      index,
      taken,
      {
        realPath: (path) => this.options.files.realPath(path),
        fit: (matches) => this.fit(voters, matches),
        profilePath: this.options.profilePath === undefined ? null : normalizePath(this.options.profilePath),
      },
    );
    this.ambiguous = withoutRepetition(ambiguous);
    for (const { from, to, matches } of rules) {
      for (const { file, local } of matches) {
        voters[file]!.local = local;
        voters[file]!.settled = true;
      }
      this.rules.push({ from, to, origin: 'vote', files: matches.length });
    }
    for (const file of voters) {
      file.ambiguous = !file.settled && ambiguous.some(({ from }) => relativeTo(from, file.path) !== null);
    }
    await this.applyRulesToTheRest(voters.filter((file) => !file.settled && !file.ambiguous));
  }

  /** The workspace is a gem's own source (it has `NAME.gemspec`) and the profile ran an installed copy of it. */
  private async applyOwnGems(gems: readonly RecordedFile[], index: WorkspaceIndex): Promise<void> {
    const hits: Array<{ file: RecordedFile; base: string; folder: string; local: string }> = [];
    for (const file of gems) {
      if (file.shape.kind !== 'gem' || file.shape.version === null) continue;
      const folder = index.gems.get(file.shape.gem);
      if (folder) hits.push({ file, base: file.shape.base, folder, local: joinPath(folder, file.shape.inside) });
    }
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    const found = new Map<string, { to: string; files: number }>();
    for (const { file, base, folder, local } of hits) {
      if (!this.cache.hasFile(local)) continue;
      file.local = local;
      file.settled = true;
      const rule = found.get(base) ?? { to: folder, files: 0 };
      rule.files++;
      found.set(base, rule);
    }
    for (const [from, { to, files }] of found) this.rules.push({ from, to, origin: 'vote', files });
  }

  /** An answer that explains no file any more is forgotten. */
  private async applyRemembered(open: readonly RecordedFile[]): Promise<PrefixRule[]> {
    const answers = Object.entries(this.options.remembered)
      .map(([from, to]) => ({ from: from === '' ? '' : normalizePath(from), to: this.roots.expand(to), files: 0 }))
      .sort((a, b) => b.from.length - a.from.length);
    const hits = open.flatMap((file) => {
      if (file.settled) return [];
      const answer = answers.find(({ from }) => relativeTo(from, file.path) !== null);
      return answer ? [{ file, answer, local: joinPath(answer.to, relativeTo(answer.from, file.path)!) }] : [];
    });
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    for (const { file, answer, local } of hits) {
      if (!this.cache.hasFile(local)) continue;
      file.local = local;
      file.settled = true;
      answer.files++;
    }
    const useful = answers.filter((answer) => answer.files > 0);
    for (const { from, to, files } of useful) this.rules.push({ from, to, origin: 'remembered', files });
    return useful;
  }

  /** Files in folders that the walk leaves out (`vendor/engines`, the far end of a huge tree), by the rules that hold. */
  private async applyRulesToTheRest(rest: readonly RecordedFile[]): Promise<void> {
    const hits: Array<{ file: RecordedFile; rule: number; local: string }> = [];
    for (const file of rest) {
      const rule = closestRule(this.rules, file.path);
      if (rule >= 0) {
        const { from, to } = this.rules[rule]!;
        hits.push({ file, rule, local: joinPath(to, relativeTo(from, file.path)!) });
      }
    }
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    for (const { file, rule, local } of hits) {
      if (!this.cache.hasFile(local)) continue;
      file.local = local;
      file.settled = true;
      this.rules[rule] = { ...this.rules[rule]!, files: this.rules[rule]!.files + 1 };
    }
  }

  /** Gems, the standard library and files outside of the workspace: as recorded, or in the workspace's `vendor/bundle`. */
  async applyDisk(): Promise<void> {
    const bases = new Map<string, RecordedFile[]>();
    for (const file of this.recorded) {
      if (file.settled || file.ambiguous || file.path === '' || !isAbsolutePath(file.path)) continue;
      const base = file.shape.kind === 'gem' || file.shape.kind === 'stdlib' ? file.shape.base : folderOf(file.path);
      const known = bases.get(base);
      if (known) known.push(file);
      else bases.set(base, [file]);
    }
    // One look at a gem's folder spares a look at each of its files.
    await this.cache.load([...bases.keys()].map(folderOf));
    const here = [...bases].filter(([base]) => this.cache.hasFolder(base)).flatMap(([, files]) => files);
    await this.cache.load(here.map((file) => folderOf(file.path)));
    for (const file of here) if (this.cache.hasFile(file.path)) file.local = file.path;

    const bundles = await this.bundleFolders();
    if (bundles.length === 0) return;
    const hits = this.recorded.flatMap((file) => {
      const { shape } = file;
      if (file.settled || file.local !== null || shape.kind !== 'gem' || shape.version === null) return [];
      const below = `${folderOf(shape.base).endsWith('bundler/gems') ? 'bundler/gems' : 'gems'}/${baseNameOf(shape.base)}/${shape.inside}`;
      return bundles.map((bundle) => ({ file, local: joinPath(bundle, below) }));
    });
    await this.cache.load(hits.map((hit) => folderOf(hit.local)));
    for (const { file, local } of hits) if (file.local === null && this.cache.hasFile(local)) file.local = local;
  }

  /** `vendor/bundle/ruby/3.3.0` of every root. */
  private async bundleFolders(): Promise<string[]> {
    const parents = this.roots.all.map((root) => joinPath(root.path, 'vendor/bundle/ruby'));
    await this.cache.load(parents);
    return parents.flatMap((parent) =>
      [...this.cache.entries(parent)].filter(([, d]) => d).map(([name]) => joinPath(parent, name)),
    );
  }

  finish(): SourceMap {
    const size = this.profile.strings.length;
    const origin = new Uint8Array(size).fill(Origin.Other);
    const path: Array<string | null> = new Array(size).fill(null);
    const relative: Array<string | null> = new Array(size).fill(null);
    const place: string[] = new Array(size).fill('');
    let missingFiles = 0;
    let mappedFiles = 0;
    const severalRoots = this.roots.all.length > 1;
    const shorten = (recorded: string): string => this.shortPath(recorded);
    for (const file of this.recorded) {
      const at = file.local === null ? null : this.roots.placeOf(file.local);
      const kind = originOf(file, at?.rest ?? null);
      origin[file.index] = kind;
      path[file.index] = file.local;
      relative[file.index] = at?.rest ?? null;
      place[file.index] = placeOf(file, { at, origin: kind, severalRoots, shorten });
      if (kind === Origin.Mine) mappedFiles++;
      if (file.local === null && !file.ambiguous && isCandidate(file.shape)) missingFiles++;
    }
    const used = this.rules.filter((rule) => rule.files > 0 || rule.origin === 'setting');
    return {
      origin,
      path,
      relative,
      place,
      summary: { rules: used, ambiguous: this.ambiguous, missingFiles, mappedFiles },
    };
  }

  /** A recorded path by the rules that hold, shown inside the workspace where it maps there. */
  private shortPath(recorded: string): string {
    const path = normalizePath(recorded);
    const rule = closestRule(this.rules, path);
    if (rule < 0) return path;
    const { from, to } = this.rules[rule]!;
    const local = joinPath(to, relativeTo(from, path) ?? '');
    return this.roots.placeOf(local)?.rest ?? path;
  }

  /** Definitions that stand where the profile says, over the dozen files that have most of them. */
  private async fit(
    voters: readonly RecordedFile[],
    matches: ReadonlyArray<{ file: number; local: string }>,
  ): Promise<number> {
    this.definitions ??= capturedDefinitions(this.profile);
    const known = matches
      .map(({ file, local }) => ({ local, definitions: this.definitions?.get(voters[file]!.index) ?? [] }))
      .sort((a, b) => b.definitions.length - a.definitions.length)
      .slice(0, 12);
    const counts = await Promise.all(
      known.map(async ({ local, definitions }) =>
        countFitting(definitions, (await this.options.files.readText(local)) ?? ''),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

/** Prefixes between the same folders are one question: with one answered, the others follow it. */
function withoutRepetition(ambiguous: Mapping['ambiguous']): Mapping['ambiguous'] {
  const asked = new Set<string>();
  return ambiguous.filter(({ candidates }) => {
    const question = candidates.join('\0');
    if (asked.has(question)) return false;
    asked.add(question);
    return true;
  });
}

/** What follows `from` in `path`; `*` in `from` stands for one component. */
function restAfter(from: string, segments: readonly string[], path: string): string | null {
  if (!segments.includes('*')) return relativeTo(from, path);
  if (isAbsolutePath(from) !== isAbsolutePath(path)) return null;
  const own = segmentsOf(path);
  if (own.length < segments.length || segments.some((segment, i) => segment !== '*' && segment !== own[i])) return null;
  return own.slice(segments.length).join('/');
}

function closestRule(rules: readonly MappingRule[], path: string): number {
  let closest = -1;
  for (let i = 0; i < rules.length; i++) {
    const { from, files } = rules[i]!;
    if (files === 0 || relativeTo(from, path) === null) continue;
    if (closest < 0 || from.length > rules[closest]!.from.length) closest = i;
  }
  return closest;
}
