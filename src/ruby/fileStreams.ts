import { BlockArgumentNode, BlockNode, CallNode, KeywordHashNode, type Node } from '@ruby/prism/src/nodes.js';
import { callsInside, symbolOfBlock, touches } from './blocks';
import type { Safety } from './pattern';
import type { Syntax } from './syntax';
import { useOfValue } from './useOfValue';

/** What walks over the rows of a file that was read as a whole: `File.readlines(path).each { … }`. */
export interface Walk {
  /** The call made on what was read. */
  readonly call: CallNode;
  /** `each` with a block of its own, which `foreach` can take in its place. */
  readonly isEach: boolean;
  readonly safety: Safety;
  /** Why there may be no edit, or what to check; null for nothing. */
  readonly note: string | null;
  /** True when the note is an obstacle. */
  readonly isBlocked: boolean;
}

/**
 * The walk that uses the value of `read`; null when something else does, and when all rows are kept anyway (`sort`, `size`,
 * `[]`). `path`: the argument that names the file.
 */
export function walkOver(read: Node, path: Node, syntax: Syntax): Walk | null {
  const call = syntax.parentOf(read);
  if (!(call instanceof CallNode) || call.receiver !== read || !call.messageLoc || !isWalk(call, syntax)) return null;
  return walkOf(call, path, syntax);
}

/** What is to be said of a call that walks over the rows. */
export function walkOf(call: CallNode, path: Node, syntax: Syntax): Walk {
  const isEach = (call.name === 'each' || call.name === 'each_line') && call.block instanceof BlockNode;
  const obstacle = obstacleTo(call, path, syntax);
  if (obstacle !== null) return { call, isEach, safety: 'advice', note: obstacle, isBlocked: true };
  const note = conditionOf(call, syntax);
  return { call, isEach, safety: note === null ? 'safe' : 'review', note, isBlocked: false };
}

function isWalk(call: CallNode, syntax: Syntax): boolean {
  if (call.block) return walksWithBlock.has(call.name) && !(call.name === 'each' && call.arguments_);
  if (answers.has(call.name)) return true;
  const next = syntax.parentOf(call);
  return (
    passesOn.has(call.name) && next instanceof CallNode && next.receiver === call && lasting.test(next.name) === false
  );
}

function obstacleTo(call: CallNode, path: Node, syntax: Syntax): string | null {
  if (returnsRows.has(call.name) && call.block && useOfValue(call, syntax) === 'used') {
    return `The value of ${call.name} is used, which would be another one, so no edit is offered.`;
  }
  if (blocksOf(call, syntax).some((block) => touches(block, path, syntax))) {
    return 'The block names the same file, which is still being read then, so no edit is offered.';
  }
  return null;
}

function conditionOf(call: CallNode, syntax: Syntax): string | null {
  if (returnsRows.has(call.name) && call.block && useOfValue(call, syntax) === 'returned') {
    return `Check that nobody uses the value of ${call.name}.`;
  }
  const blocks = blocksOf(call, syntax);
  const isUnknown = call.block instanceof BlockArgumentNode && symbolOfBlock(call) === null;
  if (isUnknown || blocks.some((block) => callsInside(block).some(changesFiles))) {
    return 'Check that the block leaves the file alone, which is still being read then.';
  }
  return null;
}

/** The blocks that run while the file is read: that of the call, or of the next ones where it passes the rows on. */
function blocksOf(call: CallNode, syntax: Syntax): Node[] {
  const blocks: Node[] = [];
  for (let at: Node | null = call; at instanceof CallNode; ) {
    if (at.block) blocks.push(at.block);
    if (at.block && at.name !== 'lazy') break;
    const next: Node | null = syntax.parentOf(at);
    at = next instanceof CallNode && next.receiver === at ? next : null;
  }
  return blocks;
}

function changesFiles({ name, receiver }: CallNode): boolean {
  return (
    /^(?:write|binwrite|delete|unlink|rename|truncate|open|new|rm\w*|mv|move|cp\w*|copy\w*|install|touch|remove\w*|replace\w*|save\w*|overwrite\w*|dump|system)!?$/.test(
      name,
    ) &&
    (receiver === null || /(?:File|FileUtils|IO|Dir|Pathname|Tempfile|CSV)$/.test(constantName(receiver)))
  );
}

function constantName(node: Node): string {
  return 'name' in node && typeof node.name === 'string' ? node.name : '';
}

/** The only positional argument, and the keywords; null for anything else. */
export function pathAndOptions(call: CallNode): { path: Node; options: KeywordHashNode | null } | null {
  const [path, options, ...others] = call.arguments_?.arguments_ ?? [];
  if (!path || path instanceof KeywordHashNode || others.length > 0 || call.block || call.openingLoc === null)
    return null;
  if (options === undefined) return { path, options: null };
  return options instanceof KeywordHashNode ? { path, options } : null;
}

/** Their value is what was walked over; `foreach` and its Enumerator give something else. */
const returnsRows = new Set(['each', 'each_with_index', 'each_slice', 'each_cons', 'each_entry', 'each_line']);

const walksWithBlock = new Set([
  ...returnsRows,
  ...['map', 'collect', 'flat_map', 'collect_concat', 'filter_map', 'select', 'filter', 'find_all', 'reject', 'find'],
  ...['detect', 'find_index', 'any?', 'all?', 'none?', 'one?', 'count', 'sum', 'min_by', 'max_by', 'each_with_object'],
  ...['inject', 'reduce', 'to_h', 'take_while', 'index_by', 'tally_by'],
]);

const answers = new Set([
  'first',
  'take',
  'sum',
  'count',
  'tally',
  'include?',
  'min',
  'max',
  'inject',
  'reduce',
  'any?',
]);

const passesOn = new Set([
  'each_with_index',
  'each_slice',
  'each_cons',
  'each_entry',
  'lazy',
  'map',
  'each_with_object',
]);

/** Calls after which the whole is held again. */
const lasting = /^(?:to_a|entries|size|sort\w*|group_by|partition|last|reverse\w*|\[\]|next|peek|rewind)$/;
