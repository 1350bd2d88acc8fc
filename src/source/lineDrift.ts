import { type CapturedDefinition, makesMethods, mayOpen, opens, type Target, targetOf } from './definitions';

/** Where a captured line is in a text. Lines are 1-based. */
export interface DriftedLine {
  readonly line: number;
  /** The code around it changed: the line may be another. */
  readonly stale: boolean;
}

/** How a text differs from the one that was profiled, as far as its definitions tell. */
export interface Drift {
  /** One sentence for the user, or null when nothing moved. */
  readonly summary: string | null;
  lineNow(captured: number): DriftedLine;
  /** The captured line that is at a line now, or null when none is. */
  lineThen(now: number): DriftedLine | null;
}

/**
 * Compares a text with what a profile knows of it: the first lines of the methods that ran.
 *
 *     captured                      now
 *     12  def call                  14  def call              +2: its lines move by 2
 *     29  def persist_balances      31  def persist_balances  +2: its lines move by 2, but ...
 *     48  def purge                 45  def purge             -3: ... five lines of persist_balances are gone, so all are stale
 *
 * Says nothing of an unchanged file: a definition that is not found in plain sight may be made by `define_method` and
 * the like, and is left alone.
 */
export function findDrift(definitions: readonly CapturedDefinition[], text: string): Drift {
  const lines = text.split(/\r?\n/);
  const anchors = findAnchors(definitions, lines);
  const changed = anchors.filter((anchor) => anchor.now !== anchor.captured);
  if (changed.length === 0) {
    const inText = (line: number): DriftedLine => ({ line: clamp(line, lines.length), stale: line > lines.length });
    return { summary: null, lineNow: inText, lineThen: (now) => ({ line: now, stale: false }) };
  }
  const lineNow = (captured: number): DriftedLine => follow(anchors, captured, lines);
  return { summary: sentence(changed), lineNow, lineThen: (now) => reverse(anchors, now, lineNow) };
}

interface Anchor {
  readonly name: string;
  readonly captured: number;
  /** Null: the definition is gone. */
  readonly now: number | null;
}

type KnownTarget = NonNullable<Target>;

interface Sought {
  readonly name: string;
  readonly captured: number;
  /** Lines that may be the definition now; none when it is gone. */
  readonly places: readonly number[];
  /** The captured line is among the places, but only because it might open the definition in a way that is not in plain sight. */
  readonly doubtful: boolean;
}

function findAnchors(definitions: readonly CapturedDefinition[], lines: readonly string[]): Anchor[] {
  const sought = definitions.flatMap(({ name, line }): Sought[] => {
    const target = targetOf(name);
    if (!target) return [];
    const places = openings(target, lines);
    if (!places.includes(line) && mayOpen(lines, line, target)) {
      return [{ name, captured: line, places: [...places, line], doubtful: !makesMethods(lines[line - 1]!) }];
    }
    const untold = places.length === 0 && (target.kind === 'body' || isMade(target.method, line, lines));
    return untold ? [] : [{ name, captured: line, places, doubtful: false }];
  });
  const anchors = [
    ...withFewestMoves(sought.filter((one) => one.places.length > 0)),
    ...sought.filter((one) => one.places.length === 0).map(({ name, captured }) => ({ name, captured, now: null })),
  ];
  // A definition that cannot be found proves a change only beside one that moved, or when another took its line.
  const moved = anchors.some((anchor) => anchor.now !== null && anchor.now !== anchor.captured);
  const taken = (line: number): boolean => /^\s*(?:\w+\s+)?def\s+\w/.test(lines[line - 1] ?? 'def beyond_the_end');
  return inOrder(anchors.filter((anchor) => moved || anchor.now !== null || taken(anchor.captured)));
}

/**
 * One place for each definition, such that the distance moved changes as seldom as possible from one to the next: of
 * the many `initialize` in a file, each is the one that moved like its neighbours. A shortest path over all places.
 */
function withFewestMoves(sought: readonly Sought[]): Anchor[] {
  let paths: Array<{ cost: number; place: number; shift: number; before: number }> = [];
  const rounds: Array<typeof paths> = [];
  for (const { captured, places, doubtful } of sought) {
    const previous = paths;
    paths = places.map((place) => {
      const shift = place - captured;
      let cost = previous.length === 0 ? moveCost(0, shift) : Number.POSITIVE_INFINITY;
      let before = -1;
      for (let i = 0; i < previous.length; i++) {
        const path = previous[i]!;
        const sum = path.cost + moveCost(path.shift, shift) + (place < path.place ? 1 : 0);
        if (sum < cost) [cost, before] = [sum, i];
      }
      return { cost: doubtful && place === captured ? cost + 0.6 : cost, place, shift, before };
    });
    rounds.push(paths);
  }
  const anchors: Anchor[] = [];
  let at = paths.reduce((best, path, i) => (path.cost < paths[best]!.cost ? i : best), 0);
  for (let i = rounds.length - 1; i >= 0; i--) {
    const path = rounds[i]![at]!;
    anchors.push({ name: sought[i]!.name, captured: sought[i]!.captured, now: path.place });
    at = path.before;
  }
  return anchors;
}

