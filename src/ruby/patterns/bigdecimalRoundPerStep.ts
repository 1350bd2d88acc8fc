import { CallNode } from '@ruby/prism/src/nodes.js';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { absent, called } from '../witness';

/**
 * A BigDecimal is rounded in every turn of a loop.
 *
 * before:
 *
 *     list.each { |amount| total = (total + amount).round(2) }
 *
 * after:
 *
 *     list.each { |amount| total += amount }
 *     total = total.round(2)
 *
 * why:
 *
 * A BigDecimal cannot be changed, so `round` makes a new one each time.
 *
 * rewrite:
 *
 * Rounding once, at the end, is only right where the steps need not be whole cents: it gives other sums.
 *
 * advice:
 * - Always: rounding once gives other results than rounding each step, and only you can tell which is wanted.
 *
 * silent:
 * - The rounding is the one that a decimal column does for its values.
 */
export const bigdecimalRoundPerStep = definePattern(CallNode, {
  id: 'bigdecimal-round-per-step',
  section: 'ruby',
  title: 'A BigDecimal is rounded in every turn of the loop',
  explanation:
    'round makes a new BigDecimal each time. Rounding once at the end makes one, but gives other cents: do it only where ' +
    'the steps need not be rounded.',
  gain: 'objects',
  saving: { calls: /^BigDecimal#round$/ },
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(/^BigDecimal#round$/, 'that this is a BigDecimal', 'silent'),
    absent(/Type::Decimal(?:WithoutScale)?#apply_scale$/, 'line', 'that no column rounds its value', 'silent'),
  ],
  names: ['round'],
  match: matchRound,
});

function matchRound({ receiver, messageLoc, arguments_ }: CallNode, syntax: Syntax): Match | null {
  if (!receiver || !messageLoc || !arguments_) return null;
  return { range: syntax.rangeOf(messageLoc), fixes: [] };
}
