import {
  type ArgumentsNode,
  AssocNode,
  CallNode,
  IntegerNode,
  KeywordHashNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { replace } from '../edits';
import { definePattern, type Match } from '../pattern';
import { isRoundInterval, nextPrimeInterval } from '../primes';
import { descendants, type Syntax } from '../syntax';

/**
 * StackProf is told to record every Nth allocation, and N is a round number.
 *
 * before:
 *
 *     StackProf.start(mode: :object, interval: 1000, raw: true)
 *
 * after:
 *
 *     StackProf.start(mode: :object, interval: 1009, raw: true)
 *
 * why:
 *
 * StackProf counts allocations and takes every Nth, strictly in turn. A loop that makes k objects a row is sampled at the same
 * place every time when k and N share a factor: ten lines that allocate 20,000 objects each come out, at 10, 100 or 1000, as one
 * line with 200,000 and nine with none. At 101, 997 or 1009 each is within 0.3 % of what it made.
 *
 * rewrite:
 *
 * The next prime. Compare profiles of one interval only, so change it before the first of two recordings.
 *
 * check:
 * - Nothing else relies on the number: a script that multiplies samples by it, a profile to compare with.
 *
 * silent:
 * - The mode is not `:object`: time is not counted in steps.
 * - The interval is 1, or a prime other than 2 and 5.
 * - The interval is worked out, or names more than one number.
 */
export const roundInterval = definePattern(CallNode, {
  id: 'round-interval',
  section: 'job',
  title: 'Recording every Nth allocation with a round N falls into step with loops',
  explanation:
    'StackProf takes every Nth allocation in turn. When N shares a factor with what a loop makes per row, some of its lines are ' +
    'sampled every time and others never. A prime does not.',
  gain: 'none',
  safety: 'review',
  severity: 'information',
  heat: 'none',
  links: ['https://github.com/tmm1/stackprof#all-options'],
  names: ['start', 'run', 'use'],
  match: matchRecording,
});

function matchRecording(call: CallNode, syntax: Syntax): Match | null {
  const { arguments_ } = call;
  if (arguments_ === null || !recordsWithStackprof(call, arguments_, syntax)) return null;
  const options = arguments_.arguments_.at(-1);
  if (!(options instanceof KeywordHashNode)) return null;
  const mode = valueAt(options, 'mode');
  const number = numberIn(valueAt(options, 'interval'));
  if (!(mode instanceof SymbolNode) || mode.unescaped.value !== 'object' || number === null) return null;
  if (!isRoundInterval(number.value)) return null;
  const next = String(nextPrimeInterval(number.value));
  return {
    range: syntax.rangeOf(number.node.location),
    note: 'Change it before the first of two recordings that are to be compared.',
    fixes: [{ title: `Record every ${next}th allocation`, edits: [replace(number.digits, next, syntax)] }],
  };
}

/** `StackProf.start`, `StackProf.run`, `use StackProf::Middleware`, `config.middleware.use StackProf::Middleware`. */
function recordsWithStackprof({ name, receiver }: CallNode, { arguments_ }: ArgumentsNode, syntax: Syntax): boolean {
  const recorder = name === 'use' ? arguments_[0] : receiver;
  if (!recorder) return false;
  return (name === 'use' ? /^(?:::)?StackProf::Middleware$/ : /^(?:::)?StackProf$/).test(
    syntax.sourceOf(recorder.location),
  );
}

function valueAt(options: KeywordHashNode, key: string): Node | null {
  const pair = options.elements.find(
    (element) =>
      element instanceof AssocNode && element.key instanceof SymbolNode && element.key.unescaped.value === key,
  );
  return pair instanceof AssocNode ? pair.value : null;
}

interface FoundNumber {
  readonly node: Node;
  readonly value: number;
  /** Where its digits stand: inside the quotes of a text. */
  readonly digits: Parameters<typeof replace>[0];
}

/** The number of an interval, also as the default of a variable: `1000`, `Integer(ENV.fetch("INTERVAL", "1000"))`. */
function numberIn(value: Node | null): FoundNumber | null {
  if (value === null) return null;
  const numbers = descendants(value, () => true).flatMap((node): FoundNumber[] => {
    if (node instanceof IntegerNode && typeof node.value === 'number')
      return [{ node, value: node.value, digits: node }];
    if (!(node instanceof StringNode) || !/^\d{1,6}$/.test(node.unescaped.value)) return [];
    return [{ node, value: Number(node.unescaped.value), digits: node.contentLoc }];
  });
  const [only, ...more] = numbers;
  const isDefault = value instanceof IntegerNode || readsEnvironment(value);
  return only !== undefined && more.length === 0 && isDefault ? only : null;
}

function readsEnvironment(value: Node): boolean {
  const parts = descendants(value, () => true);
  const isPlain = parts.every((part) => !(part instanceof CallNode) || /^(?:fetch|\[\]|Integer|to_i)$/.test(part.name));
  return isPlain && parts.some((part) => 'name' in part && part.name === 'ENV');
}
