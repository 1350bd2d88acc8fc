import type { Safety } from '../ruby/pattern';

const order: readonly Safety[] = ['safe', 'review', 'advice'];

/** The most careful of some classes. */
export function leastSafe(...classes: readonly Safety[]): Safety {
  return order[Math.max(...classes.map((one) => order.indexOf(one)))] ?? 'advice';
}
