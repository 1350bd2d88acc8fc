import { CallNode, IndexOrWriteNode, type Node, SplatNode } from '@ruby/prism/src/nodes.js';
import { callsInside } from '../blocks';
import { isConstant } from '../callChain';
import { lineBefore, replace } from '../edits';
import { type Loop, outermostLoopOf } from '../loops';
import { freshName } from '../names';
import { definePattern, type Fix, type Match } from '../pattern';
import { isLiteral } from '../purity';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * Dates are parsed from text in every turn of a loop.
 *
 * before:
 *
 *     def days(rows)
 *       rows.sum do |text|
 *         Date.parse(text).yday
 *       end
 *     end
 *
 * after:
 *
 *     def days(rows)
 *       parsed_dates = Hash.new { |h, s| h[s] = Date.parse(s) }
 *       rows.sum do |text|
 *         parsed_dates[text].yday
 *       end
 *     end
 *
 * why:
 *
 * `parse` tries many formats and makes about eleven objects a call. Where the same days come again and again, a hash of those
 * seen parses each text once. Measured on 300 rows of 28 days: 4,528 objects before and 1,567 after.
 *
 * check:
 * - The same texts come often: with many different ones the hash grows and nothing is gained.
 * - No text is relative to now ("today", "Monday"), and nobody changes a `Time` in place (`utc`, `localtime`).
 *
 * advice:
 * - The loop is in another method, or does not start on a line of its own.
 * - More than the text is passed to `parse`, or the time is changed in place on the spot.
 *
 * silent:
 * - `strptime`, `iso8601`, `Time.zone.parse`, texts that are literals, and dates that are kept already.
 */
export const parseDateInLoop = definePattern(CallNode, {
  id: 'parse-date-in-loop',
  section: 'ruby',
  title: 'A date is parsed from text in every turn of the loop',
  explanation:
    'parse tries many formats and makes about eleven objects a call; a hash of the texts seen parses each once.',
  gain: 'objects',
  saving: { left: 0.1 },
  safety: 'review',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(
      /^(?:Date|Time|DateTime)\.parse$|^#<Class:(?:Date|Time|DateTime)>#parse$/,
      'that the line parses dates',
      'silent',
    ),
  ],
  names: ['parse'],
  match: matchParse,
});

function matchParse(parse: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc, block } = parse;
  const text = parse.arguments_?.arguments_[0];
  if (!messageLoc || !text || block || !isDateClass(receiver) || isLiteral(text) || isKept(parse, syntax)) return null;
  const loop = outermostLoopOf(parse, syntax);
  const fixes = loop === null ? [] : fixesFor(parse, loop, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    likely: true,
    note:
      fixes.length === 0
        ? 'Where the same texts come again and again, keep a hash of those seen.'
        : 'Check that the same texts come often, that none is relative to now, and that nobody changes a time in place.',
    fixes,
  };
}

/** `Hash.new { |dates, text| dates[text] = Date.parse(text) }`, `@dates[text] ||= Date.parse(text)`. */
function isKept(parse: CallNode, syntax: Syntax): boolean {
  const outer = syntax.parentOf(parse);
  if (outer instanceof IndexOrWriteNode) return true;
  return [...syntax.ancestorsOf(parse)].some(
    (one) => one instanceof CallNode && one.name === 'new' && isConstant(one.receiver) && one.receiver.name === 'Hash',
  );
}

function isDateClass(receiver: Node | null): boolean {
  return isConstant(receiver) && /^(?:Date|Time|DateTime)$/.test(receiver.name ?? '');
}

const changesInPlace = /^(?:utc|gmtime|localtime)$/;

/** All equal calls in the loop read the same hash. */
function fixesFor(parse: CallNode, loop: Loop, syntax: Syntax): Fix[] {
  if (!parse.receiver) return [];
  const source = syntax.sourceOf(parse.receiver.location);
  const parses = callsInside(loop.node).filter(
    (one) =>
      one.name === 'parse' &&
      one.receiver !== null &&
      syntax.sourceOf(one.receiver.location) === source &&
      !(one.arguments_ && isLiteral(one.arguments_.arguments_[0] ?? null)) &&
      outermostLoopOf(one, syntax)?.node === loop.node,
  );
  const name = freshName('parsed_dates', parse, syntax);
  const before = lineBefore(loop.node, `${name} = Hash.new { |h, s| h[s] = ${source}.parse(s) }`, syntax);
  if (before === null || !parses.every((one) => isReplaceable(one, syntax))) return [];
  const reads = parses.map((one) => {
    const [text] = one.arguments_?.arguments_ ?? [];
    return replace(one, `${name}[${text ? syntax.sourceOf(text.location) : ''}]`, syntax);
  });
  return [{ title: 'Keep the dates parsed', edits: [before, ...reads] }];
}

function isReplaceable(parse: CallNode, syntax: Syntax): boolean {
  const list = parse.arguments_?.arguments_ ?? [];
  const [text] = list;
  if (!text || list.length !== 1 || parse.openingLoc === null || text instanceof SplatNode) return false;
  const outer = syntax.parentOf(parse);
  const isChanged = outer instanceof CallNode && outer.receiver === parse && changesInPlace.test(outer.name);
  const holdsAnother = callsInside(text).some((call) => call.name === 'parse');
  const { startOffset } = parse.location;
  return !isChanged && !holdsAnother && !syntax.hasCommentBetween(startOffset, endOf(parse.location));
}
