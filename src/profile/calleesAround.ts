import type { UnorderedTree } from './callTree';
import { FloatColumn } from './column';
import type { FrameIndex, StackTable } from './profile';
import { StackTrie } from './stackTrie';

/** What a method calls: the stacks from its outermost occurrence on, the method as root (one per line), each sample once. */
export function calleesAround(stacks: StackTable, around: FrameIndex, withLines: boolean): UnorderedTree {
  const trie = new StackTrie();
  const self = new FloatColumn();
  const into = new Int32Array(stacks.length);
  const add = (node: number, parent: number): void => {
    const child = trie.child(parent, stacks.frame[node]!, withLines ? stacks.line[node]! : 0);
    if (child === self.length) self.push(0);
    self.values[child]! += stacks.self[node]!;
    into[node] = child;
  };
  for (let node = 0; node < stacks.length; ) {
    if (stacks.frame[node] !== around) {
      node++;
      continue;
    }
    add(node, -1);
    const end = stacks.subtreeEnd[node]!;
    for (node++; node < end; node++) add(node, into[stacks.parent[node]!]!);
  }
  return { length: trie.length, parent: trie.parent, frame: trie.frame, line: trie.line, self: self.values };
}
