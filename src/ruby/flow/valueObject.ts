import { CallNode, ClassNode, ConstantWriteNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import type { MatchContext } from '../matchContext';
import type { RubyParser } from '../parseRuby';
import type { FileEdit, Fix, Related } from '../pattern';
import { upsertUnbatched } from '../patterns/upsertUnbatched';
import { endOf, Syntax } from '../syntax';
import { applyEdits, type TextRange } from '../textRange';
import { Classes, lastPart } from './classes';
import { isRecordBase, readModel } from './modelRules';
import type { Program, ProgramFile } from './program';
import { fieldsOf, type RowFields } from './rowFields';
import { followRows, type Obstacle, type Place, type RowFlow } from './rowFlow';
import { structEdit } from './structEdit';

/** What an application says of a `Model.new(…)` that a profile shows to build records. */
export type ValueObject =
  /** The constant is a Struct or a class of its own, whatever an older profile saw there. */
  | { readonly kind: 'plain' }
  /** The model's file is not there: nothing can be said. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'followed';
      /** The condition to check, or why there is no rewrite. */
      readonly note: string;
      /** Over all files that the flow goes through; empty for advice. */
      readonly fixes: readonly Fix[];
      readonly related: readonly Related[];
    };

/** Places that are named beside a finding. */
const MOST_RELATED = 12;

/**
 * Follows the records that are built at a place of a file (`range` is that of `Model.new`) through the application. When
 * nothing is done with them that needs a record, a Struct can take their place: the fixes change all files of the flow, each
 * with one edit, and each file's new text parses.
 */
export function valueObjectOf(
  path: string,
  range: TextRange,
  program: Program,
  context: MatchContext,
  parser: RubyParser,
): ValueObject {
  const file = program.fileAt(path);
  const call = file && constructionAt(file, range);
  if (!file || !call || !isConstant(call.receiver)) return { kind: 'unknown' };
  const classes = new Classes(program);
  const model = classes.resolve(call.receiver, file);
  if (model === null) {
    const name = lastPart(file.syntax.sourceOf(call.receiver.location));
    return { kind: isStruct(name, program) ? 'plain' : 'unknown' };
  }
  const base = baseOf(model, classes);
  if (base !== 'record') return { kind: base };
  const rules = readModel(model, classes, context.schema);
  const flow = followRows({ node: call, file }, model, program, classes);
  const obstacles = [...flow.obstacles, ...rules.obstacles];
  const fields = fieldsOf(flow, model, rules);
  if ('message' in fields) obstacles.push(fields);
  if (!program.isWhole) {
    const message = 'There are more Ruby files than can be looked through.';
    obstacles.push({ node: call, file, message });
  }
  if (obstacles.length > 0 || 'message' in fields) return advice(flow, obstacles);
  const edit = structEdit(flow, model, fields.names, program, classes);
  if ('message' in edit) return advice(flow, [edit]);

  const texts = new Map([...edit.edits].map(([where, edits]) => [where, applyEdits(where.syntax.text, edits)]));
  const sliced = new Map([...texts].map(([where, text]) => [where, inSlices(text, edit.hashes, where, parser)]));
  const isSliced = [...texts].some(([where, text]) => sliced.get(where) !== text);
  const title = `Replace ${model} by a Struct in ${texts.size === 1 ? 'this file' : `${texts.size} files`}`;
  const fixes = [
    ...(isSliced ? [fixOf(`${title}, write in slices of 1,000`, sliced, file, parser)] : []),
    fixOf(title, texts, file, parser),
  ].filter((fix) => fix !== null);
  if (fixes.length === 0) return advice(flow, [{ node: call, file, message: 'The rewrite would not parse.' }]);
  return { kind: 'followed', note: conditions(flow, fields, isSliced), fixes, related: relatedOf(flow, [], path) };

  function advice(found: RowFlow, reasons: readonly Obstacle[]): ValueObject {
    const [{ message, node, file: where }] = [reasons[0]!];
    const at = `${placeOf(where.path)}:${where.syntax.lineOf(node.location)}`;
    const note = `No rewrite over several files is offered, because of ${at}: ${message}`;
    return { kind: 'followed', note, fixes: [], related: relatedOf(found, reasons, path) };
  }
}

function constructionAt({ syntax }: ProgramFile, { start }: TextRange): CallNode | null {
  const found = syntax.nodes.find((node) => {
    if (!(node instanceof CallNode) || node.name !== 'new' || !node.receiver) return false;
    const at = syntax.rangeOf(node.location).start;
    return at.line === start.line && at.character === start.character;
  });
  return found instanceof CallNode ? found : null;
}

/** What a class inherits from in the end: a class of Active Record, nothing, or what the application does not have. */
function baseOf(name: string, classes: Classes): 'record' | 'plain' | 'unknown' {
  const superclasses = classes
    .ancestorsOf(name)
    .flatMap((one) => classes.partsOf(one))
    .flatMap(({ node, file }) =>
      node instanceof ClassNode && node.superclass ? [{ node: node.superclass, file }] : [],
    );
  if (superclasses.some(({ node, file }) => isRecordBase(file.syntax.sourceOf(node.location)))) return 'record';
  return superclasses.every(({ node, file }) => classes.resolve(node, file) !== null) ? 'plain' : 'unknown';
}

