import type { Profile } from './profile';

/** A compiled search text. */
export interface Query {
  /** Why it cannot match what it could (a broken or too costly regular expression), or null. One sentence. */
  readonly error: string | null;
  /** Whether a frame's name or file matches. */
  matches(name: string, file: string): boolean;
}

/** The methods that a query means. */
export interface FoundFrames {
  /** 1 per FrameIndex. */
  readonly found: Uint8Array;
  readonly count: number;
  readonly error: string | null;
}

const MAX_QUERY = 200;
/** Names and paths are matched by their first characters: a regular expression's worst case grows with a power of this. */
const MAX_TEXT = 256;
const BUDGET_MS = 250;
/** Unbounded repetitions in one expression; each multiplies the worst case by MAX_TEXT: two take milliseconds, three a second. */
const MAX_REPEATS = 2;
const MAX_OPTIONALS = 8;

/**
 * A plain text is found anywhere in a name or path, whatever its case; `/…/` is a regular expression, case-insensitive too.
 * An empty text matches nothing.
 */
export function compileQuery(text: string): Query {
  if (text.length > MAX_QUERY) return refused(`The search text is longer than ${MAX_QUERY} characters.`);
  const pattern = /^\/(.+)\/i?$/.exec(text.trim())?.[1];
  if (pattern === undefined) return plainQuery(text.trim().toLowerCase());
  const cost = costOf(pattern);
  if (cost !== null) return refused(cost);
  try {
    return new RegExpQuery(new RegExp(pattern, 'i'));
  } catch (error) {
    return refused(error instanceof Error ? error.message : 'The regular expression cannot be read.');
  }
}

/** Finds the frames whose name or file matches; none when the query cannot be read. */
export function findFrames({ frames, strings }: Profile, query: Query): FoundFrames {
  const found = new Uint8Array(frames.length);
  let count = 0;
  for (let frame = 0; frame < frames.length; frame++) {
    if (!query.matches(strings[frames.name[frame]!]!, strings[frames.file[frame]!]!)) continue;
    found[frame] = 1;
    count++;
  }
  return { found, count, error: query.error };
}

function refused(error: string): Query {
  return { error, matches: () => false };
}

function plainQuery(wanted: string): Query {
  const has = memoized((text) => text.toLowerCase().includes(wanted));
  return { error: null, matches: (name, file) => wanted !== '' && (has(name) || has(file)) };
}

/** Matches the fronts of texts; after BUDGET_MS of matching in all, it gives up and says so. */
class RegExpQuery implements Query {
  error: string | null = null;
  private spentMs = 0;
  private readonly has: (text: string) => boolean;

  constructor(expression: RegExp) {
    this.has = memoized((text) => {
      if (this.error !== null) return false;
      const startMs = performance.now();
      const answer = expression.test(text.slice(0, MAX_TEXT));
      this.spentMs += performance.now() - startMs;
      if (this.spentMs > BUDGET_MS) this.error = 'The regular expression is too slow: only a part was searched.';
      return answer;
    });
  }

  matches(name: string, file: string): boolean {
    return this.has(name) || this.has(file);
  }
}

/** Frames share their files: each text is asked about once. */
function memoized(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = test(text);
      answers.set(text, answer);
    }
    return answer;
  };
}

/**
 * Why a regular expression may take forever, or null. JavaScript's engine backtracks and cannot be stopped, so what can
 * explode is refused beforehand: repeated groups that repeat or choose inside, back references, and many repetitions.
 */
function costOf(pattern: string): string | null {
  // One entry per open group: whether something in it repeats, is optional, or is one of several.
  const groups: boolean[] = [false];
  let closedVaries = false;
  let repeats = 0;
  let optionals = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    const afterGroup = closedVaries;
    closedVaries = false;
    if (char === '\\') {
      at++;
      if (/[1-9k]/.test(pattern[at] ?? '')) return 'Back references are not supported in a search.';
    } else if (char === '[') {
      at = endOfClass(pattern, at);
    } else if (char === '(') {
      groups.push(false);
      if (pattern[at + 1] === '?') at += 2;
    } else if (char === ')') {
      closedVaries = groups.length > 1 ? groups.pop()! : false;
      if (closedVaries) groups[groups.length - 1] = true;
    } else if (char === '|') {
      groups[groups.length - 1] = true;
    } else if (char === '?') {
      // After a quantifier it only says "as few as possible".
      if (!/[*+?}]/.test(pattern[at - 1] ?? '')) optionals++;
      groups[groups.length - 1] = true;
    } else if (char === '*' || char === '+' || isRange(pattern, at)) {
      if (afterGroup)
        return 'The regular expression repeats a group that repeats or chooses inside: too slow to search with.';
      if (char === '{' && /^\{(\d,)?\d\}/.test(pattern.slice(at))) optionals++;
      else repeats++;
      groups[groups.length - 1] = true;
      if (char === '{') at = pattern.indexOf('}', at);
    }
  }
  if (repeats > MAX_REPEATS || optionals > MAX_OPTIONALS) {
    return `The regular expression has more than ${MAX_REPEATS} repetitions or ${MAX_OPTIONALS} optional parts: too slow to search with.`;
  }
  return null;
}

function isRange(pattern: string, at: number): boolean {
  return /^\{\d+(,\d*)?\}/.test(pattern.slice(at));
}

function endOfClass(pattern: string, open: number): number {
  let at = open + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
