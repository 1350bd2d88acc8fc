import { CallNode, IntegerNode, type Node } from '@ruby/prism/src/nodes.js';
import { removeBetween } from '../edits';
import { isAskedAgain, isRelationByText, type LoadedRelation, loadedRelation } from '../loadedRelations';
import { definePattern, type Fix, type Match } from '../pattern';
import { isMapToId } from '../relationColumns';
import { endOf, type Syntax } from '../syntax';
import { called, loadsRecords } from '../witness';

/**
 * All rows are loaded, only to see whether there are any.
 *
 * before:
 *
 *     def result(query)
 *       return "No results" if User.where(name: query).length == 0
 *       "Found"
 *     end
 *
 * after:
 *
 *     def result(query)
 *       return "No results" if User.where(name: query).none?
 *       "Found"
 *     end
 *
 * why:
 *
 * `length`, `present?`, `blank?` and everything after `to_a` build a record for every row, and the records are thrown away.
 * `any?` and `none?` ask the database for one row at most. Measured on 150 rows: 2,060 objects before and 281 after; on 20,000
 * rows 35.7 MB of peak growth before and less than 1 MB after.
 *
 * rewrite:
 *
 * `any?` and `none?`, not `exists?`: they count children that are built but not saved, and ask nothing where the rows are
 * loaded already.
 *
 * check:
 * - The rows are not needed afterwards: the question and the later load are two queries.
 *
 * advice:
 * - The same relation is asked for again in the method: keep it in a variable and its rows are loaded once.
 * - The relation is a method without a receiver, which may keep what it returns, or a name that is no plural, which may be `nil`.
 * - `&.` stands before `present?` or `blank?`, which answer for `nil` as well.
 * - `group`, `having`, `from` or `lock` are in the chain.
 *
 * silent:
 * - One row at most is asked for (`first.present?`, `find_by`), or it is a String, an Array, a Hash.
 * - `count > 0` and `exists?`, which build no records.
 */
export const relationEmptiness = definePattern(CallNode, {
  id: 'relation-emptiness',
  section: 'active-record',
  title: 'All rows are loaded to see whether there are any',
  explanation:
    'This builds a record for every row and throws them away; any? and none? ask the database for one row at most, and use ' +
    'the rows where they are loaded already.',
  gain: 'objects',
  saving: { left: 0.14 },
  safety: 'review',
  severity: 'warning',
  witnesses: [
    called(
      /^(?:ActiveRecord::(?:Delegation|Relation|AssociationRelation|Associations::CollectionProxy)#(?:length|blank\?|present\?|to_a|to_ary|load|records|map)|Object#(?:present|blank)\?|Enumerable#map)$/,
      'that the line itself loads a relation',
      'silent',
      loadsRecords.names,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Relation.html#method-i-any-3F'],
  names: ['length', 'size', 'count', 'present?', 'blank?', 'any?', 'none?', 'empty?'],
  match: matchQuestion,
});

function matchQuestion(question: CallNode, syntax: Syntax): Match | null {
  const { messageLoc } = question;
  const test = emptinessTest(question, syntax);
  const relation = test && relationAsked(question);
  if (!messageLoc || !test || !relation) return null;
  const obstacle = obstacleTo(question, relation, syntax);
  const loader = question.receiver === relation.end ? null : question.receiver;
  const loaded = loader instanceof CallNode ? loader.messageLoc : null;
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([loaded ?? messageLoc, messageLoc].map((location) => syntax.lineOf(location)))],
    likely: relation.likely,
    note: obstacle ?? 'Check that the rows are not needed afterwards: then one load is better than two queries.',
    fixes: obstacle === null ? fixesFor(relation, test, syntax) : [],
  };
}

interface EmptinessTest {
  /** `x.length == 0` as a whole. */
  readonly node: CallNode;
  readonly isEmpty: boolean;
}

/** What `length`, `present?`, `empty?` … ask about emptiness; null when it is something else. */
export function emptinessTest(question: CallNode, syntax: Syntax): EmptinessTest | null {
  if (question.arguments_ || question.block) return null;
  if (/^(?:blank|empty|none)\?$/.test(question.name)) return { node: question, isEmpty: true };
  if (/^(?:present|any)\?$/.test(question.name)) return { node: question, isEmpty: false };
  const outer = syntax.parentOf(question);
  if (question.isSafeNavigation() || !(outer instanceof CallNode) || outer.receiver !== question) return null;
  const [number, ...others] = outer.arguments_?.arguments_ ?? [];
  if (outer.block || others.length > 0 || outer.isSafeNavigation()) return null;
  if (number === undefined) {
    if (outer.name === 'zero?') return { node: outer, isEmpty: true };
    return outer.name === 'positive?' ? { node: outer, isEmpty: false } : null;
  }
  const asked = number instanceof IntegerNode ? `${outer.name} ${syntax.sourceOf(number.location)}` : '';
  if (asked === '== 0' || asked === '< 1') return { node: outer, isEmpty: true };
  return asked === '!= 0' || asked === '> 0' || asked === '>= 1' ? { node: outer, isEmpty: false } : null;
}

/** The relation whose rows the question loads: behind `to_a` and `map(&:id)` any question does, else only some do. */
function relationAsked({ name, receiver }: CallNode): LoadedRelation | null {
  const ids = receiver instanceof CallNode && isMapToId(receiver) ? receiver : null;
  const relation = loadedRelation(ids ? ids.receiver : receiver);
  if (relation === null) return null;
  const loads = ids !== null || relation.loader !== null || /^(?:length|present\?|blank\?)$/.test(name);
  return loads ? relation : null;
}

function obstacleTo(question: CallNode, relation: LoadedRelation, syntax: Syntax): string | null {
  if (isAskedAgain(relation, syntax)) {
    return 'The method asks for the same relation again, so no edit is offered: keep it in a variable, and its rows are loaded once.';
  }
  if (!isRelationByText(relation)) {
    return 'This may be nil, or be kept for later readers, so no edit is offered. If it is a relation nobody reads again, use any? or none?.';
  }
  const steps: readonly CallNode[] = [
    ...relation.chain.calls,
    question,
    ...[relation.loader].filter((one) => one !== null),
  ];
  const mayBeNil = steps.some((call) => call.isSafeNavigation()) || isSafe(question.receiver);
  if (mayBeNil) return 'present? and blank? answer for nil as well, any? and none? do not, so no edit is offered.';
  if (relation.chain.names.some((name) => /^(?:group|having|from|lock)$/.test(name))) {
    return 'Grouped, locked or foreign rows may answer differently when only one is asked for, so no edit is offered.';
  }
  return null;
}

function isSafe(node: Node | null): boolean {
  return node instanceof CallNode && node.isSafeNavigation();
}

function fixesFor({ end }: LoadedRelation, { node, isEmpty }: EmptinessTest, syntax: Syntax): Fix[] {
  const name = isEmpty ? 'none?' : 'any?';
  const step = nextStep(node, end);
  if (step?.messageLoc == null) return [];
  const start = step.messageLoc.startOffset;
  const rest = removeBetween(start, endOf(node.location), syntax);
  return rest === null ? [] : [{ title: `Use ${name}`, edits: [{ ...rest, newText: name }] }];
}

/** The call made on `end` in the chain that ends with `node`. */
function nextStep(node: CallNode, end: CallNode): CallNode | null {
  let at: Node | null = node;
  while (at instanceof CallNode && at.receiver !== end) at = at.receiver;
  return at instanceof CallNode ? at : null;
}
