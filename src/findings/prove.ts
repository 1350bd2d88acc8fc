import { assertNever } from '../profile/assertNever';
import type { Candidate, Safety } from '../ruby/pattern';
import type { Witness } from '../ruby/witness';
import type { Evidence } from './evidence';
import { leastSafe } from './safety';

/** What the profile leaves of a candidate. */
export interface Proof {
  /** The best class it may have. */
  readonly safety: Safety;
  /** What was not proven; a sentence, or null. */
  readonly note: string | null;
}

/**
 * Holds a candidate against the profile. Null when the profile, or its silence, says that it is something else.
 *
 *   all witnesses seen             safe at best
 *   one not seen                   as the witness says: review, advice or nothing
 *   seen, but maybe another's      review at best: two places of the line ask for the same callee
 *   stacks without lines           review at best: a callee cannot be tied to a line
 *   no profile                     review at best where a witness is asked for; none in the Active Record section unless
 *                                  the text makes the receiver likely
 */
export function prove(candidate: Candidate, all: readonly Candidate[], evidence: Evidence): Proof | null {
  const { witnesses } = candidate;
  if (evidence.detail === 'none') return proveWithoutProfile(candidate);
  const rivals = candidate.likely ? [] : rivalsOf(candidate, all, evidence);
  let proof: Proof = evidence.detail === 'raw_lines' ? proven : withoutLines;
  for (const witness of witnesses) {
    const isShared = rivals.some((rival) => isAskedBy(rival, witness));
    const seen = isSeen(witness, candidate, evidence);
    if (seen && !isShared) continue;
    const isSharedLine = seen && evidence.detail === 'raw_lines' && candidate.pattern.section === 'ruby';
    const left = isSharedLine ? withSharedWitness(witness) : withoutWitness(witness);
    if (left === null) return null;
    proof = combined(proof, left);
  }
  return proof;
}

const proven: Proof = { safety: 'safe', note: null };

const withoutLines: Proof = {
  safety: 'review',
  note: 'The profile has no lines in its stacks, so it cannot say which line of the method made the calls.',
};

function proveWithoutProfile({ witnesses, likely, pattern }: Candidate): Proof | null {
  let proof = proven;
  for (const witness of witnesses) {
    const { missing, proves } = witness;
    if (!likely && (missing === 'mandatory' || (missing === 'silent' && pattern.section === 'active-record')))
      return null;
    proof = combined(proof, { safety: missing === 'advice' ? 'advice' : 'review', note: notProven(proves) });
  }
  return proof;
}

/** What is left when a profile lacks a witness. */
function withoutWitness({ missing, proves }: Witness): Proof | null {
  switch (missing) {
    case 'silent':
    case 'mandatory':
      return null;
    case 'review':
    case 'advice':
      return { safety: missing, note: notProven(proves) };
    default:
      return assertNever(missing);
  }
}

/** What is left when the callee was seen, and may have been called by another place of the line. */
function withSharedWitness(witness: Witness): Proof | null {
  if (witness.missing !== 'silent') return withoutWitness(witness);
  return {
    safety: 'review',
    note: `More than one call of the line may have made these calls: check ${witness.proves}.`,
  };
}

function notProven(what: string): string {
  return `No profile shows ${what}: check it.`;
}

function combined(a: Proof, b: Proof): Proof {
  const notes = [a.note, b.note].filter((note) => note !== null);
  return { safety: leastSafe(a.safety, b.safety), note: notes.length === 0 ? null : [...new Set(notes)].join(' ') };
}

function isSeen(witness: Witness, { sites }: Candidate, evidence: Evidence): boolean {
  switch (witness.kind) {
    case 'called':
      return evidence.samplesCalled(sites, witness.names, witness.beneath) > 0;
    case 'beneath':
      return evidence.samplesBeneath(sites, witness.names) > 0;
    case 'own':
      return evidence.samplesOwn(sites) > 0;
    case 'absent':
      return witness.under === 'line'
        ? evidence.samplesBeneath(sites, witness.names) === 0
        : evidence.samplesInCallers(sites, witness.names) === 0;
    default:
      return assertNever(witness);
  }
}

/**
 * The other candidates of the pattern that share the place (the line and its depth, or the method when stacks have no
 * lines): a call may be theirs, and only a likely receiver is believed. What is called on the same words is the same.
 */
function rivalsOf(candidate: Candidate, all: readonly Candidate[], evidence: Evidence): Candidate[] {
  return all.filter(
    (other) =>
      other !== candidate &&
      other.pattern === candidate.pattern &&
      !(candidate.receiver !== null && other.receiver === candidate.receiver) &&
      sharePlace(candidate, other, evidence),
  );
}

function isAskedBy({ witnesses }: Candidate, witness: Witness): boolean {
  if (witness.kind !== 'called') return false;
  return witnesses.some((one) => one.kind === 'called' && one.names.source === witness.names.source);
}

function sharePlace(a: Candidate, b: Candidate, evidence: Evidence): boolean {
  const sameSite = a.sites.some(({ line, depth }) =>
    b.sites.some((site) => site.line === line && site.depth === depth),
  );
  if (sameSite || evidence.detail === 'raw_lines') return sameSite;
  const around = a.sites.map(({ line }) => evidence.methodAround(line));
  return b.sites.some(({ line }) => around.includes(evidence.methodAround(line)));
}
