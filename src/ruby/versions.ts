/** Half open: `{ from: '5.0', before: '7.1' }`. */
export interface VersionRange {
  readonly from?: string;
  readonly before?: string;
}

/**
 * Whether a version such as `3.3.8` or `ruby 3.3.8p144` is in a range. Null when the version is not known: a rule that
 * only holds for some versions is then taken to hold, and one that only *gains* on some promises nothing.
 */
export function isInRange(version: string | null, { from, before }: VersionRange): boolean | null {
  if (version === null || numbersOf(version).length === 0) return null;
  if (from !== undefined && compareVersions(version, from) < 0) return false;
  return before === undefined || compareVersions(version, before) < 0;
}

/** True or false when the version is known, else null. */
export function isAtLeast(version: string | null, from: string): boolean | null {
  return isInRange(version, { from });
}

/** Negative when `a` is older. Missing parts count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  const [, numbers = ''] = /(\d+(?:\.\d+)*)/.exec(version) ?? [];
  return numbers === '' ? [] : numbers.split('.').map(Number);
}
