import type { Profile } from './profile';

/** Per edge, 1 when its callee can come back to the caller: both are in one cycle of calls. Tarjan's algorithm, without recursion. */
export function recursiveEdges({ frames, edges }: Profile): Uint8Array {
  const { length } = frames;
  const order = new Int32Array(length).fill(-1);
  const lowest = new Int32Array(length);
  const component = new Int32Array(length).fill(-1);
  const open: number[] = [];
  const walk: number[] = [];
  const nextEdge = edges.offset.slice();
  let visited = 0;
  const enter = (frame: number): void => {
    order[frame] = lowest[frame] = visited++;
    open.push(frame);
    walk.push(frame);
  };
  for (let root = 0; root < length; root++) {
    if (order[root]! >= 0) continue;
    enter(root);
    while (walk.length > 0) {
      const frame = walk[walk.length - 1]!;
      if (nextEdge[frame]! < edges.offset[frame + 1]!) {
        const callee = edges.callee[nextEdge[frame]!++]!;
        if (order[callee]! < 0) enter(callee);
        else if (component[callee]! < 0) lowest[frame] = Math.min(lowest[frame]!, order[callee]!);
        continue;
      }
      walk.pop();
      const caller = walk[walk.length - 1];
      if (caller !== undefined) lowest[caller] = Math.min(lowest[caller]!, lowest[frame]!);
      if (lowest[frame] !== order[frame]) continue;
      for (let member = open.pop()!; ; member = open.pop()!) {
        component[member] = frame;
        if (member === frame) break;
      }
    }
  }
  const returns = new Uint8Array(edges.callee.length);
  for (let caller = 0; caller < length; caller++) {
    for (let edge = edges.offset[caller]!; edge < edges.offset[caller + 1]!; edge++) {
      if (component[edges.callee[edge]!] === component[caller]) returns[edge] = 1;
    }
  }
  return returns;
}
