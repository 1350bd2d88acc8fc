import { assertNever } from '../profile/assertNever';
import { formatCount } from '../profile/format';
import type { Candidate, Fix, Gain, Related, Safety, Saving, Severity } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import { loadsCollection } from '../ruby/witness';
import type { Evidence } from './evidence';
import { type Proof, prove } from './prove';
import { leastSafe } from './safety';

/** A place of the source that a profile shows to allocate and that has a known cause. */
export interface Finding {
  /** The pattern's id; docs/findings/ID.md explains it. */
  readonly id: string;
  /** Local path. */
  readonly file: string;
  readonly range: TextRange;
  /** Samples through the line / all samples, 0 to 1; null without a profile. */
  readonly share: number | null;
  /** Objects those samples stand for; null without a profile. */
  readonly objects: number | null;
  readonly gain: Gain;
  /** Objects that the rewrite is estimated to save; null when the gain is not their number, or nothing is known. */
  readonly savedObjects: number | null;
  readonly safety: Safety;
  readonly severity: Severity;
  /** `low`: few samples, or a profile without lines. */
  readonly confidence: 'high' | 'low';
  readonly title: string;
  /** Why, what the rewrite gains, and the condition to check or the reason that there is no edit. */
  readonly explanation: string;
  /** The preferred rewrite, or null for advice. */
  readonly fix: Fix | null;
  /** Further rewrites. */
  readonly alternatives: readonly Fix[];
  readonly related: readonly Related[];
}

/** Whether a finding is about configuration: it saves no objects, and no line carries it. */
export function isConfiguration({ gain }: Pick<Finding, 'gain'>): boolean {
  return gain === 'none';
}

/** Samples on a line below which an interval says nothing of it, whatever their share. */
const fewestSamples = 2;
/** Samples on a line below which its share is a rough figure. */
const reliableSamples = 50;
/** Share through a line from which its finding is a warning, when the rewrite saves objects. */
const warningShare = 0.05;
/** Objects made by reading a collection from which it counts as large: some thousands of rows. */
const largeCollection = 100_000;

/**
 * Keeps the candidates that the profile shows to matter: their line carries at least `threshold` (0 to 1) of all samples,
 * it runs once per row where that is what costs, and the frames that prove what the text cannot say were seen under it.
 * Without a profile (`hotAllEvidence`) all are kept that their text makes likely, and nothing is safe that needs proof.
 * In source order. Profiles of time say nothing about objects: no findings.
 */
export function judge(candidates: readonly Candidate[], evidence: Evidence, threshold: number): Finding[] {
  return candidates.flatMap((candidate) => {
    const heat = heatOf(candidate, evidence, threshold);
    const proof = heat && prove(candidate, candidates, evidence);
    return heat && proof ? [findingOf(candidate, heat, proof, evidence)] : [];
  });
}

/** What goes through a candidate's lines. */
interface Heat {
  readonly samples: number;
  readonly share: number | null;
  readonly objects: number | null;
}

/** Null when the candidate does not matter. */
function heatOf({ pattern, sites, inLoop, witnesses }: Candidate, evidence: Evidence, threshold: number): Heat | null {
  if (evidence.detail === 'none') return { samples: 0, share: null, objects: null };
  const samples = evidence.samplesThrough(sites);
  const share = evidence.samples > 0 ? samples / evidence.samples : 0;
  const objects = evidence.objectsOf(samples);
  if (objects === null) return null;
  if (pattern.heat === 'none') return { samples, share, objects };
  if (samples < (evidence.exact ? 1 : fewestSamples) || share < threshold) return null;
  if (pattern.perRow && !inLoop && evidence.samplesIterated(sites) === 0) return null;
  // What a line makes itself must be hot, not what it calls: a literal is nothing beside the records of its line.
  const ofItself = witnesses.some(({ kind, missing }) => kind === 'own' && missing === 'silent');
  if (ofItself && evidence.samplesOwn(sites) < threshold * evidence.samples) return null;
  return { samples, share, objects };
}

