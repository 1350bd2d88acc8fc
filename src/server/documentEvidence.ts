import { atCapture, type Evidence } from '../findings/evidence';
import { profileEvidence } from '../findings/profileEvidence';
import type { StringIndex } from '../profile/profile';
import type { MappedView, OpenProfile } from './openProfile';

/**
 * What a profile says about the lines of a document as it is now. It is asked after every keystroke; what it says of
 * recorded lines does not change, so that is worked out once per file and mapping.
 * `capturedLine`: 1-based recorded line of a 1-based one now, null for lines that were not there or changed.
 */
export function documentEvidence(
  open: OpenProfile,
  files: readonly StringIndex[],
  path: string,
  capturedLine: (line: number) => number | null,
): Evidence {
  return atCapture(recordedEvidence(open, files, path), capturedLine);
}

const byView = new WeakMap<MappedView, Map<string, Evidence>>();

function recordedEvidence(open: OpenProfile, files: readonly StringIndex[], path: string): Evidence {
  const { profile, measure, view } = open;
  const byPath = byView.get(view) ?? new Map<string, Evidence>();
  byView.set(view, byPath);
  const known =
    byPath.get(path) ?? profileEvidence({ profile, measure, lines: view.lines, files, origin: view.map.origin, path });
  byPath.set(path, known);
  return known;
}
