import { CallNode, DefNode, type Node, RequiredParameterNode, type StringNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { type LocalVariable, variableOf } from '../locals';
import { descendants } from '../syntax';
import { targetsOf } from './callTargets';
import { type Classes, type Method, selfAt } from './classes';
import { followCalls } from './followCalls';
import { followUse } from './followUse';
import { followVariable } from './followVariable';
import type { Program, ProgramFile } from './program';
import { isNeutral, leavesOf, returnsOf } from './results';

/** One object, or an array of such objects. */
export type Kind = 'row' | 'list';

/** A node with the file it stands in. */
export interface Place<N extends Node = Node> {
  readonly file: ProgramFile;
  readonly node: N;
}

/** `row.date`, `rows.map(&:date)`, `row[:date]`. */
export interface FieldRead extends Place {
  readonly field: string;
}

/** `row.attributes.slice("date", "balance")`. */
export interface AttributesSlice extends Place<CallNode> {
  readonly record: Node;
  readonly names: readonly StringNode[];
}

/** Why a flow cannot be followed: what happens at the place, a sentence. */
export interface Obstacle extends Place {
  readonly message: string;
}

/** Where the objects of one kind of record are made in a flow, and all that is done with them. */
export interface RowFlow {
  /** `Model.new(…)`, the one asked about first. */
  readonly constructions: readonly Place<CallNode>[];
  readonly reads: readonly FieldRead[];
  readonly slices: readonly AttributesSlice[];
  /** Empty when every object was followed to where it ends. */
  readonly obstacles: readonly Obstacle[];
}

/** Expressions that are looked at before a flow counts as too wide to follow. */
const MOST_VALUES = 2_000;
/** Definitions that are looked through for where another source of rows is made. */
const MOST_DEPTH = 4;

/**
 * Follows the objects that `Model.new(…)` makes at a place through variables, methods and blocks of an application, until
 * each of them is read, written or dropped. What it cannot follow, or what only a record can do, is an obstacle.
 *
 * A method is followed by its name where the class of the receiver can be told, or where the application has no other
 * method of that name. Whatever else may come to a place (another branch, another assignment, another caller) must be
 * made in the same flow; then its construction is part of it.
 */
export function followRows(start: Place<CallNode>, model: string, program: Program, classes: Classes): RowFlow {
  const flow = new Flow(model, program, classes);
  flow.addConstruction(start);
  flow.run();
  const { constructions, reads, slices, obstacles } = flow;
  return { constructions, reads, slices, obstacles };
}

/** Whether a call builds a record of the model: by its constant, with `new`. */
export function isConstruction(node: Node, file: ProgramFile, model: string, classes: Classes): node is CallNode {
  return (
    node instanceof CallNode &&
    node.name === 'new' &&
    isConstant(node.receiver) &&
    classes.resolve(node.receiver, file) === model
  );
}

/** The work in progress. What follows a value in `followUse` and its like adds to it. */
export class Flow {
  readonly constructions: Place<CallNode>[] = [];
  readonly reads: FieldRead[] = [];
  readonly slices: AttributesSlice[] = [];
  readonly obstacles: Obstacle[] = [];
  private readonly kinds = new Map<Node, Kind>();
  private readonly waiting: (Place & { readonly kind: Kind })[] = [];
  private readonly methods = new Map<Node, Kind>();
  private readonly variables = new Map<unknown, Kind>();
  private readonly expected: (Place & { readonly what: string })[] = [];

  constructor(
    readonly model: string,
    readonly program: Program,
    readonly classes: Classes,
  ) {}

  addConstruction(place: Place<CallNode>): void {
    if (this.kinds.has(place.node)) return;
    this.constructions.push(place);
    this.addValue(place.node, place.file, 'row');
  }

  /** An expression whose value is a row, or a list of rows. */
  addValue(node: Node, file: ProgramFile, kind: Kind): void {
    const known = this.kinds.get(node);
    if (known !== undefined && known !== kind)
      this.block(node, file, 'This is sometimes one row and sometimes several.');
    if (known !== undefined) return;
    this.kinds.set(node, kind);
    this.waiting.push({ node, file, kind });
  }

  /** A method that gives back rows: so do its calls, and all that it gives back must be rows. */
  addMethod(method: Method, kind: Kind): void {
    if (!this.isNew(this.methods, method.node, kind, method)) return;
    if (method.node instanceof DefNode) {
      this.expect(returnsOf(method.node), method.file, `${method.name} may give back something else`);
    } else {
      const self = selfAt(method.node, method.file.syntax);
      this.addInstanceVariable(`@${method.name}`, self.name, kind, method);
    }
    followCalls(method, kind, this);
  }

  /** A local variable that holds rows. */
  addLocal(variable: LocalVariable, file: ProgramFile, kind: Kind): void {
    const [place] = [...variable.reads, ...variable.writes, variable.scope];
    if (this.isNew(this.variables, variable, kind, { node: place!, file }))
      followVariable(variable, '', kind, this, { node: place!, file });
  }

  /** An instance variable of a class that holds rows; `place` is where it was seen. */
  addInstanceVariable(name: string, owner: string, kind: Kind, place: Place): void {
    if (this.isNew(this.variables, `${owner} ${name}`, kind, place)) followVariable(name, owner, kind, this, place);
  }

  /** The parameter of a method that is given rows: by every caller. */
  addParameter(method: Method, index: number, kind: Kind): void {
    const parameter = method.node instanceof DefNode ? method.node.parameters?.requireds[index] : null;
    const variable = parameter instanceof RequiredParameterNode ? variableOf(parameter, method.file.syntax) : null;
    if (!parameter || variable === null) {
      this.block(method.node, method.file, `${method.name} takes it in a way that cannot be followed.`);
      return;
    }
    if (!this.isNew(this.variables, variable, kind, { node: parameter, file: method.file })) return;
    followVariable(variable, '', kind, this, { node: parameter, file: method.file });
    followCalls(method, index, this);
  }

  /** Values that must turn out to be rows of this flow. */
  expect(nodes: readonly Node[], file: ProgramFile, what: string): void {
    for (const node of nodes.flatMap(leavesOf)) if (!isNeutral(node)) this.expected.push({ node, file, what });
  }

  addRead(node: Node, file: ProgramFile, field: string): void {
    this.reads.push({ node, file, field });
  }

  addSlice(slice: AttributesSlice): void {
    this.slices.push(slice);
  }

  block(node: Node, file: ProgramFile, message: string): void {
    if (!this.obstacles.some((one) => one.node === node)) this.obstacles.push({ node, file, message });
  }

  run(): void {
    do {
      for (let value = this.waiting.shift(); value; value = this.waiting.shift()) {
        if (this.kinds.size > MOST_VALUES) {
          this.block(value.node, value.file, 'The records go further than can be followed.');
          return;
        }
        if (value.file.errors > 0) this.block(value.node, value.file, 'The file has syntax errors.');
        followUse(value.node, value.file, value.kind, this);
      }
      this.meetExpectations();
    } while (this.waiting.length > 0);
  }

  /** Takes in constructions that the flow needs, where something expected has not come by itself. */
  private meetExpectations(): void {
    const missing = this.expected.filter(({ node }) => !this.kinds.has(node));
    for (const { node, file } of missing) {
      for (const place of this.constructionsBehind(node, file, MOST_DEPTH)) this.addConstruction(place);
    }
    if (this.waiting.length > 0) return;
    for (const { node, file, what } of missing)
      this.block(node, file, `Not all here is made in the same flow: ${what}.`);
  }

  private constructionsBehind(node: Node, file: ProgramFile, depth: number): Place<CallNode>[] {
    return descendants(node, () => true).flatMap((part) => {
      if (!(part instanceof CallNode)) return [];
      if (isConstruction(part, file, this.model, this.classes)) return [{ node: part, file }];
      if (depth === 0) return [];
      const targets = targetsOf(part, file, this.classes);
      if (typeof targets === 'string') return [];
      return targets.flatMap(({ node: method, file: where }) =>
        method instanceof DefNode && method !== node ? this.constructionsBehind(method, where, depth - 1) : [],
      );
    });
  }

  private isNew<K>(known: Map<K, Kind>, key: K, kind: Kind, place: Place): boolean {
    const before = known.get(key);
    if (before !== undefined && before !== kind) {
      this.block(place.node, place.file, 'This is sometimes one row and sometimes several.');
    }
    if (before !== undefined) return false;
    known.set(key, kind);
    return true;
  }
}
