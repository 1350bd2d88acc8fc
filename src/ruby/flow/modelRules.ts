import {
  CallNode,
  ClassNode,
  DefNode,
  type Node,
  SelfNode,
  StatementsNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import type { Column, Schema } from '../schema';
import { descendants } from '../syntax';
import { type Classes, type ClassPart, mixinsOf } from './classes';
import type { Place } from './rowFlow';

/** What a model's file says of its values. */
export interface ModelRules {
  /** Of its table; null when `db/schema.rb` does not have it. */
  readonly columns: ReadonlyMap<string, Column> | null;
  /** Names of `belongs_to` without options, whose column is `NAME_id`. */
  readonly owners: ReadonlySet<string>;
  /** What makes a record more than its values, whichever they are. */
  readonly obstacles: readonly (Place & { readonly message: string })[];
  /** Why a field is more than a value in this model, by its name. */
  readonly special: ReadonlyMap<string, string>;
}

/** Reads the files that open a model, what they include, and what it inherits from. */
export function readModel(model: string, classes: Classes, schema: Schema | null): ModelRules {
  const parts = classes.partsOf(model);
  const [first] = parts;
  const rules: Growing = { obstacles: [], special: new Map(), owners: new Set(), table: null };
  for (const name of classes.ancestorsOf(model)) {
    for (const part of classes.partsOf(name)) readPart(part, name === model, classes, rules);
  }
  if (first !== undefined && !parts.some(inheritsFromActiveRecord)) {
    rules.obstacles.push({ node: first.node, file: first.file, message: `${model} inherits from another model.` });
  }
  const columns = rules.table === null ? schema?.tableOf(model) : schema?.table(rules.table);
  return { columns: columns ?? null, owners: rules.owners, obstacles: rules.obstacles, special: rules.special };
}

interface Growing {
  readonly obstacles: (Place & { message: string })[];
  readonly special: Map<string, string>;
  readonly owners: Set<string>;
  table: string | null;
}

function inheritsFromActiveRecord({ node, file }: ClassPart): boolean {
  if (!(node instanceof ClassNode) || node.superclass === null) return false;
  return isRecordBase(file.syntax.sourceOf(node.superclass.location));
}

/** `ActiveRecord::Base`, and by custom `ApplicationRecord`, `AnalyticsRecord`. */
export function isRecordBase(constant: string): boolean {
  return /(?:^|::)(?:ActiveRecord::Base|\w*Record)$/.test(constant);
}

function readPart(part: ClassPart, isModel: boolean, classes: Classes, rules: Growing): void {
  const { file } = part;
  for (const mixin of mixinsOf(part)) {
    if (classes.resolve(mixin, file) !== null) continue;
    const name = file.syntax.sourceOf(mixin.location);
    rules.obstacles.push({ node: mixin, file, message: `What ${name} adds to the model is not in this application.` });
  }
  const statements = part.node.body instanceof StatementsNode ? part.node.body.body : [];
  for (const statement of statements) readStatement(statement, { node: statement, file }, isModel, rules);
}

function readStatement(statement: Node, place: Place, isModel: boolean, rules: Growing): void {
  if (statement instanceof DefNode) {
    readMethod(statement, place, rules);
  } else if (statement instanceof CallNode && statement.receiver instanceof SelfNode) {
    const [value] = statement.arguments_?.arguments_ ?? [];
    if (statement.name === 'table_name=' && isModel) {
      if (value instanceof StringNode) rules.table = value.unescaped.value;
      else rules.obstacles.push({ ...place, message: 'The table of the model is worked out here.' });
    }
  } else if (statement instanceof CallNode && statement.receiver === null) {
    readMacro(statement, place, rules);
  }
  if (statement instanceof DefNode || (statement instanceof CallNode && isClosed(statement))) return;
  // What a concern says in `included do … end`, and what stands under a condition.
  for (const inner of descendants(statement, () => true).slice(1)) {
    if (inner instanceof DefNode) readMethod(inner, { ...place, node: inner }, rules);
    else if (inner instanceof CallNode && inner.receiver === null) readMacro(inner, { ...place, node: inner }, rules);
  }
}

/** Code in a macro's block or lambda runs for others: a query, a callback. */
function isClosed({ name }: CallNode): boolean {
  return harmless.test(name) && !/^(?:included|class_methods|private|protected|public)$/.test(name);
}

function readMethod({ name, receiver }: DefNode, place: Place, rules: Growing): void {
  if (receiver !== null) {
    if (name === 'new') rules.obstacles.push({ ...place, message: 'The model has its own new.' });
  } else if (machinery.test(name)) {
    rules.obstacles.push({ ...place, message: `The model has its own ${name}.` });
  } else {
    rules.special.set(name.replace(/=$/, ''), `the model has its own ${name}`);
  }
}

const machinery =
  /^(?:initialize|attributes|attributes=|assign_attributes|\[\]=?|read_attribute|write_attribute|_?assign_attribute|method_missing|respond_to_missing\?)$/;

function readMacro(macro: CallNode, place: Place, rules: Growing): void {
  const { name } = macro;
  const given = macro.arguments_?.arguments_ ?? [];
  if (everything.test(name)) {
    rules.obstacles.push({ ...place, message: `${name} changes every record that is built.` });
  } else if (name === 'belongs_to' && given[0] instanceof SymbolNode) {
    if (given.length === 1 || !/foreign_key|primary_key|polymorphic/.test(sourceOf(macro, place)))
      rules.owners.add(given[0].unescaped.value ?? '');
  } else if (!harmless.test(name)) {
    // `enum :kind`, `attribute :amount, :money`, `monetize :price`: whatever names a field may change its value.
    for (const node of descendants(macro, () => true)) {
      const field = node instanceof SymbolNode || node instanceof StringNode ? node.unescaped.value : null;
      if (field) rules.special.set(field.replace(/=$/, ''), `the model gives it to ${name}`);
    }
  }
}

function sourceOf(macro: CallNode, { file }: Place): string {
  return file.syntax.sourceOf(macro.location);
}

const everything =
  /^(?:after_initialize|default_scope|define_method|class_eval|module_eval|instance_eval|attribute_method_\w+|acts_as_\w+)$/;

/** Macros that name columns without changing what a new record holds. */
const harmless =
  /^(?:validates?\w*|has_many|has_one|has_and_belongs_to_many|accepts_nested_attributes_for|scope|include|extend|included|class_methods|prepend|private|protected|public|private_constant|(?:before|after|around)_(?!initialize)\w+|belongs_to|where|order|joins|includes|lambda|proc|require|require_dependency|raise|alias_attribute|counter_culture|touch|has_one_attached|has_many_attached|broadcasts\w*)$/;
