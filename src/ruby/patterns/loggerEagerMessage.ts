import { CallNode, EmbeddedStatementsNode, IfNode, InterpolatedStringNode } from '@ruby/prism/src/nodes.js';
import { definePattern, type Fix, type Match } from '../pattern';
import { isPure } from '../purity';
import { endOf, type Syntax } from '../syntax';
import { ownObjects } from '../witness';

/**
 * A text for the log is built although nobody reads it.
 *
 * before:
 *
 *     ids.each do |id|
 *       Rails.logger.debug("skipping #{id} of #{ids.size}")
 *     end
 *
 * after:
 *
 *     ids.each do |id|
 *       Rails.logger.debug { "skipping #{id} of #{ids.size}" }
 *     end
 *
 * why:
 *
 * Ruby builds the text before `debug` is called, and `debug` throws it away where the level is higher, as it is in production.
 * A block is only called when the text is wanted. Measured on 200 rows: 620 objects before and 29 after. With the level at
 * debug nothing is saved.
 *
 * check:
 * - Nothing in the text must happen even when it is not written.
 * - The logger takes a block: those of Ruby and Rails do.
 *
 * silent:
 * - `info` and higher levels, which are written in production.
 * - `logger.debug(…) if logger.debug?`.
 */
export const loggerEagerMessage = definePattern(CallNode, {
  id: 'logger-eager-message',
  section: 'ruby',
  title: 'This text for the log is built even when debug is off',
  explanation:
    'The text is built before debug is called, and thrown away where the log level is higher. In a block it is built only ' +
    'when it is written.',
  gain: 'objects',
  saving: { own: true },
  safety: 'safe',
  severity: 'information',
  perRow: true,
  witnesses: [ownObjects('that the line itself builds the text', 'silent')],
  links: ['https://guides.rubyonrails.org/debugging_rails_applications.html#impact-of-logs-on-performance'],
  names: ['debug'],
  match: matchDebug,
});

const rubyLoggers = /^(?:(?:::)?Rails\.logger|(?:self\.)?logger)$/;
const loggers = /(?:^|[.@_:])(?:logger|log)$/i;

function matchDebug(debug: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc, arguments_, block } = debug;
  const [message, ...others] = arguments_?.arguments_ ?? [];
  if (!receiver || !messageLoc || block || others.length > 0 || !(message instanceof InterpolatedStringNode))
    return null;
  const name = syntax.sourceOf(receiver.location);
  if (!loggers.test(name) || !message.parts.some((part) => part instanceof EmbeddedStatementsNode)) return null;
  if (isGuarded(debug, syntax)) return null;

  const isPureText = isPure(message);
  const isSafe = isPureText && rubyLoggers.test(name);
  const condition = isPureText
    ? `Check that ${name} takes a block.`
    : 'Check that nothing in the text must happen anyway.';
  return {
    range: syntax.rangeOf(messageLoc),
    safety: isSafe ? 'safe' : 'review',
    note: isSafe ? null : condition,
    fixes: fixesFor(debug, message, syntax),
  };
}

/** `if logger.debug?` around it. */
function isGuarded(debug: CallNode, syntax: Syntax): boolean {
  for (const outer of syntax.ancestorsOf(debug)) {
    if (outer instanceof IfNode && syntax.sourceOf(outer.predicate.location).includes('debug?')) return true;
  }
  return false;
}

/** Puts braces in place of the brackets, or of the space. */
function fixesFor(debug: CallNode, message: InterpolatedStringNode, syntax: Syntax): Fix[] {
  if (!debug.messageLoc) return [];
  const [nameEnd, from] = [endOf(debug.messageLoc), message.location.startOffset];
  const [to, callEnd] = [endOf(message.location), endOf(debug.location)];
  if (syntax.hasCommentBetween(nameEnd, from) || syntax.hasCommentBetween(to, callEnd)) return [];
  return [
    {
      title: 'Build the text in a block',
      edits: [
        { range: syntax.rangeBetween(nameEnd, from), newText: ' { ' },
        { range: syntax.rangeBetween(to, callEnd), newText: ' }' },
      ],
    },
  ];
}
