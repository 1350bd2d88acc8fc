/** What comes out of a method of a list of rows. `nothing`: a value that has no rows in it. */
export type ListResult = 'list' | 'row' | 'nothing';

/** Methods whose block is given one row at a time, and what the call itself gives back. */
export const rowBlocks: ReadonlyMap<string, ListResult> = new Map([
  ...named('list', 'each', 'each_with_index', 'each_entry', 'reverse_each', 'select', 'filter', 'reject', 'sort_by'),
  ...named('list', 'take_while', 'drop_while', 'minmax_by', 'select!', 'reject!', 'sort_by!', 'keep_if', 'delete_if'),
  ...named('row', 'find', 'detect', 'min_by', 'max_by'),
  ...named('nothing', 'map', 'collect', 'flat_map', 'collect_concat', 'filter_map', 'sum', 'count', 'to_h'),
  ...named('nothing', 'any?', 'all?', 'none?', 'one?', 'each_with_object', 'find_index', 'index'),
]);

/** Methods whose block is given lists of rows. */
export const listBlocks: ReadonlySet<string> = new Set(['each_slice']);

/** Methods without a block. */
export const listReads: ReadonlyMap<string, ListResult> = new Map([
  ...named(
    'nothing',
    'size',
    'length',
    'count',
    'empty?',
    'any?',
    'none?',
    'one?',
    'many?',
    'present?',
    'blank?',
    'nil?',
  ),
  ...named('list', 'to_a', 'compact', 'compact!', 'reverse', 'dup', 'freeze', 'presence', 'flatten', 'take', 'drop'),
  ...named('row', 'first', 'last', 'sample', 'pop', 'shift'),
]);

/** Methods that put their arguments into a list. `list`: those that take lists. */
export const adders: ReadonlyMap<string, 'row' | 'list'> = new Map([
  ...(['<<', 'push', 'append', 'unshift', 'prepend'] as const).map((name): [string, 'row'] => [name, 'row']),
  ...(['concat', '+'] as const).map((name): [string, 'list'] => [name, 'list']),
]);

/** Methods that build a list of what their block gives back: a row, or for the latter a list as well. */
export const mapping: ReadonlySet<string> = new Set(['map', 'collect', 'filter_map']);
export const flattening: ReadonlySet<string> = new Set(['flat_map', 'collect_concat']);

/** Methods that give back what their block does. */
export const passing: ReadonlySet<string> = new Set([
  'transaction',
  'uncached',
  'instrument',
  'measure',
  'synchronize',
]);

/** Methods that only ask whether what their block gives back is true. */
export const asking: ReadonlySet<string> = new Set([
  ...[
    'select',
    'filter',
    'reject',
    'find',
    'detect',
    'any?',
    'all?',
    'none?',
    'one?',
    'count',
    'take_while',
    'drop_while',
  ],
]);

function named(result: ListResult, ...names: readonly string[]): [string, ListResult][] {
  return names.map((name) => [name, result]);
}
