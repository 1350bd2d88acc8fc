import { type Evidence, profileEvidence } from '../findings/profileEvidence';
import type { StringIndex } from '../profile/profile';
import type { MappedView, OpenProfile } from './openProfile';

/**
 * What a profile says about the lines of a document as it is now. A witness costs a pass over all stacks and is asked for
 * after every keystroke; what it says of recorded lines does not change, so it is asked once per place.
 * `capturedLine`: 1-based recorded line of a 1-based one now, null for lines that were not there or changed.
 */
export function documentEvidence(
  open: OpenProfile,
  files: readonly StringIndex[],
  path: string,
  capturedLine: (line: number) => number | null,
): Evidence {
  const { recorded, witnessed } = recordedEvidence(open, files, path);
  const captured = (lines: readonly number[]): number[] => lines.map(capturedLine).filter((line) => line !== null);
  return {
    file: path,
    knowsLines: recorded.knowsLines,
    samples: recorded.samples,
    objectsOf: recorded.objectsOf,
    samplesThrough: (lines) => recorded.samplesThrough(captured(lines)),
    methodAround(line) {
      const [at] = captured([line]);
      return at === undefined ? null : recorded.methodAround(at);
    },
    samplesWitnessed(lines, witness, where) {
      const at = captured(lines);
      const key = `${witness.called.source}\0${witness.beneath.source}\0${where}\0${at.join()}`;
      const known = witnessed.get(key) ?? recorded.samplesWitnessed(at, witness, where);
      witnessed.set(key, known);
      return known;
    },
  };
}

/** Evidence about recorded lines, and the answers given so far. */
interface RecordedEvidence {
  readonly recorded: Evidence;
  readonly witnessed: Map<string, number>;
}

const byView = new WeakMap<MappedView, Map<string, RecordedEvidence>>();

function recordedEvidence(open: OpenProfile, files: readonly StringIndex[], path: string): RecordedEvidence {
  const { profile, measure, view } = open;
  const byPath = byView.get(view) ?? new Map<string, RecordedEvidence>();
  byView.set(view, byPath);
  const known = byPath.get(path) ?? {
    recorded: profileEvidence({ profile, measure, lines: view.lines, files, path }),
    witnessed: new Map<string, number>(),
  };
  byPath.set(path, known);
  return known;
}
