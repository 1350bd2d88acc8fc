import {
  AndNode,
  BeginNode,
  BlockNode,
  BreakNode,
  CallNode,
  CaseNode,
  DefinedNode,
  ElseNode,
  EmbeddedStatementsNode,
  EnsureNode,
  ForNode,
  IfNode,
  type Node,
  ParenthesesNode,
  ReturnNode,
  StatementsNode,
  UnlessNode,
  UntilNode,
  WhenNode,
  WhileNode,
} from '@ruby/prism/src/nodes.js';
import { keep } from './keep';
import type { LocalVariable } from './locals';
import { ignoresBlockValue } from './loops';
import type { Syntax } from './syntax';

/**
 * Whether the object in a variable may be seen by somebody else before a place in the text is reached, so that changing it
 * instead of a copy would be noticed: passed as an argument, stored in something, assigned, or the value of a block.
 * `end`: offset in bytes, as a rule that of the loop's end. `rewritten`: reads that the rewrite takes out.
 */
export function escapesBefore(
  variable: LocalVariable,
  end: number,
  syntax: Syntax,
  rewritten: ReadonlySet<Node> = new Set(),
): boolean {
  return readsGivenAway(syntax)(variable).some((read) => read.location.startOffset < end && !rewritten.has(read));
}

const readsGivenAway = keep((syntax: Syntax) =>
  keep(({ reads }: LocalVariable) => reads.filter((read) => isGivenAway(read, syntax))),
);

/** Whether the value of an expression goes anywhere but into conditions and texts. */
export function isGivenAway(node: Node, syntax: Syntax): boolean {
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof CallNode) {
      if (inner === outer.receiver) {
        if (!returnsReceiver.has(outer.name)) return false;
      } else if (inner instanceof BlockNode) {
        return !ignoresBlockValue(outer.name);
      } else return true;
    } else if (outer instanceof StatementsNode) {
      if (outer.body.at(-1) !== inner) return false;
    } else if (isEnd(outer, inner)) {
      return false;
    } else if (outer instanceof BlockNode) {
      if (inner !== outer.body) return true;
    } else if (!passesOn(outer, inner) && !isArguments(outer, syntax)) {
      return true;
    }
    inner = outer;
  }
  return false;
}

/** The value ends here: a condition, a text, the end of the method, a loop that drops it. */
function isEnd(outer: Node, inner: Node): boolean {
  if (outer instanceof ReturnNode || outer instanceof BreakNode) return true;
  if (outer instanceof DefinedNode || outer instanceof EmbeddedStatementsNode || outer instanceof EnsureNode)
    return true;
  if (outer instanceof IfNode || outer instanceof UnlessNode || outer instanceof CaseNode)
    return inner === outer.predicate;
  if (outer instanceof WhileNode || outer instanceof UntilNode) return true;
  if (outer instanceof ForNode) return inner === outer.statements;
  if (outer instanceof WhenNode) return inner !== outer.statements;
  return outer instanceof AndNode && inner === outer.left;
}

/** Arguments of `return` and `break` go out of the loop; all others are somebody else's now. */
function isArguments(outer: Node, syntax: Syntax): boolean {
  const parent = syntax.parentOf(outer);
  return parent instanceof ReturnNode || parent instanceof BreakNode;
}

function passesOn(outer: Node, inner: Node): boolean {
  if (outer instanceof IfNode || outer instanceof UnlessNode) return inner !== outer.predicate;
  if (outer instanceof WhenNode || outer instanceof CaseNode) return true;
  if (outer instanceof AndNode) return inner === outer.right;
  return outer instanceof ElseNode || outer instanceof BeginNode || outer instanceof ParenthesesNode;
}

/** Methods of Array, Hash, String and Object that return the object they are called on, or may. */
const returnsReceiver = new Set([
  ...[
    'tap',
    'then',
    'yield_self',
    'itself',
    'freeze',
    'to_h',
    'to_a',
    'to_ary',
    'to_s',
    'to_str',
    'to_hash',
    'presence',
  ],
  ...['<<', 'push', 'append', 'unshift', 'prepend', 'concat', 'insert', 'replace', 'clear', 'fill', 'merge!', 'update'],
  ...['each', 'each_with_index', 'each_pair', 'each_key', 'each_value', 'each_entry', 'reverse_each', 'each_index'],
  ...['map!', 'collect!', 'select!', 'filter!', 'reject!', 'keep_if', 'delete_if', 'compact!', 'uniq!', 'flatten!'],
  ...['sort!', 'sort_by!', 'reverse!', 'shuffle!', 'rotate!', 'transform_values!', 'transform_keys!', 'rehash'],
  ...['compare_by_identity', 'gsub!', 'sub!', 'tr!', 'delete!', 'squeeze!', 'strip!', 'chomp!', 'upcase!', 'downcase!'],
  ...[
    'force_encoding',
    'encode!',
    'scrub!',
    'succ!',
    'next!',
    'capitalize!',
    'swapcase!',
    'slice!',
    '+@',
    '-@',
    'dedup',
  ],
  ...['deep_merge!', 'with_indifferent_access', 'symbolize_keys!', 'stringify_keys!', 'reverse_merge!', 'html_safe'],
  ...['extend', 'instance_eval', 'instance_exec', 'lazy', 'each_slice', 'each_cons', 'to_enum', 'each_entry', 'method'],
]);
