import {
  AssocNode,
  CallNode,
  InstanceVariableReadNode,
  InstanceVariableWriteNode,
  KeywordHashNode,
  LocalVariableReadNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { callsInside } from '../blocks';
import { insertAt, replace } from '../edits';
import { camelize, singular } from '../inflect';
import { isInside, variableOf } from '../locals';
import { type Loop, loopOf } from '../loops';
import type { MatchContext } from '../matchContext';
import { definePattern, type Fix, type Match } from '../pattern';
import { descendants, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * Every record made in a loop is kept by the association it was made through.
 *
 * before:
 *
 *     rows.each do |row|
 *       user.posts.create!(title: row[:title])
 *     end
 *
 * after:
 *
 *     rows.each do |row|
 *       Post.create!(user_id: user.id, title: row[:title])
 *     end
 *
 * why:
 *
 * `user.posts` adds each new record to its loaded rows, so that none of them can be freed while `user` is alive. Measured with
 * 3,000 new rows: 1,591,287 objects before and 469,720 after, and 3,000 records kept before and none after.
 *
 * rewrite:
 *
 * The foreign key, not `user: user`: where `has_many_inversing` is on (the default since Rails 6.1), the record would still be
 * added to the association. Where the edit does not fit, `user.posts.reset` at the end of the block lets go of the records.
 *
 * check:
 * - The model and the foreign key, which are guessed by name: `class_name:`, `foreign_key:`, `through:`, a scope or an extension of
 *   the association say something else.
 * - Nobody reads the association afterwards without a reload, and callbacks need no loaded owner.
 *
 * advice:
 * - There is a schema, and it does not show that the table has the foreign key, or shows that it is polymorphic.
 * - `build`: its records are saved with their owner. `first_or_create`: it asks for any row of the owner.
 * - The attributes are not written as keywords, or name the key themselves.
 *
 * silent:
 * - The owner is an element of the loop, or assigned in it.
 * - The loop has `reset` or `reload` of the association or its owner.
 * - Only rows that exist are found: nothing is added.
 */
export const associationGrows = definePattern(CallNode, {
  id: 'association-grows',
  section: 'active-record',
  title: 'This association keeps every record that the loop makes',
  explanation:
    'A record made through an association is added to its loaded rows and stays alive with the owner; made through its ' +
    'model with the foreign key it does not.',
  gain: 'objects',
  saving: { left: 0.755 },
  safety: 'review',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(
      /^(?:ActiveRecord::.*|.*Generated(?:Relation|Association)Methods)#(?:find_or_create_by|create|build|new|first_or_create)!?$/,
      'that a record is made through an association',
      'silent',
      /^ActiveRecord::Associations::\w*Association#(?:_create_record|add_to_target|replace_on_target|concat_records)$/,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Associations/CollectionProxy.html#method-i-reset'],
  names: [
    'find_or_create_by',
    'find_or_create_by!',
    'create',
    'create!',
    'build',
    'first_or_create',
    'first_or_create!',
  ],
  match: matchCreate,
});

function matchCreate(create: CallNode, syntax: Syntax, context: MatchContext): Match | null {
  const { messageLoc, receiver: children } = create;
  if (!messageLoc || !(children instanceof CallNode) || children.arguments_ || children.block) return null;
  const loop = loopOf(create, syntax);
  const { receiver: owner } = children;
  if (loop === null || owner === null || singular(children.name) === children.name) return null;
  if (!isOwner(owner) || isOfLoop(owner, loop, syntax) || isReset(owner, children, loop, syntax)) return null;

  const model = modelOf(owner, children, syntax, context);
  const fixes = model === null ? [] : fixesFor(create, children, owner, model, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    likely: true,
    note:
      fixes.length > 0
        ? 'Check the model and the foreign key, which are guessed by name.'
        : `No edit is offered: make the record through its model, or let go of the rows with ${syntax.sourceOf(children.location)}.reset at the end of the block.`,
    fixes,
  };
}

/** `user`, `@user`, and a bare call, which may be a reader. */
function isOwner(owner: Node): boolean {
  if (owner instanceof LocalVariableReadNode || owner instanceof InstanceVariableReadNode) return true;
  return owner instanceof CallNode && owner.receiver === null && !owner.arguments_ && !owner.block;
}

function isOfLoop(owner: Node, { node, block }: Loop, syntax: Syntax): boolean {
  if (owner instanceof InstanceVariableReadNode) {
    return descendants(node, () => true).some(
      (part) => part instanceof InstanceVariableWriteNode && part.name === owner.name,
    );
  }
  if (!(owner instanceof LocalVariableReadNode)) return false;
  const variable = variableOf(owner, syntax);
  if (variable === null || variable.writes.some((write) => isInside(write, node))) return true;
  return block !== null && isInside(variable.scope, block);
}

/** `user.posts.reset`, `user.reload`, `user.association(:posts).reset`. */
function isReset(owner: Node, children: CallNode, { node }: Loop, syntax: Syntax): boolean {
  const [first, second] = [owner, children].map((one) => syntax.sourceOf(one.location));
  return callsInside(node).some(({ name, receiver }) => {
    if (!receiver || !/^(?:reset|reload|clear_association_cache)$/.test(name)) return false;
    const source = syntax.sourceOf(receiver.location);
    return source === first || source === second || source.startsWith(`${first}.association(`);
  });
}

interface Model {
  readonly name: string;
  readonly key: string;
}

/** By Rails' naming; null where the schema has no such key. */
function modelOf(owner: Node, children: CallNode, syntax: Syntax, { schema }: MatchContext): Model | null {
  const word = syntax.sourceOf(owner.location).replace(/^@/, '');
  const key = `${word}_id`;
  const model = { name: camelize(singular(children.name)), key };
  if (schema === null) return model;
  const columns = schema.columnsOfTable(children.name);
  if (columns === null || !columns.has(key) || !columns.has('id') || columns.has(`${word}_type`)) return null;
  return model;
}

function fixesFor(create: CallNode, children: CallNode, owner: Node, { name, key }: Model, syntax: Syntax): Fix[] {
  if (!/^(?:find_or_create_by|create)!?$/.test(create.name)) return [];
  if (create.isSafeNavigation() || children.isSafeNavigation()) return [];
  const [attributes, ...others] = create.arguments_?.arguments_ ?? [];
  if (!(attributes instanceof KeywordHashNode) || others.length > 0) return [];
  const names = attributes.elements.map(keyOf);
  if (names.some((one) => one === null || one === key || `${one}_id` === key)) return [];
  const { startOffset } = children.location;
  if (syntax.hasCommentBetween(startOffset, attributes.location.startOffset)) return [];
  const foreignKey = `${key}: ${syntax.sourceOf(owner.location)}.id, `;
  return [
    {
      title: `Use ${name}.${create.name} with the foreign key`,
      edits: [replace(children, name, syntax), insertAt(attributes.location.startOffset, foreignKey, syntax)],
    },
  ];
}

function keyOf(pair: Node): string | null {
  if (!(pair instanceof AssocNode)) return null;
  const { key } = pair;
  return key instanceof SymbolNode || key instanceof StringNode ? (key.unescaped.value ?? null) : null;
}
