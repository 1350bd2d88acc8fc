import { CallNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { classAround, constantAtTop } from '../constants';
import { replace } from '../edits';
import { underscore } from '../inflect';
import { braceOpensBlock } from '../precedence';
import { indentOf } from '../statements';
import type { TextEdit } from '../textRange';
import { type Classes, lastPart, nestingAt, selfAt } from './classes';
import type { Program, ProgramFile } from './program';
import { sliceValue } from './rowFields';
import type { AttributesSlice, Obstacle, Place, RowFlow } from './rowFlow';

/** The edits that put a Struct in place of the records of a flow. */
export interface StructEdit {
  readonly name: string;
  readonly edits: ReadonlyMap<ProgramFile, readonly TextEdit[]>;
  /** The hashes that take the place of `attributes.slice(…)`, as they are written. */
  readonly hashes: readonly { readonly file: ProgramFile; readonly text: string }[];
}

const LINE_WIDTH = 120;

/**
 * The Struct is a constant of the class that builds the rows; where several do, of the one that the others inherit from, else
 * of the first. Classes that inherit from it say its short name, others the whole one, for which Rails must be able to find the
 * file by the name of the class.
 */
export function structEdit(
  flow: RowFlow,
  model: string,
  fields: readonly string[],
  program: Program,
  classes: Classes,
): StructEdit | Obstacle {
  const owner = ownerOf(flow.constructions, classes);
  const { file } = owner;
  const className = selfAt(owner.node, file.syntax).name;
  const name = freshName(`${lastPart(model)}Row`, program);
  const top = constantAtTop(owner.node, definition(name, fields, owner), file.syntax);
  if (top === null) return { ...owner, message: 'The class around it has no place for a constant at its top.' };

  const edits = new Map<ProgramFile, TextEdit[]>([[file, [top]]]);
  const add = (where: ProgramFile, edit: TextEdit): void => {
    const known = edits.get(where);
    if (known) known.push(edit);
    else edits.set(where, [edit]);
  };
  for (const place of flow.constructions) {
    const seesIt = nestingAt(place.node, place.file.syntax).some((outer) => outer === className);
    const inherits = classes.ancestorsOf(selfAt(place.node, place.file.syntax).name).includes(className);
    if (!seesIt && !inherits && !isFoundByName(className, file, classes)) {
      return {
        ...place,
        message: `${className} is not in a file of its name, so ${name} would not be found from here.`,
      };
    }
    const { receiver } = place.node;
    if (isConstant(receiver)) {
      add(place.file, replace(receiver, seesIt || inherits ? name : `${className}::${name}`, place.file.syntax));
    }
  }
  const hashes: { file: ProgramFile; text: string }[] = [];
  for (const slice of flow.slices) {
    if (braceOpensBlock(slice.node, slice.file.syntax)) {
      return { ...slice, message: 'A hash in this place would be read as a block.' };
    }
    const text = hashOf(slice, fields);
    hashes.push({ file: slice.file, text });
    add(slice.file, { range: sliceRange(slice), newText: text });
  }
  return { name, edits, hashes };
}

function ownerOf(constructions: readonly Place<CallNode>[], classes: Classes): Place<CallNode> {
  const names = constructions.map(({ node, file }) => selfAt(node, file.syntax).name);
  const shared = names.findIndex((name) => names.every((other) => classes.ancestorsOf(other).includes(name)));
  return constructions[Math.max(shared, 0)]!;
}

/** `Balance::Calculator` in `…/balance/calculator.rb`, and nowhere else: Rails loads it where it is named. */
function isFoundByName(className: string, { path }: ProgramFile, classes: Classes): boolean {
  return (
    path.endsWith(`/${underscore(className)}.rb`) && classes.partsOf(className).every(({ file }) => file.path === path)
  );
}

function freshName(base: string, program: Program): string {
  if (!program.isMentioned(base)) return base;
  for (let number = 2; ; number++) if (!program.isMentioned(`${base}${number}`)) return `${base}${number}`;
}

/** With an empty line after it; in lines that are not too long. */
function definition(name: string, fields: readonly string[], { node, file: { syntax } }: Place): string {
  const [first = null] = classAround(node, syntax)?.body?.childNodes() ?? [];
  const indent = (first && indentOf(first, syntax)) ?? '';
  const symbols = fields.map((field) => `:${field}`);
  const short = `${name} = Struct.new(${symbols.join(', ')}, keyword_init: true)`;
  const { newline } = syntax;
  if (indent.length + short.length <= LINE_WIDTH) return `${short}${newline}`;
  const lines = [''];
  for (const symbol of symbols) {
    const longer = `${lines.at(-1)!}${symbol}, `;
    if (indent.length + 2 + longer.trimEnd().length <= LINE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`${symbol}, `);
  }
  const body = [...lines.map((line) => line.trimEnd()), 'keyword_init: true'].map((line) => `${indent}  ${line}`);
  return [`${name} = Struct.new(`, ...body, `${indent})`, ''].join(newline);
}

/** `{ "date" => row.date, … }`: in lines of its own where the slice had those. */
function hashOf({ node, file: { syntax }, record, names }: AttributesSlice, fields: readonly string[]): string {
  const source = syntax.sourceOf(record.location);
  const pairs = names.map(
    (name) => `${syntax.sourceOf(name.location)} => ${sliceValue(source, name.unescaped.value, fields)}`,
  );
  const short = `{ ${pairs.join(', ')} }`;
  const indent = indentOf(node, syntax);
  if (indent === null || indent.length + short.length <= LINE_WIDTH) return short;
  const { newline } = syntax;
  return ['{', pairs.map((pair) => `${indent}  ${pair}`).join(`,${newline}`), `${indent}}`].join(newline);
}

/** With the space before a call that goes on below: `}.merge(…)` closes on its line. */
function sliceRange({ node, file: { syntax } }: AttributesSlice): TextEdit['range'] {
  const { startOffset, length } = node.location;
  const outer = syntax.parentOf(node);
  const dot = outer instanceof CallNode && outer.receiver === node ? outer.callOperatorLoc : null;
  const isNear = dot !== null && syntax.sourceBetween(startOffset + length, dot.startOffset).trim() === '';
  return syntax.rangeBetween(startOffset, isNear ? dot.startOffset : startOffset + length);
}
