import { buildCallTree } from '../../src/profile/callTree';
import { selectFlameRows } from '../../src/profile/flameRows';
import type { GroupBy } from '../../src/profile/lens';
import type { TreeShape } from '../../src/profile/treeShape';
import type { FlameData } from '../../src/protocol/requests';
import { type FlameTree, toFlameTree } from '../../webview/flameTree';
import { everything, type ViewRefinement } from '../../webview/viewFilters';
import { originByFolder, profileFromText } from '../support/profileFromText';

export interface Cover {
  readonly refinement?: ViewRefinement;
  readonly groupBy?: GroupBy;
  readonly direction?: TreeShape['direction'];
  readonly order?: TreeShape['order'];
  readonly from?: number;
  readonly to?: number;
  readonly minSamples?: number;
}

/** The boxes of stacks written as text (see `profileFromText`), as the server would send them. */
export function flameTreeFromText(text: string, cover: Cover = {}): FlameTree {
  const {
    refinement = everything,
    groupBy = 'method',
    direction = 'callees',
    order = 'weight',
    from = 0,
    minSamples = 0,
  } = cover;
  const profile = profileFromText(text, { timeline: order === 'time' });
  const call = buildCallTree(profile, { groupBy, direction, around: null, order });
  const to = cover.to ?? call.totalSamples;
  const rows = selectFlameRows(call, { from, to, minSamples });
  const { frames, strings } = profile;
  const origin = originByFolder(profile);
  const name = Array.from(frames.name, (index) => strings[index]!);
  const file = Array.from(frames.file, (index) => strings[index]!);
  const data: FlameData = {
    ...rows,
    problem: null,
    change: null,
    uncompared: null,
    frames: {
      index: Int32Array.from(name.keys()),
      name,
      file,
      place: file,
      definitionLine: frames.line,
      origin: Uint8Array.from(frames.file, (index) => origin[index]!),
      ownShare: Float32Array.from(frames.self, (self) => self / profile.samples),
    },
  };
  return toFlameTree(data, {
    refinement,
    groupBy,
    direction,
    around: null,
    order,
    compared: null,
    from,
    to,
    minSamples,
  });
}

/** Name of a row's box, or `-`. */
export function nameOf(tree: FlameTree, row: number): string {
  return row < 0 ? '-' : tree.frames.name[tree.frame[row]!]!;
}

/** Row of the first box with this name; it must be there. */
export function rowNamed(tree: FlameTree, name: string): number {
  for (let row = 0; row < tree.length; row++) if (nameOf(tree, row) === name) return row;
  throw new Error(`No box ${name}`);
}
