import type { Candidate, Fix, Gain, Safety } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import type { Evidence } from './profileEvidence';

/** A place of the source that a profile shows to allocate and that has a known cause. */
export interface Finding {
  /** The pattern's id; docs/findings/ID.md explains it. */
  readonly id: string;
  /** Local path. */
  readonly file: string;
  readonly range: TextRange;
  /** Samples through the line / all samples, 0 to 1. */
  readonly share: number;
  /** Objects those samples stand for. */
  readonly objects: number;
  readonly gain: Gain;
  readonly safety: Safety;
  readonly title: string;
  /** Why, what the rewrite gains, and the condition to check or the reason that there is no edit. */
  readonly explanation: string;
  /** The preferred rewrite, or null for advice. */
  readonly fix: Fix | null;
  /** Further rewrites. */
  readonly alternatives: readonly Fix[];
}

/** Samples on a line below which nothing can be said of it, whatever their share. */
const fewestSamples = 2;

/**
 * Keeps the candidates that the profile shows to matter: their line carries at least `threshold` (0 to 1) of all
 * samples, and the callees that prove what the receiver is were seen under it. In source order.
 * Profiles of time say nothing about objects: no findings.
 */
export function judge(candidates: readonly Candidate[], evidence: Evidence, threshold: number): Finding[] {
  return candidates.flatMap((candidate) => {
    const samples = evidence.samplesThrough(candidate.lines);
    const share = evidence.samples > 0 ? samples / evidence.samples : 0;
    const objects = evidence.objectsOf(samples);
    if (objects === null || samples < fewestSamples || share < threshold) return [];
    if (!isProven(candidate, candidates, evidence)) return [];

    const { pattern, note, range } = candidate;
    const [fix = null, ...alternatives] = candidate.fixes;
    return [
      {
        id: pattern.id,
        file: evidence.file,
        range,
        share,
        objects,
        gain: pattern.gain,
        safety: fix === null ? 'advice' : pattern.safety,
        title: pattern.title,
        explanation: note === null ? pattern.explanation : `${pattern.explanation} ${note}`,
        fix,
        alternatives,
      },
    ];
  });
}

/**
 * Whether the witness was called from here. Where another candidate of the pattern shares the place (the line, or the
 * method when stacks have no lines), the witness may be the other's, and only a likely receiver is believed.
 */
function isProven(candidate: Candidate, all: readonly Candidate[], evidence: Evidence): boolean {
  const alone = !all.some(
    (other) => other !== candidate && other.pattern === candidate.pattern && sharePlace(candidate, other, evidence),
  );
  if (!alone && !candidate.likely) return false;
  return evidence.samplesWitnessed(candidate.lines, candidate.pattern.witness, alone ? 'outermost' : 'any') > 0;
}

function sharePlace(a: Candidate, b: Candidate, evidence: Evidence): boolean {
  if (a.lines.some((line) => b.lines.includes(line))) return true;
  if (evidence.knowsLines) return false;
  const around = a.lines.map((line) => evidence.methodAround(line));
  return b.lines.some((line) => around.includes(evidence.methodAround(line)));
}
