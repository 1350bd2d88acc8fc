import type { ComparedSide, Comparison } from '../profile/comparison';
import type { FrameIndex } from '../profile/profile';
import type { FilterSubject, Refinement } from '../profile/refinement';

/** No profile has such a file: a filter by it finds nothing. */
const NO_FILE = '\0';

/** The filters that do to the profile before what these do to the one after: frames and files have other numbers and names there. */
export function counterpartOf(comparison: Comparison, refinement: Refinement): Refinement {
  return refinement.map((filter) =>
    filter.kind === 'foldRecursion' ? filter : { kind: filter.kind, of: subjectBefore(comparison, filter.of) },
  );
}

function subjectBefore({ sides, methodOf }: Comparison, of: FilterSubject): FilterSubject {
  if (of.by === 'frame') {
    const frame = frameOf(sides.before, methodOf.before, methodOf.after[of.frame] ?? -1);
    return frame < 0 ? { by: 'file', file: NO_FILE } : { by: 'frame', frame };
  }
  if (of.by === 'file') {
    const { before, after } = sides;
    const key = after.fileKeys[after.profile.strings.indexOf(of.file)];
    const file = before.profile.frames.file.find((each) => before.fileKeys[each] === key);
    return { by: 'file', file: file === undefined ? NO_FILE : before.profile.strings[file]! };
  }
  return of;
}

/** The heaviest frame of a method, -1 when there is none. */
function frameOf({ profile }: ComparedSide, methodOf: Int32Array, method: number): FrameIndex {
  let best = -1;
  for (let frame = 0; frame < methodOf.length; frame++) {
    if (methodOf[frame] !== method) continue;
    if (best < 0 || profile.frames.total[frame]! > profile.frames.total[best]!) best = frame;
  }
  return best;
}
