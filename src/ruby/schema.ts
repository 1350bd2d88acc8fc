import {
  AssocNode,
  CallNode,
  FalseNode,
  IntegerNode,
  KeywordHashNode,
  LambdaNode,
  NilNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf } from './blocks';
import { plural, underscore } from './inflect';
import type { RubyParser } from './parseRuby';
import { descendants } from './syntax';

/** The tables that `db/schema.rb` describes. */
export interface Schema {
  /** Columns of a table, `id` among them unless the table has none; null for a table that is not described. */
  readonly columnsOfTable: (table: string) => ReadonlySet<string> | null;
  /** Columns of the table that a model of this name has by Rails' naming: `Billing::Invoice` -> `billing_invoices` or `invoices`. */
  readonly columnsOf: (model: string) => ReadonlySet<string> | null;
  /** Columns of a table by name, those of `columnsOfTable`; null for a table that is not described. */
  readonly table: (table: string) => ReadonlyMap<string, Column> | null;
  /** The same for a model, by Rails' naming. */
  readonly tableOf: (model: string) => ReadonlyMap<string, Column> | null;
}

export interface Column {
  /** As written: `decimal`, `string`; of `t.references` and the key `bigint`, of `t.timestamps` `datetime`. */
  readonly type: string;
  /** Digits after the point that the column keeps; null when it keeps all, or is not about digits. */
  readonly scale: number | null;
  /** True when a new record has a value here that nobody gave: a default other than `nil` that is no SQL. */
  readonly hasDefault: boolean;
  /** `array: true`. */
  readonly isArray: boolean;
}

/** Reads `db/schema.rb`; null when the text has no `create_table`. */
export function readSchema(parser: RubyParser, text: string): Schema | null {
  const parsed = parser.parse(text, null);
  if (parsed === null) return null;
  const tables = new Map<string, Map<string, Column>>();
  for (const node of descendants(parsed.program, () => true)) {
    if (!(node instanceof CallNode) || node.name !== 'create_table') continue;
    const [table] = texts(node);
    if (table !== undefined) tables.set(table, columnsIn(node));
  }
  return tables.size === 0 ? null : schemaOf(tables);
}

function schemaOf(tables: ReadonlyMap<string, ReadonlyMap<string, Column>>): Schema {
  const names = new Map([...tables].map(([name, columns]) => [name, new Set(columns.keys())]));
  const byModel = <T>(model: string, find: (table: string) => T | null): T | null => {
    const path = underscore(model).split('/');
    const last = plural(path.at(-1) ?? '');
    return find([...path.slice(0, -1), last].join('_')) ?? find(last);
  };
  const columnsOfTable = (table: string): ReadonlySet<string> | null => names.get(table) ?? null;
  const table = (name: string): ReadonlyMap<string, Column> | null => tables.get(name) ?? null;
  return {
    columnsOfTable,
    columnsOf: (model) => byModel(model, columnsOfTable),
    table,
    tableOf: (model) => byModel(model, table),
  };
}

/** `t.string "name"`; an index or constraint is no column, `t.timestamps` and `t.references` are several or another name. */
function columnsIn(table: CallNode): Map<string, Column> {
  const source = table.arguments_?.arguments_ ?? [];
  const columns = new Map<string, Column>(hasId(source) ? [['id', plain('bigint')]] : []);
  const block = blockOf(table);
  if (block === null) return columns;
  for (const node of descendants(block, () => true)) {
    if (!(node instanceof CallNode) || node.receiver === null || notColumns.has(node.name)) continue;
    const [first = '', second = ''] = texts(node);
    if (node.name === 'timestamps') {
      for (const name of ['created_at', 'updated_at']) columns.set(name, columnOf(node, 'datetime'));
    } else if (node.name === 'column') {
      if (first !== '') columns.set(first, columnOf(node, second));
    } else if (node.name === 'references' || node.name === 'belongs_to') {
      for (const name of texts(node)) columns.set(`${name}_id`, columnOf(node, 'bigint'));
    } else {
      for (const name of texts(node)) columns.set(name, columnOf(node, node.name));
    }
  }
  return columns;
}

function plain(type: string): Column {
  return { type, scale: null, hasDefault: false, isArray: false };
}

function columnOf(call: CallNode, type: string): Column {
  const option = (name: string): Node | null => optionOf(call, name);
  const [value, scale, array] = [option('default'), option('scale'), option('array')];
  return {
    type,
    scale: scale instanceof IntegerNode ? Number(scale.value) : null,
    hasDefault: value !== null && !(value instanceof NilNode) && !(value instanceof LambdaNode),
    isArray: array !== null && !(array instanceof FalseNode),
  };
}

/** The value of a keyword of the call itself. */
function optionOf(call: CallNode, name: string): Node | null {
  for (const argument of call.arguments_?.arguments_ ?? []) {
    if (!(argument instanceof KeywordHashNode)) continue;
    for (const pair of argument.elements) {
      if (pair instanceof AssocNode && pair.key instanceof SymbolNode && pair.key.unescaped.value === name)
        return pair.value;
    }
  }
  return null;
}

const notColumns = new Set(['index', 'check_constraint', 'foreign_key', 'exclusion_constraint', 'unique_constraint']);

/** `id: false` stands among the keywords of `create_table`. */
function hasId(source: readonly Node[]): boolean {
  return !source
    .flatMap((node) => descendants(node, () => true))
    .some(
      (part) =>
        part instanceof AssocNode &&
        part.key instanceof SymbolNode &&
        part.key.unescaped.value === 'id' &&
        part.value instanceof FalseNode,
    );
}

/** The string and symbol arguments of a call. */
function texts(call: CallNode): string[] {
  return (call.arguments_?.arguments_ ?? []).flatMap((node) =>
    node instanceof StringNode || node instanceof SymbolNode ? [node.unescaped.value ?? ''] : [],
  );
}