/** Any change costs one; among changes the smaller is better. */
function moveCost(from: number, to: number): number {
  return from === to ? 0 : 1 + Math.min(Math.abs(to - from), 1000) / 2000;
}

/** Whether a method may come from something else than a plain `def`: its old line opens a block, or its name is a symbol or string somewhere. */
function isMade(method: string, line: number, lines: readonly string[]): boolean {
  const text = lines[line - 1] ?? '';
  if (/(?:\bdo|\{)\s*(?:\|[^|]*\|)?\s*$/.test(text)) return true;
  const bare = method.replace(/[=?!]$/, '');
  return lines.some(
    (other) =>
      [`:${bare}`, `"${bare}`, `'${bare}`].some((quoted) => other.includes(quoted)) || /\bdef\s+#\{/.test(other),
  );
}

function openings(target: KnownTarget, lines: readonly string[]): number[] {
  const word = target.kind === 'method' ? target.method : target.constant;
  const found: number[] = [];
  for (let i = 0; i < lines.length; i++) if (lines[i]!.includes(word) && opens(lines[i]!, target)) found.push(i + 1);
  return found;
}

/** By captured line; of several on one line (a method and its block) one is enough. */
function inOrder(anchors: readonly Anchor[]): Anchor[] {
  const byLine = new Map<number, Anchor>();
  for (const anchor of anchors) {
    const known = byLine.get(anchor.captured);
    if (!known || (known.now === null && anchor.now !== null)) byLine.set(anchor.captured, anchor);
  }
  return [...byLine.values()].sort((a, b) => a.captured - b.captured);
}

function follow(anchors: readonly Anchor[], captured: number, lines: readonly string[]): DriftedLine {
  const at = anchors.findLastIndex((anchor) => anchor.captured <= captured);
  const anchor = anchors[at];
  const shift = shiftAt(anchors, at);
  const line = captured + shift;
  const inText = clamp(line, lines.length);
  if (anchor && anchor.captured === captured && anchor.now !== null) return { line: inText, stale: false };

  const next = anchors[at + 1];
  const kept = anchor ? anchor.now !== null : shift === 0;
  const evenly = next === undefined || (next.now !== null && next.now - next.captured === shift);
  const inside = next !== undefined || anchor === undefined || line <= endOfDefinition(lines, anchor.now ?? 0);
  return { line: inText, stale: !kept || !evenly || !inside || inText !== line };
}

/** How far the definition at `at` moved; for one that is gone, how far the last one before it did. */
function shiftAt(anchors: readonly Anchor[], at: number): number {
  for (let i = at; i >= 0; i--) {
    const { now, captured } = anchors[i]!;
    if (now !== null) return now - captured;
  }
  return 0;
}

function reverse(
  anchors: readonly Anchor[],
  now: number,
  lineNow: (captured: number) => DriftedLine,
): DriftedLine | null {
  const shifts = new Set([0, ...anchors.filter((a) => a.now !== null).map((a) => a.now! - a.captured)]);
  let stale: DriftedLine | null = null;
  for (const shift of shifts) {
    if (now - shift < 1) continue;
    const there = lineNow(now - shift);
    if (there.line !== now) continue;
    if (!there.stale) return { line: now - shift, stale: false };
    stale ??= { line: now - shift, stale: true };
  }
  return stale;
}

/** The `end` in the column of its `def`; without one (an endless method) the line itself. */
function endOfDefinition(lines: readonly string[], line: number): number {
  const indent = /^\s*/.exec(lines[line - 1] ?? '')![0];
  for (let i = line; i < lines.length; i++) {
    const text = lines[i]!;
    if (text.trim() === '') continue;
    const own = /^\s*/.exec(text)![0];
    if (own.length <= indent.length) return /^\s*end\b/.test(text) ? i + 1 : line;
  }
  return lines.length;
}

function sentence(changed: readonly Anchor[]): string {
  const moved = changed.filter((anchor) => anchor.now !== null);
  const gone = changed.filter((anchor) => anchor.now === null);
  const parts: string[] = [];
  if (moved.length === 1)
    parts.push(`${shortName(moved[0]!)} moved from line ${moved[0]!.captured} to ${moved[0]!.now}`);
  else if (moved.length > 1) {
    parts.push(
      `${moved.length} definitions moved, such as ${shortName(moved[0]!)} from line ${moved[0]!.captured} to ${moved[0]!.now}`,
    );
  }
  if (gone.length === 1) parts.push(`${shortName(gone[0]!)} is gone`);
  else if (gone.length > 1) parts.push(`${gone.length} methods are gone, such as ${shortName(gone[0]!)}`);
  return `This file changed since the capture: ${parts.join('; ')}. Lines that could not be followed are grey.`;
}

function shortName({ name }: Anchor): string {
  const target = targetOf(name);
  return target === null ? name : target.kind === 'method' ? target.method : target.constant;
}

function clamp(line: number, count: number): number {
  return Math.max(1, Math.min(line, count));
}
