import type { DetectorCase, MeasuredRun } from '../support/detectorCase';

/** What a case states of a version of Ruby: of that one, or of the newest older one. */
export interface Stated extends MeasuredRun {
  readonly exact: boolean;
}

export function statedFor({ measured, name }: DetectorCase, ruby: string): Stated {
  const wanted = minorOf(ruby);
  const versions = [...measured.keys()].sort((a, b) => order(a) - order(b));
  const chosen = versions.findLast((version) => order(version) <= order(wanted)) ?? versions[0];
  const stated = chosen === undefined ? undefined : measured.get(chosen);
  if (stated === undefined) throw new Error(`${name} states nothing measured`);
  return { ...stated, exact: chosen === wanted };
}

/**
 * How far from the stated number of saved objects a run may be. With the same Ruby the numbers repeat to a few objects; other
 * releases of Ruby and of Active Record make some more or less around the same rewrite.
 */
export function toleranceOf({ before, after, exact }: Stated): number {
  const saved = Math.abs(before - (after ?? before));
  return exact ? Math.max(5, 0.05 * saved) : Math.max(20, 0.2 * saved);
}

/** `3.1.2` -> `3.1`. */
function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function order(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}
