import {
  BlockNode,
  CallNode,
  ConstantPathNode,
  ConstantReadNode,
  DefNode,
  EmbeddedStatementsNode,
  EmbeddedVariableNode,
  InterpolatedRegularExpressionNode,
  LambdaNode,
  LocalVariableReadNode,
  type Node,
  StringNode,
} from '@ruby/prism/src/nodes.js';
import { insertAt } from '../edits';
import { hoist } from '../hoist';
import { isInside, variableOf } from '../locals';
import { isKeywordLoop, type Loop, loopsAround } from '../loops';
import { definePattern, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { ownObjects } from '../witness';

/**
 * The same pattern is compiled again in every turn of a loop.
 *
 * before:
 *
 *     def hits(list, word)
 *       list.count do |text|
 *         text.match?(/#{word}\d/)
 *       end
 *     end
 *
 * after:
 *
 *     def hits(list, word)
 *       pattern = /#{word}\d/
 *       list.count do |text|
 *         text.match?(pattern)
 *       end
 *     end
 *
 * why:
 *
 * With `#{…}` in it, a regular expression is put together and compiled each time. Measured on 200 turns: 1,821 objects before
 * and 428 after, and far less time.
 *
 * rewrite:
 *
 * With nothing but constants inside, `o` at its end makes Ruby compile it once. With variables that the loop does not change, it
 * is made before the loop.
 *
 * check:
 * - The variables are not changed in place by something that the loop calls.
 *
 * advice:
 * - The loop does not start on a line of its own, or the pattern spans several lines.
 *
 * silent:
 * - The pattern depends on the row, or on calls and instance variables, which may change, or on `self::NAME`, which a subclass has its own of.
 * - The body of a class or a file, as in `NAME = /a#{OTHER}/`: it runs once, when it is loaded.
 */
export const interpolatedRegexpInLoop = definePattern(InterpolatedRegularExpressionNode, {
  id: 'interpolated-regexp-in-loop',
  section: 'ruby',
  title: 'The same pattern is compiled in every turn of the loop',
  explanation:
    'A regular expression with #{…} is put together and compiled each time it is evaluated; once is enough here.',
  gain: 'objects',
  saving: { own: true },
  safety: 'safe',
  severity: 'warning',
  perRow: true,
  witnesses: [ownObjects('that the line itself compiles the pattern', 'silent')],
  names: null,
  match: matchRegexp,
});

function matchRegexp(regexp: InterpolatedRegularExpressionNode, syntax: Syntax): Match | null {
  const inside = expressionsIn(regexp);
  if (inside === null || syntax.sourceOf(regexp.closingLoc).slice(1).includes('o')) return null;
  const range = syntax.rangeOf(regexp.location);
  if (inside.every(isOneValue)) {
    if (!mayRunAgain(regexp, syntax)) return null;
    return {
      range,
      fixes: [{ title: 'Compile it once', edits: [insertAt(endOf(regexp.location), 'o', syntax)] }],
    };
  }
  const loop = loopFixing(inside, regexp, syntax);
  if (loop === null) return null;
  const fixes = hoist(regexp, loop, 'pattern', '', syntax);
  return {
    range,
    safety: 'review',
    note: fixes.length > 0 ? 'Check that the loop changes nothing that is in it.' : 'Make it before the loop.',
    fixes,
  };
}

/** Constants and local variables in `#{…}`; null when there is anything else. */
function expressionsIn({ parts }: InterpolatedRegularExpressionNode): Node[] | null {
  const inside: Node[] = [];
  for (const part of parts) {
    if (part instanceof StringNode) continue;
    if (part instanceof EmbeddedVariableNode || !(part instanceof EmbeddedStatementsNode)) return null;
    const [expression, ...others] = part.statements?.body ?? [];
    if (!expression || others.length > 0) return null;
    if (!(isOneValue(expression) || expression instanceof LocalVariableReadNode)) return null;
    inside.push(expression);
  }
  return inside.length > 0 ? inside : null;
}

/** A constant that is the same in all objects: not `self::NAME`, nor `kind::NAME`. */
function isOneValue(node: Node): boolean {
  if (!(node instanceof ConstantPathNode)) return node instanceof ConstantReadNode;
  return node.parent === null || isOneValue(node.parent);
}

/** False in the body of a class or file, which runs when it is loaded. */
function mayRunAgain(node: Node, syntax: Syntax): boolean {
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof DefNode || outer instanceof BlockNode || outer instanceof LambdaNode) return true;
    if (isKeywordLoop(outer)) return true;
  }
  return false;
}

/** The outermost loop in which all of the variables stay what they are. */
function loopFixing(inside: readonly Node[], regexp: Node, syntax: Syntax): Loop | null {
  let found: Loop | null = null;
  for (const loop of loopsAround(regexp, syntax)) {
    if (!inside.every((one) => isOneValue(one) || staysIn(one, loop, syntax))) break;
    found = loop;
  }
  return found;
}

const mutators = /!$|^(?:<<|concat|replace|insert|prepend|clear|force_encoding|setbyte|append|push|\[\]=)$/;

function staysIn(read: Node, { node }: Loop, syntax: Syntax): boolean {
  const variable = variableOf(read, syntax);
  if (!variable || isInside(variable.scope, node)) return false;
  if (variable.writes.some((write) => isInside(write, node))) return false;
  return !variable.reads.some((one) => {
    const call = syntax.parentOf(one);
    return isInside(one, node) && call instanceof CallNode && call.receiver === one && mutators.test(call.name);
  });
}
