import type { StackTable } from './profile';

/** The stacks without the nodes that have `levels` or more above them; their samples are those of the last node that is left. */
export function cutDeep(stacks: StackTable, levels: number): StackTable {
  const depth = new Int32Array(stacks.length);
  const place = new Int32Array(stacks.length);
  let kept = 0;
  for (let node = 0; node < stacks.length; node++) {
    const above = stacks.parent[node]!;
    depth[node] = above < 0 ? 0 : depth[above]! + 1;
    place[node] = kept;
    if (depth[node]! < levels) kept++;
  }
  const parent = new Int32Array(kept);
  const frame = new Int32Array(kept);
  const line = new Int32Array(kept);
  const subtreeEnd = new Int32Array(kept);
  const self = new Float64Array(kept);
  const total = new Float64Array(kept);
  for (let node = 0; node < stacks.length; node++) {
    if (depth[node]! >= levels) continue;
    const at = place[node]!;
    const above = stacks.parent[node]!;
    const end = stacks.subtreeEnd[node]!;
    parent[at] = above < 0 ? -1 : place[above]!;
    frame[at] = stacks.frame[node]!;
    line[at] = stacks.line[node]!;
    subtreeEnd[at] = end < stacks.length ? place[end]! : kept;
    self[at] = depth[node] === levels - 1 ? stacks.total[node]! : stacks.self[node]!;
    total[at] = stacks.total[node]!;
  }
  return { length: kept, parent, frame, line, subtreeEnd, self, total };
}
