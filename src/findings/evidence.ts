import type { Detail } from '../profile/profile';
import type { Site } from '../ruby/pattern';

/**
 * What one profile says about the lines of one local file. Lines are 1-based, in the text as it is now. Every figure is in
 * samples, each sample once. Without lines in the stacks (`detail` other than `raw_lines`) the method around a line stands
 * for it, except in `samplesThrough` and `samplesOwn`.
 */
export interface Evidence {
  /** Local path of the file. */
  readonly file: string;
  /** `none`: there is no profile; every line counts as hot and as run once per row, and nothing is witnessed. */
  readonly detail: Detail | 'none';
  /** Samples of the whole profile. */
  readonly samples: number;
  /** Objects that samples stand for, or null when the profile does not count objects. */
  objectsOf(samples: number): number | null;
  /** True when every allocation was recorded, so that one sample is one object and no estimate. */
  readonly exact: boolean;
  /** Samples with one of these lines on the stack; 0 without a record. */
  samplesThrough(sites: readonly Site[]): number;
  /** Samples whose leaf is one of these lines: what they allocate without calling anything. */
  samplesOwn(sites: readonly Site[]): number;
  /** Samples in which a site calls a method of such a name, with one of `beneath` under that call unless it is null. */
  samplesCalled(sites: readonly Site[], names: RegExp, beneath: RegExp | null): number;
  /** Samples that a method of such a name, called by a site, allocates itself, also while it goes through an `each`: without blocks. */
  samplesMade(sites: readonly Site[], names: RegExp): number;
  /** Samples with a method of such a name anywhere under a site. */
  samplesBeneath(sites: readonly Site[], names: RegExp): number;
  /** Samples with a method of such a name anywhere under the methods around the sites, and under the own methods that call these. */
  samplesInCallers(sites: readonly Site[], names: RegExp): number;
  /** Samples with the methods around the sites on the stack, all their runs together. */
  samplesOfMethod(sites: readonly Site[]): number;
  /** Samples through the sites with an iterator above them that own code called: the line runs once per row. */
  samplesIterated(sites: readonly Site[]): number;
  /** Definition line (as captured) of the method around a line, or null: tells whether two lines share a method. */
  methodAround(line: number): number | null;
}

/** Asks the evidence about recorded lines; `capturedLine` gives the recorded line of one now, null where it changed. */
export function atCapture(evidence: Evidence, capturedLine: (line: number) => number | null): Evidence {
  const captured = (sites: readonly Site[]): Site[] =>
    sites.flatMap(({ line, depth }) => {
      const recorded = capturedLine(line);
      return recorded === null ? [] : [{ line: recorded, depth }];
    });
  return {
    ...evidence,
    samplesThrough: (sites) => evidence.samplesThrough(captured(sites)),
    samplesOwn: (sites) => evidence.samplesOwn(captured(sites)),
    samplesCalled: (sites, names, beneath) => evidence.samplesCalled(captured(sites), names, beneath),
    samplesMade: (sites, names) => evidence.samplesMade(captured(sites), names),
    samplesBeneath: (sites, names) => evidence.samplesBeneath(captured(sites), names),
    samplesInCallers: (sites, names) => evidence.samplesInCallers(captured(sites), names),
    samplesOfMethod: (sites) => evidence.samplesOfMethod(captured(sites)),
    samplesIterated: (sites) => evidence.samplesIterated(captured(sites)),
    methodAround(line) {
      const recorded = capturedLine(line);
      return recorded === null ? null : evidence.methodAround(recorded);
    },
  };
}

/** For a file without a profile: every line is hot, and nothing is proven. */
export function hotAllEvidence(file: string): Evidence {
  return {
    file,
    detail: 'none',
    samples: 0,
    exact: false,
    objectsOf: () => null,
    samplesThrough: () => 0,
    samplesOwn: () => 0,
    samplesCalled: () => 0,
    samplesMade: () => 0,
    samplesBeneath: () => 0,
    samplesInCallers: () => 0,
    samplesOfMethod: () => 0,
    samplesIterated: () => 0,
    methodAround: () => null,
  };
}
