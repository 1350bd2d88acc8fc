import { CallNode, IntegerNode } from '@ruby/prism/src/nodes.js';
import { definePattern, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * The whole stack is written out for its first line.
 *
 * before:
 *
 *     def warn_caller
 *       log(caller.first)
 *     end
 *
 * after:
 *
 *     def warn_caller
 *       log(caller(1, 1).first)
 *     end
 *
 * why:
 *
 * `caller` makes a text of every frame, so it costs more the deeper the stack is.
 *
 * silent:
 * - Other frames (`caller[2]`, `caller(0).first`), and a method of your own by that name.
 */
export const callerFirst = definePattern(CallNode, {
  id: 'caller-first',
  section: 'ruby',
  title: 'The whole stack is written out for its first line',
  explanation: 'caller makes a text of every frame of the stack; caller(1, 1) makes only the one that is read.',
  gain: 'objects',
  saving: { calls: /^Kernel#caller$/ },
  safety: 'safe',
  severity: 'warning',
  witnesses: [called(/^Kernel#caller$/, "that this is Ruby's own caller", 'silent')],
  names: ['first', '[]'],
  match: matchFirst,
});

function matchFirst(first: CallNode, syntax: Syntax): Match | null {
  const { receiver: stack, arguments_, name, block } = first;
  if (!(stack instanceof CallNode) || stack.name !== 'caller' || stack.receiver || !stack.messageLoc) return null;
  if (stack.arguments_ || stack.block || block) return null;
  const [index, ...others] = arguments_?.arguments_ ?? [];
  const isFirst =
    name === 'first' ? index === undefined : index instanceof IntegerNode && index.value === 0 && others.length === 0;
  if (!isFirst) return null;
  const hasComment = syntax.hasCommentBetween(first.location.startOffset, endOf(first.location));
  return {
    range: syntax.rangeOf(stack.messageLoc),
    fixes: hasComment
      ? []
      : [
          {
            title: 'Use caller(1, 1)',
            edits: [{ range: syntax.rangeOf(first.location), newText: 'caller(1, 1).first' }],
          },
        ],
  };
}
