import type { LocalFile, WorkspaceIndex } from './indexWorkspace';
import { baseNameOf, joinPath, prefixOf, relativeTo, segmentsOf } from './paths';

/** Recorded prefix -> local folder. */
export interface PrefixRule {
  readonly from: string;
  readonly to: string;
}

export interface VotedRule extends PrefixRule {
  /** Positions in the given paths, and the local file of each. */
  readonly matches: ReadonlyArray<{ readonly file: number; readonly local: string }>;
}

export interface VoteResult {
  readonly rules: readonly VotedRule[];
  readonly ambiguous: ReadonlyArray<{ readonly from: string; readonly candidates: readonly string[] }>;
}

export interface VoteHelpers {
  readonly realPath: (path: string) => Promise<string>;
  /** How well the local files fit what the profile knows of the recorded ones; decides between copies. */
  readonly fit: (matches: ReadonlyArray<{ readonly file: number; readonly local: string }>) => Promise<number>;
  /** Where the profile itself is, or null. */
  readonly profilePath: string | null;
}

interface Rule extends PrefixRule {
  readonly votes: Array<{
    readonly file: number;
    readonly local: string;
    readonly length: number;
    readonly whole: boolean;
  }>;
  score: number;
}

/**
 * Finds the rules that explain recorded paths by files of the workspace.
 *
 * A recorded file and a local file of the same base name share their last n components; that is a vote, worth n, for
 * "what is left of the recorded path is what is left of the local one":
 *
 *     /app/app/models/user.rb                     /app -> /home/me/shop/services/api
 *          ~~~~~~~~~~~~~~~~~~                     n = 3
 *     /home/me/shop/services/api/app/models/user.rb
 *
 * The heaviest rule wins its files, then the next among the files that are left. Where two folders explain the same
 * files (90 % of them) and nothing else decides (`decide`), none is taken: the prefix is reported as ambiguous.
 *
 * `taken` are rules that hold already (found on disk, or chosen by the user).
 */
export async function voteRules(
  paths: readonly string[],
  index: WorkspaceIndex,
  taken: readonly PrefixRule[],
  helpers: VoteHelpers,
): Promise<VoteResult> {
  const { rules, ofFile } = collectVotes(paths, index);
  const open = paths.map(() => true);
  const accepted: VotedRule[] = [];
  const ambiguous: Array<{ from: string; candidates: string[] }> = [];

  const queue = [...rules.values()].sort(byScore);
  for (let rule = queue.pop(); rule; rule = queue.pop()) {
    const live = rule.votes.filter((vote) => open[vote.file]);
    const score = scoreOf(live);
    if (score < rule.score) {
      rule.score = score;
      if (score > 0) insertByScore(queue, rule);
      continue;
    }
    const holding = [...taken, ...accepted];
    if (
      !isStrong(
        live,
        taken.length === 0 && accepted.every(isShallow),
        holding.some((other) => other.to === rule.to),
      ) ||
      !mayStand(rule, live.length, holding, ambiguous)
    ) {
      continue;
    }

    const rivals = await findRivals(rule, live, ofFile, open, helpers);
    const winner = rivals.folders.length === 1 ? rivals.folders[0]! : await decide(rivals, holding, helpers);
    if (!winner) {
      ambiguous.push({ from: rivals.from, candidates: rivals.folders.map((folder) => folder.to).sort() });
      for (const folder of rivals.folders) for (const match of folder.matches) open[match.file] = false;
      continue;
    }
    const own = winner === rivals.folders[0];
    const voted: VotedRule = own
      ? { from: rule.from, to: rule.to, matches: live }
      : { from: rivals.from, to: winner.to, matches: winner.matches };
    accepted.push(voted);
    for (const match of voted.matches) open[match.file] = false;
    if (!own) insertByScore(queue, rule);
  }
  return { rules: accepted, ambiguous };
}

function collectVotes(paths: readonly string[], index: WorkspaceIndex): { rules: Map<string, Rule>; ofFile: Rule[][] } {
  const rules = new Map<string, Rule>();
  const ofFile = paths.map((path, file) => {
    const segments = segmentsOf(path);
    const voted: Rule[] = [];
    for (const local of index.byName.get(baseNameOf(path)) ?? []) {
      const length = commonSuffix(segments, local.segments);
      const whole = length === local.segments.length;
      if (length < 2 && !whole) continue;
      const from = prefixOf(path, segments.length - length);
      const to = joinPath(local.root, local.segments.slice(0, local.segments.length - length).join('/'));
      const key = `${from}\0${to}`;
      let rule = rules.get(key);
      if (!rule) rules.set(key, (rule = { from, to, votes: [], score: 0 }));
      rule.votes.push({ file, local: pathOf(local), length, whole });
      voted.push(rule);
    }
    return voted;
  });
  for (const rule of rules.values()) rule.score = scoreOf(rule.votes);
  return { rules, ofFile };
}

function scoreOf(votes: Rule['votes']): number {
  let score = 0;
  for (const vote of votes) score += Math.min(vote.length, 6);
  return score;
}

/** Names that every application has at its top; alone they prove nothing. */
const everywhere = new Set([
  'Gemfile',
  'Rakefile',
  'config.ru',
  'Capfile',
  'Guardfile',
  'main.rb',
  'setup.rb',
  'version.rb',
]);

/**
 * One match of three components or up to the top of a root, or two of two components that agree, or one of these that
 * leads to a folder in use (`script/run` of an application whose other files are recorded as `/app/...`). A file at the very top
 * of a root counts only while nothing deeper was found: in a folder of scripts it is all there is, in an application a coincidence.
 */
