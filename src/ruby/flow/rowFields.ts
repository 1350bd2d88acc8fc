import { AssocNode, type CallNode, KeywordHashNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { isCheapConstant } from '../purity';
import type { Column } from '../schema';
import type { ModelRules } from './modelRules';
import type { AttributesSlice, Obstacle, Place, RowFlow } from './rowFlow';

/** What a Struct in place of the record has to hold. */
export interface RowFields {
  /** In the order of the first construction. */
  readonly names: readonly string[];
  /** Columns that are read and rounded by a record: name -> digits after the point. */
  readonly rounded: ReadonlyMap<string, number>;
}

/** The fields of a flow, or what keeps them from being those of a Struct. */
export function fieldsOf(flow: RowFlow, model: string, rules: ModelRules): RowFields | Obstacle {
  const [first] = flow.constructions;
  const { columns } = rules;
  const obstacle = ({ node, file }: Place, message: string): Obstacle => ({ node, file, message });
  if (columns === null)
    return obstacle(first!, `db/schema.rb has no table of ${model}, so casts and defaults are not known.`);

  const givenBy = flow.constructions.map(({ node }) => keywordsOf(node));
  const unclear = givenBy.indexOf(null);
  if (unclear >= 0) {
    return obstacle(flow.constructions[unclear]!, 'What is given to new here is no plain list of keywords.');
  }
  const given = givenBy.filter((names) => names !== null);
  const uses = [
    ...flow.reads.map((read) => ({ place: read, field: read.field })),
    ...flow.slices.flatMap((slice) => slicedFields(slice, given, rules).map((field) => ({ place: slice, field }))),
    ...flow.constructions.flatMap((place, at) => given[at]!.map((field) => ({ place, field }))),
  ];
  for (const { place, field } of uses) {
    const message = problemOf(field, columns.get(field), given, rules);
    if (message !== null) return obstacle(place, message);
  }
  for (const slice of flow.slices) {
    if (!isCheapConstant(slice.record))
      return obstacle(slice, 'The record is the result of a call, which would be repeated.');
  }
  if (flow.reads.length + flow.slices.length === 0) return obstacle(first!, 'Nothing is seen to read these records.');

  const names = [...new Set([...given.flat(), ...uses.map(({ field }) => field)])];
  const read = new Set(flow.reads.map(({ field }) => field));
  const rounded = new Map(
    [...columns].flatMap(([name, { scale }]) => (read.has(name) && scale !== null ? [[name, scale] as const] : [])),
  );
  return { names, rounded };
}

/** The expression that a sliced name becomes: `row.date`; the key of an owner that was given itself is asked of that. */
export function sliceValue(record: string, name: string, fields: readonly string[]): string {
  const owner = name.replace(/_id$/, '');
  return fields.includes(name) || !fields.includes(owner) ? `${record}.${name}` : `${record}.${owner}&.id`;
}

/** The fields that a slice reads. */
function slicedFields(
  { names }: AttributesSlice,
  given: readonly (readonly string[])[],
  { owners }: ModelRules,
): string[] {
  return names.map(({ unescaped: { value } }) => {
    const owner = value.replace(/_id$/, '');
    const isOwned =
      value !== owner && owners.has(owner) && given.every((one) => one.includes(owner) && !one.includes(value));
    return isOwned ? owner : value;
  });
}

function problemOf(
  field: string,
  column: Column | undefined,
  given: readonly (readonly string[])[],
  { special, owners }: ModelRules,
): string | null {
  const isGivenAlways = given.every((names) => names.includes(field));
  if (!/^[a-z_]\w*$/.test(field)) return `${field} is a method of the model, which a Struct does not have.`;
  const why = special.get(field);
  if (why !== undefined) return `${field} is more than a value: ${why}.`;
  if (column === undefined) {
    return owners.has(field) && isGivenAlways ? null : `${field} is no column of the table, but a method of the model.`;
  }
  if (column.isArray || !plainTypes.has(column.type))
    return `${field} is a column of type ${column.type}, which a record converts.`;
  if (column.hasDefault && !isGivenAlways) return `${field} is not always given to new, and its column has a default.`;
  const isKey = field.endsWith('_id') && given.some((names) => names.includes(field.replace(/_id$/, '')));
  return isKey && !isGivenAlways ? `${field} is worked out by the record from what it belongs to.` : null;
}

/** Types whose values a record leaves as they are when they are of that type already. */
const plainTypes: ReadonlySet<string> = new Set([
  ...['string', 'text', 'integer', 'bigint', 'float', 'decimal', 'boolean', 'date', 'datetime', 'timestamp', 'uuid'],
]);

/** Names of the keywords of `new(a: 1, b: 2)`; null when it is given anything else. */
function keywordsOf(call: CallNode): string[] | null {
  const [hash, ...others] = call.arguments_?.arguments_ ?? [];
  if (!(hash instanceof KeywordHashNode) || others.length > 0 || call.block !== null) return null;
  const names = hash.elements.map((pair) =>
    pair instanceof AssocNode && pair.key instanceof SymbolNode ? pair.key.unescaped.value : null,
  );
  return names.includes(null) ? null : names.filter((name) => name !== null);
}
