/** Whether a path (segments parted by `/`) is meant. */
export type PathPattern = (path: string) => boolean;

const MOST_ALTERNATIVES = 64;

/**
 * A pattern of paths: `*` any characters of one segment, `?` one of them, `**` any number of segments, `{a,b}` either. Everything
 * else stands for itself. Matching takes time proportional to pattern x path, whatever the pattern.
 */
export function pathPattern(pattern: string): PathPattern {
  const alternatives = expandBraces(pattern).map((one) => one.split('/'));
  return (path) => {
    const segments = path.split('/');
    return alternatives.some((one) => matchesSegments(one, segments));
  };
}

/** `a{b,c}d` -> `abd`, `acd`; braces that are not closed, or too many of them, stand for themselves. */
function expandBraces(pattern: string): string[] {
  let open = [pattern];
  for (;;) {
    const next = open.flatMap((one) => {
      const found = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(one);
      return found === null ? [one] : found[2]!.split(',').map((choice) => found[1]! + choice + found[3]!);
    });
    if (next.length > MOST_ALTERNATIVES) return [pattern];
    if (next.length === open.length && next.every((one, at) => one === open[at])) return next;
    open = next;
  }
}

function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return matchesParts(
    pattern.length,
    path.length,
    (at) => pattern[at] === '**',
    (at, segment) => matchesText(pattern[at]!, path[segment]!),
  );
}

function matchesText(pattern: string, text: string): boolean {
  return matchesParts(
    pattern.length,
    text.length,
    (at) => pattern[at] === '*',
    (at, char) => pattern[at] === '?' || pattern[at] === text[char],
  );
}

/** Matches a row of parts with wildcards for any number of parts: the last wildcard takes one more whenever it fails after it. */
function matchesParts(
  patternLength: number,
  length: number,
  isWildcard: (at: number) => boolean,
  fits: (at: number, part: number) => boolean,
): boolean {
  let at = 0;
  let part = 0;
  let wildcard = -1;
  let taken = 0;
  while (part < length) {
    if (at < patternLength && isWildcard(at)) {
      wildcard = at++;
      taken = part;
    } else if (at < patternLength && fits(at, part)) {
      at++;
      part++;
    } else if (wildcard >= 0) {
      at = wildcard + 1;
      part = ++taken;
    } else return false;
  }
  while (at < patternLength && isWildcard(at)) at++;
  return at === patternLength;
}
