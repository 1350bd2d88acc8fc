import { AssocNode, CallNode, FalseNode, type Node, StringNode, SymbolNode } from '@ruby/prism/src/nodes.js';
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
}

/** Reads `db/schema.rb`; null when the text has no `create_table`. */
export function readSchema(parser: RubyParser, text: string): Schema | null {
  const parsed = parser.parse(text, null);
  if (parsed === null) return null;
  const tables = new Map<string, Set<string>>();
  for (const node of descendants(parsed.program, () => true)) {
    if (!(node instanceof CallNode) || node.name !== 'create_table') continue;
    const [table] = texts(node);
    if (table !== undefined) tables.set(table, columnsIn(node));
  }
  return tables.size === 0 ? null : schemaOf(tables);
}

function schemaOf(tables: ReadonlyMap<string, ReadonlySet<string>>): Schema {
  const columnsOfTable = (table: string): ReadonlySet<string> | null => tables.get(table) ?? null;
  return {
    columnsOfTable,
    columnsOf(model) {
      const path = underscore(model).split('/');
      const last = plural(path.at(-1) ?? '');
      return columnsOfTable([...path.slice(0, -1), last].join('_')) ?? columnsOfTable(last);
    },
  };
}

/** `t.string "name"`; an index or constraint is no column, `t.timestamps` and `t.references` are several or another name. */
function columnsIn(table: CallNode): Set<string> {
  const source = table.arguments_?.arguments_ ?? [];
  const columns = new Set<string>(hasId(source) ? ['id'] : []);
  const block = blockOf(table);
  if (block === null) return columns;
  for (const node of descendants(block, () => true)) {
    if (!(node instanceof CallNode) || node.receiver === null || notColumns.has(node.name)) continue;
    const names = node.name === 'column' ? texts(node).slice(0, 1) : texts(node);
    if (node.name === 'timestamps') for (const name of ['created_at', 'updated_at']) columns.add(name);
    else if (node.name === 'references' || node.name === 'belongs_to')
      for (const name of names) columns.add(`${name}_id`);
    else for (const name of names) columns.add(name);
  }
  return columns;
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