/** `BalanceRow = Struct.new(…)`, `Data.define(…)`. */
function isStruct(name: string, program: Program): boolean {
  return program
    .mentioning(name)
    .some(({ syntax }) =>
      syntax.nodes.some(
        (node) =>
          node instanceof ConstantWriteNode &&
          node.name === name &&
          node.value instanceof CallNode &&
          isConstant(node.value.receiver) &&
          /^(?:::)?(?:Struct|Data)$/.test(syntax.sourceOf(node.value.receiver.location)),
      ),
    );
}

/** The bulk writes that take the rows, in slices, where that rewrite applies; else the text as it is. */
function inSlices(
  text: string,
  hashes: readonly { readonly file: ProgramFile; readonly text: string }[],
  file: ProgramFile,
  parser: RubyParser,
): string {
  const parsed = parser.parse(text, null);
  if (parsed === null) return text;
  const syntax = new Syntax(parsed);
  const own = hashes.filter((hash) => hash.file === file);
  const edits = syntax.nodes.flatMap((node) => {
    if (!(node instanceof CallNode) || !upsertUnbatched.names?.has(node.name)) return [];
    const source = syntax.sourceBetween(node.location.startOffset, endOf(node.location));
    if (!own.some((hash) => source.includes(hash.text))) return [];
    return upsertUnbatched.match(node, syntax, { ruby: null, rails: null, schema: null })?.fixes[0]?.edits ?? [];
  });
  return applyEdits(text, edits);
}

/** Null when a text does not parse. */
function fixOf(
  title: string,
  texts: ReadonlyMap<ProgramFile, string>,
  own: ProgramFile,
  parser: RubyParser,
): Fix | null {
  if ([...texts.values()].some((text) => parser.parse(text, null)?.errors !== 0)) return null;
  const edits = [...texts].map(([file, text]): FileEdit => {
    const edit = oneEdit(file.syntax.text, text);
    return file === own ? edit : { ...edit, path: file.path };
  });
  return { title, edits };
}

/** One edit from the first line that differs to the last: a file is changed as a whole or not at all. */
function oneEdit(before: string, after: string): Omit<FileEdit, 'path'> {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  // Whole lines: one more is taken where the end of the text would cut a line's end in two.
  if (head === shorter && head > 0 && tail === 0) head--;
  const isEnd = tail === 0;
  const lines = now.slice(head, now.length - tail);
  const end = isEnd
    ? { line: old.length - 1, character: old.at(-1)!.length }
    : { line: old.length - tail, character: 0 };
  return {
    range: { start: { line: head, character: 0 }, end },
    newText: lines.join('\n') + (isEnd || lines.length === 0 ? '' : '\n'),
  };
}

function conditions({ constructions, reads, slices }: RowFlow, { rounded }: RowFields, isSliced: boolean): string {
  const files = new Set([...constructions, ...reads, ...slices].map(({ file }) => file.path)).size;
  const where = files === 1 ? 'this file' : `${files} files`;
  const digits = [...rounded].map(([name, scale]) => `${name} to ${scale} digits`);
  const casts = digits.length === 0 ? '' : `, which a record rounds (${digits.join(', ')})`;
  return (
    `The records were followed through ${where}: nothing saves, changes or validates one. Check that the values need no cast: a ` +
    `Struct gives back what it was given${casts}; the bulk write casts numbers, dates and texts itself.` +
    (isSliced ? ' In slices the write is no longer atomic: it needs a transaction around it, if it has none.' : '')
  );
}

function relatedOf(flow: RowFlow, obstacles: readonly Obstacle[], path: string): Related[] {
  const [, ...others] = flow.constructions;
  const places: Obstacle[] = [
    ...obstacles,
    ...flow.slices.map((slice) => ({ ...slice, message: 'The attributes of these records are taken here.' })),
    ...others.map((place) => ({ ...place, message: 'Records of the same flow are built here.' })),
    ...flow.reads.map((read) => ({ ...read, message: `${read.field} of such a record is read here.` })),
  ];
  return places.slice(0, MOST_RELATED).map((place) => related(place, path));
}

function related({ node, file, message }: Place & { readonly message: string }, path: string): Related {
  const { start, end } = file.syntax.rangeOf(
    node instanceof CallNode && node.messageLoc ? node.messageLoc : node.location,
  );
  // A method or class would underline all its lines.
  const text = file.syntax.lineText(start.line);
  const range = end.line === start.line ? { start, end } : { start, end: { ...start, character: text.length } };
  return { range, message, ...(file.path === path ? {} : { file: file.path }) };
}

/** The last parts of a path, enough to know the file. */
function placeOf(path: string): string {
  return path.split('/').slice(-2).join('/');
}
