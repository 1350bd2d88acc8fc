import type { StackIndex, StackTable } from './profile';

/**
 * Visits every stack node, parents before children, and leaves it before another takes its depth. What a visitor has to
 * remember of the way down it keeps per `depth` (0 for roots), a few thousand at most, instead of per node, of which
 * there are hundreds of thousands.
 */
export function walkStacks(
  stacks: StackTable,
  enter: (node: StackIndex, depth: number) => void,
  leave?: (node: StackIndex, depth: number) => void,
): void {
  const path: StackIndex[] = [];
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    while (path.length > 0 && path[path.length - 1] !== parent) {
      const done = path.pop()!;
      leave?.(done, path.length);
    }
    enter(node, path.length);
    path.push(node);
  }
}