function isStrong(votes: Rule['votes'], shallowCounts: boolean, folderInUse: boolean): boolean {
  const deep = votes.filter((vote) => vote.length >= 2);
  if (deep.some((vote) => folderInUse || vote.whole || vote.length >= 3) || deep.length >= 2) return true;
  return shallowCounts && votes.some((vote) => vote.whole && !everywhere.has(baseNameOf(vote.local)));
}

function isShallow(rule: VotedRule): boolean {
  return rule.matches.every((match) => relativeTo(rule.to, match.local)?.includes('/') === false);
}

/** A rule inside an accepted one only adds folders from elsewhere: `/app/engines/pay` -> another root, with two files or more. */
function mayStand(
  rule: PrefixRule,
  files: number,
  holding: readonly PrefixRule[],
  ambiguous: ReadonlyArray<{ from: string }>,
): boolean {
  if (ambiguous.some((other) => isPrefix(other.from, rule.from))) return false;
  for (const other of holding) {
    if (!isPrefix(other.from, rule.from)) continue;
    if (other.from === rule.from || relativeTo(other.to, rule.to) !== null || files < 2) return false;
  }
  return true;
}

interface Folder {
  readonly to: string;
  readonly matches: Array<{ readonly file: number; readonly local: string }>;
}
interface Rivals {
  readonly from: string;
  /** The rule's own folder first; more than one when others explain the same files. */
  readonly folders: readonly Folder[];
}

async function findRivals(
  rule: Rule,
  live: Rule['votes'],
  ofFile: readonly Rule[][],
  open: readonly boolean[],
  helpers: VoteHelpers,
): Promise<Rivals> {
  const shared = new Map<Rule, number>();
  for (const vote of live) for (const other of ofFile[vote.file]!) shared.set(other, (shared.get(other) ?? 0) + 1);
  const close = [...shared]
    .filter(([other, count]) => other !== rule && count >= live.length * 0.9)
    .map(([other]) => other);
  const from = close.reduce((longest, other) => (other.from.length > longest.length ? other.from : longest), rule.from);

  const folders: Folder[] = [];
  const seen = new Set<string>();
  for (const other of [rule, ...close]) {
    const to = joinPath(other.to, relativeTo(other.from, from) ?? '');
    const real = await helpers.realPath(to);
    if (seen.has(real)) continue;
    seen.add(real);
    folders.push({ to, matches: other.votes.filter((vote) => open[vote.file]) });
  }
  return { from: folders.length === 1 ? rule.from : from, folders };
}

/** Folder names that say nothing about which project was recorded. */
const anonymous =
  /^(?:app|src|source|code|current|rails|workspace|work|project|repo|build|release|usr|srv|home|var|www|opt|releases|\d+)$/i;
const aside = /(?:^|\/)(?:spec|test|tests|features|fixtures|examples?|dummy|backup|old)(?:\/|$)/;

/**
 * Picks one of several folders that hold the same files: the one in use already, the one whose text fits, the one that has
 * more of the recorded files, the one that the profile lies in, the one of that name.
 */
async function decide(rivals: Rivals, holding: readonly PrefixRule[], helpers: VoteHelpers): Promise<Folder | null> {
  const inUse = rivals.folders.filter((folder) => holding.some((rule) => rule.to === folder.to));
  if (inUse.length === 1) return inUse[0]!;

  const fits = await Promise.all(rivals.folders.map((folder) => helpers.fit(folder.matches)));
  const fitting = best(rivals.folders, fits);
  if (fitting) return fitting;

  const fullest = best(
    rivals.folders,
    rivals.folders.map((folder) => folder.matches.length),
  );
  if (fullest) return fullest;

  const { profilePath } = helpers;
  const around = rivals.folders.map(({ to }) =>
    profilePath !== null && relativeTo(to, profilePath) !== null ? segmentsOf(to).length : 0,
  );
  const surrounding = best(rivals.folders, around);
  if (surrounding) return surrounding;

  const recorded = segmentsOf(rivals.from);
  const named = rivals.folders.map((folder) => {
    const length = commonSuffix(recorded, segmentsOf(folder.to));
    return recorded.slice(recorded.length - length).filter((segment) => !anonymous.test(segment)).length;
  });
  const sameName = best(rivals.folders, named);
  if (sameName) return sameName;

  const inFront = rivals.folders.filter(
    (folder) => !rivals.folders.some((o) => aside.test(relativeTo(o.to, folder.to) ?? '')),
  );
  return inFront.length === 1 ? inFront[0]! : null;
}

function best(folders: readonly Folder[], values: readonly number[]): Folder | null {
  const top = Math.max(...values);
  const at = values.indexOf(top);
  return top > 0 && values.lastIndexOf(top) === at ? folders[at]! : null;
}

function byScore(a: Rule, b: Rule): number {
  // Ascending, because the queue is popped; equal scores in a fixed order so that results do not depend on listing order.
  return a.score - b.score || (a.from === b.from ? (a.to < b.to ? 1 : -1) : a.from < b.from ? 1 : -1);
}

function insertByScore(queue: Rule[], rule: Rule): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byScore(queue[middle]!, rule) < 0) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, rule);
}

function commonSuffix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

function isPrefix(prefix: string, path: string): boolean {
  return relativeTo(prefix, path) !== null;
}

function pathOf(local: LocalFile): string {
  return joinPath(local.root, local.segments.join('/'));
}
