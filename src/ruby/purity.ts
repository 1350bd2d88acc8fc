import {
  AndNode,
  ArgumentsNode,
  ArrayNode,
  AssocNode,
  BlockArgumentNode,
  BlockNode,
  BlockParametersNode,
  CallNode,
  CaseNode,
  ClassVariableReadNode,
  ConstantPathNode,
  ConstantReadNode,
  ElseNode,
  EmbeddedStatementsNode,
  FalseNode,
  FloatNode,
  HashNode,
  IfNode,
  ImaginaryNode,
  ImplicitNode,
  InstanceVariableReadNode,
  IntegerNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  ItParametersNode,
  KeywordHashNode,
  LambdaNode,
  MultiTargetNode,
  NilNode,
  type Node,
  NumberedParametersNode,
  OptionalParameterNode,
  OrNode,
  ParametersNode,
  ParenthesesNode,
  RangeNode,
  RationalNode,
  RegularExpressionNode,
  RequiredParameterNode,
  SelfNode,
  StatementsNode,
  StringNode,
  SymbolNode,
  TrueNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';
import { symbolOfBlock } from './blocks';
import { isLocalRead } from './locals';
import { descendants } from './syntax';

/**
 * Whether evaluating a node changes nothing and may happen more or less often, or in another order. Ruby cannot say for
 * sure; taken as pure are literals, variables, operators, the core's readers, questions (`x.open?`), and readers without
 * arguments (`row.amount`) that are not named like a command.
 */
export function isPure(node: Node): boolean {
  return descendants(node, () => true).every((part) =>
    part instanceof CallNode ? isPureCall(part) : isPurePart(part),
  );
}

/** A literal, variable, constant, or `self`: costs nothing to evaluate and gives the same object each time. */
export function isCheapConstant(node: Node | null): boolean {
  if (node === null) return false;
  if (node instanceof ParenthesesNode) {
    const { body } = node;
    return body instanceof StatementsNode && body.body.length === 1 && isCheapConstant(body.body[0] ?? null);
  }
  if (node instanceof ConstantPathNode) return node.parent === null || isCheapConstant(node.parent);
  return (
    isLocalRead(node) ||
    node instanceof ConstantReadNode ||
    node instanceof InstanceVariableReadNode ||
    node instanceof ClassVariableReadNode ||
    node instanceof SelfNode ||
    isValueLiteral(node) ||
    node instanceof StringNode
  );
}

/** Numbers, symbols, `nil`, `true`, `false`: literals that allocate nothing and never change. */
export function isValueLiteral(node: Node | null): boolean {
  return (
    node instanceof IntegerNode ||
    node instanceof FloatNode ||
    node instanceof SymbolNode ||
    node instanceof NilNode ||
    node instanceof TrueNode ||
    node instanceof FalseNode
  );
}

/** A literal through and through: the same value whenever it is evaluated. */
export function isLiteral(node: Node | null): boolean {
  return (
    node !== null &&
    descendants(node, () => true).every(
      (part) =>
        isValueLiteral(part) ||
        part instanceof StringNode ||
        part instanceof ArrayNode ||
        part instanceof HashNode ||
        part instanceof AssocNode ||
        part instanceof RangeNode ||
        part instanceof RationalNode ||
        part instanceof ImaginaryNode ||
        part instanceof RegularExpressionNode,
    )
  );
}

function isPurePart(node: Node): boolean {
  return (
    isLocalRead(node) ||
    isValueLiteral(node) ||
    node instanceof StringNode ||
    node instanceof RationalNode ||
    node instanceof ImaginaryNode ||
    node instanceof RegularExpressionNode ||
    node instanceof InterpolatedStringNode ||
    node instanceof InterpolatedSymbolNode ||
    node instanceof EmbeddedStatementsNode ||
    node instanceof ArrayNode ||
    node instanceof HashNode ||
    node instanceof KeywordHashNode ||
    node instanceof AssocNode ||
    node instanceof ImplicitNode ||
    node instanceof RangeNode ||
    node instanceof ConstantReadNode ||
    node instanceof ConstantPathNode ||
    node instanceof InstanceVariableReadNode ||
    node instanceof ClassVariableReadNode ||
    node instanceof SelfNode ||
    node instanceof ParenthesesNode ||
    node instanceof StatementsNode ||
    node instanceof ArgumentsNode ||
    node instanceof AndNode ||
    node instanceof OrNode ||
    node instanceof IfNode ||
    node instanceof UnlessNode ||
    node instanceof ElseNode ||
    node instanceof CaseNode ||
    node instanceof WhenNode ||
    node instanceof LambdaNode ||
    isBlockPart(node)
  );
}

function isBlockPart(node: Node): boolean {
  return (
    node instanceof BlockNode ||
    node instanceof BlockArgumentNode ||
    node instanceof BlockParametersNode ||
    node instanceof ParametersNode ||
    node instanceof RequiredParameterNode ||
    node instanceof OptionalParameterNode ||
    node instanceof NumberedParametersNode ||
    node instanceof ItParametersNode ||
    node instanceof MultiTargetNode
  );
}

/** Whether the block of a call, `{ … }` or `&:name`, is pure, and leaves in no other way than by its end. */
export function isPureBlock(call: CallNode): boolean {
  const { block } = call;
  if (block instanceof BlockNode) return block.body === null || isPure(block.body);
  const symbol = symbolOfBlock(call);
  return symbol !== null && isPureName(symbol);
}

/** Whether a method of this name, called without arguments, only answers. */
export function isPureName(name: string): boolean {
  if (pureMethods.has(name)) return true;
  return name.endsWith('?') ? !impureQuestions.test(name) : isReaderName(name);
}

function isPureCall({ name, arguments_, block }: CallNode): boolean {
  if (block) return pureIterators.has(name);
  if (pureMethods.has(name)) return true;
  if (name.endsWith('?')) return !impureQuestions.test(name);
  // `row.amount`, `limit`: a reader, as far as its name tells.
  return arguments_ === null && isReaderName(name);
}

function isReaderName(name: string): boolean {
  return /^[a-z_]\w*$/.test(name) && (!commands.test(name) || columnLike.test(name));
}

const impureQuestions = new RegExp(
  `^(?:${[
    ...[
      'add',
      'delete',
      'remove',
      'valid',
      'invalid',
      'validate',
      'save',
      'update',
      'destroy',
      'try',
      'lock',
      'acquire',
    ],
    ...['pop', 'shift', 'next', 'set', 'toggle', 'increment', 'decrement', 'claim', 'enqueue'],
  ].join('|')})\\w*\\?$`,
);

/** First words of methods that do something. */
const commands = new RegExp(
  `^(?:${[
    ...['pop', 'shift', 'push', 'unshift', 'next', 'save', 'update', 'delete', 'destroy', 'create', 'build', 'call'],
    ...[
      'perform',
      'run',
      'execute',
      'process',
      'apply',
      'read',
      'readline',
      'readlines',
      'readpartial',
      'getc',
      'gets',
    ],
    ...['getbyte', 'rand', 'sample', 'shuffle', 'puts', 'print', 'p', 'pp', 'warn', 'raise', 'fail', 'throw', 'exit'],
    ...[
      'abort',
      'sleep',
      'touch',
      'reload',
      'reset',
      'clear',
      'close',
      'open',
      'increment',
      'decrement',
      'toggle',
      'add',
    ],
    ...['remove', 'set', 'write', 'send', 'public_send', 'deliver', 'enqueue', 'publish', 'notify', 'log', 'track'],
    ...[
      'binding',
      'require',
      'load',
      'start',
      'stop',
      'finish',
      'commit',
      'rollback',
      'lock',
      'unlock',
      'flush',
      'sync',
    ],
    ...['consume', 'take', 'dequeue', 'advance', 'rewind', 'mark', 'register', 'freeze', 'now', 'uuid', 'hex', 'each'],
    ...['generate', 'insert', 'upsert', 'assign', 'store', 'replace', 'compute_and', 'find_or_create', 'ensure'],
  ].join('|')})(?:_|$)|_(?:now|later|async)$`,
);

/** `start_date`, `read_at`, `next_month`: a noun, whatever the first word. */
const columnLike =
  /_(?:at|on|by|id|ids|date|time|day|days|week|month|year|name|price|count|number|type|key|level|rate|size|version|url|path|value)$/;

const pureMethods = new Set([
  ...[
    '+',
    '-',
    '*',
    '/',
    '%',
    '**',
    '==',
    '!=',
    '<',
    '>',
    '<=',
    '>=',
    '<=>',
    '===',
    '!',
    '&',
    '|',
    '^',
    '~',
    '>>',
    '=~',
    '!~',
  ],
  ...[
    '-@',
    '+@',
    '[]',
    'fetch',
    'dig',
    'values_at',
    'slice',
    'except',
    'first',
    'last',
    'min',
    'max',
    'sum',
    'at',
    'key',
  ],
  ...[
    'to_s',
    'to_i',
    'to_f',
    'to_r',
    'to_c',
    'to_d',
    'to_a',
    'to_h',
    'to_sym',
    'to_str',
    'to_set',
    'to_date',
    'to_time',
  ],
  ...[
    'size',
    'length',
    'count',
    'bytesize',
    'hash',
    'object_id',
    'class',
    'inspect',
    'itself',
    'dup',
    'clone',
    'ord',
    'chr',
  ],
  ...[
    'upcase',
    'downcase',
    'capitalize',
    'swapcase',
    'strip',
    'lstrip',
    'rstrip',
    'chomp',
    'chop',
    'squeeze',
    'reverse',
  ],
  ...['tr', 'sub', 'gsub', 'delete_prefix', 'delete_suffix', 'center', 'ljust', 'rjust', 'index', 'rindex', 'split'],
  ...[
    'chars',
    'bytes',
    'lines',
    'codepoints',
    'unpack',
    'unpack1',
    'scan',
    'partition',
    'rpartition',
    'format',
    'sprintf',
  ],
  ...['abs', 'round', 'floor', 'ceil', 'truncate', 'div', 'modulo', 'divmod', 'fdiv', 'pow', 'clamp', 'digits', 'gcd'],
  ...[
    'keys',
    'values',
    'merge',
    'compact',
    'flatten',
    'uniq',
    'sort',
    'take',
    'drop',
    'zip',
    'product',
    'transpose',
    'join',
  ],
  ...[
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'wday',
    'yday',
    'mon',
    'mday',
    'min',
    'sec',
    'strftime',
    'iso8601',
  ],
  ...['begin', 'end', 'beginning_of_day', 'end_of_day', 'beginning_of_month', 'end_of_month', 'presence', 'casecmp'],
  ...['instance_of?', 'Integer', 'Float', 'String', 'Array', 'BigDecimal', 'Rational'],
]);

const pureIterators = new Set([
  ...[
    'map',
    'collect',
    'flat_map',
    'filter_map',
    'select',
    'filter',
    'reject',
    'find',
    'detect',
    'find_all',
    'partition',
  ],
  ...[
    'any?',
    'all?',
    'none?',
    'one?',
    'sum',
    'count',
    'min_by',
    'max_by',
    'sort_by',
    'group_by',
    'to_h',
    'inject',
    'reduce',
  ],
  ...['transform_values', 'transform_keys', 'fetch', 'find_index', 'index', 'then', 'tally', 'uniq', 'sort'],
]);