function findingOf(candidate: Candidate, heat: Heat, proof: Proof, evidence: Evidence): Finding {
  const { pattern, range, note, related, gain } = candidate;
  const [fix = null, ...alternatives] = proof.safety === 'advice' ? [] : candidate.fixes;
  const isRough = evidence.detail !== 'none' && !evidence.exact && heat.samples < reliableSamples;
  const rough = isRough ? `Seen in ${heat.samples} samples only: take its share as a rough figure.` : null;
  return {
    id: pattern.id,
    file: evidence.file,
    range,
    share: heat.share,
    objects: heat.objects,
    gain,
    savedObjects: gain === 'objects' ? savedObjects(candidate, heat, evidence) : null,
    safety: fix === null ? 'advice' : leastSafe(pattern.safety, candidate.safety, proof.safety),
    severity: severityOf(candidate, heat.share, evidence),
    confidence: isRough || evidence.detail === 'raw' || evidence.detail === 'aggregate' ? 'low' : 'high',
    title: pattern.title,
    explanation: [pattern.explanation, wholeMethod(candidate, evidence), note, proof.note, rough]
      .filter((text) => text !== null)
      .join(' '),
    fix,
    alternatives,
    related,
  };
}

/** How much a method makes that makes very much; a sentence, or null. */
function wholeMethod({ pattern: { methodObjects }, sites }: Candidate, evidence: Evidence): string | null {
  const objects = methodObjects === null ? null : evidence.objectsOf(evidence.samplesOfMethod(sites));
  if (methodObjects === null || objects === null || objects < methodObjects) return null;
  const count = `${evidence.exact ? '' : '≈'}${formatCount(Math.round(objects))}`;
  return `The method around it made ${count} objects in this recording, all its runs together.`;
}

/**
 * The catalogue's severity is the most; a smaller share says it more quietly, and so does a gain that a new profile will not
 * show, unless what is loaded is large. Where nothing is gained the share says nothing.
 */
function severityOf({ pattern, gain, sites }: Candidate, share: number | null, evidence: Evidence): Severity {
  if (share === null || gain === 'none') return pattern.severity;
  const byShare = share >= warningShare ? 0 : 1;
  const loaded = gain === 'objects' ? null : evidence.objectsOf(evidence.samplesBeneath(sites, loadsCollection));
  const byGain = gain === 'objects' || (loaded ?? 0) >= largeCollection ? 0 : 1;
  const steps = Math.max(severities.indexOf(pattern.severity), byShare + byGain);
  return severities[steps] ?? 'hint';
}

const severities: readonly Severity[] = ['warning', 'information', 'hint'];

function savedObjects({ saving, sites }: Candidate, { objects }: Heat, evidence: Evidence): number | null {
  if (saving === null || objects === null) return null;
  const saved = savedOf(saving, sites, objects, evidence);
  return saved === null ? null : Math.min(Math.round(saved), objects);
}

function savedOf(saving: Saving, sites: Candidate['sites'], objects: number, evidence: Evidence): number | null {
  if ('left' in saving) return objects * (1 - saving.left);
  if ('calls' in saving) {
    const { calls, beside } = saving;
    if (beside !== undefined && evidence.samplesCalled(sites, beside, null) === 0) return 0;
    return evidence.objectsOf(evidence.samplesCalled(sites, calls, null));
  }
  if ('beneath' in saving) return evidence.objectsOf(evidence.samplesBeneath(sites, saving.beneath));
  if ('made' in saving) return evidence.objectsOf(evidence.samplesMade(sites, saving.made));
  if ('own' in saving) return evidence.objectsOf(evidence.samplesOwn(sites));
  if ('all' in saving) {
    const each = saving.all.map((one) => savedOf(one, sites, objects, evidence) ?? 0);
    return saving.part * each.reduce((sum, one) => sum + one, 0);
  }
  return assertNever(saving);
}
