import {
  CallNode,
  ClassNode,
  DefNode,
  ModuleNode,
  type Node,
  SelfNode,
  SingletonClassNode,
  StatementsNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import type { Syntax } from '../syntax';
import type { Program, ProgramFile } from './program';

/** One opening of a class or module. */
export interface ClassPart {
  /** Whole name, without leading `::`. */
  readonly name: string;
  /** Names in which constants are looked up, innermost first, its own the first. */
  readonly nesting: readonly string[];
  readonly node: ClassNode | ModuleNode;
  readonly file: ProgramFile;
}

/** A method by `def`, or the reader that `attr_reader` makes. */
export interface Method {
  /** Whole name of its class; '' at the top of a file. */
  readonly owner: string;
  readonly name: string;
  readonly isSingleton: boolean;
  /** Private or protected: no one else calls it. */
  readonly isPrivate: boolean;
  /** `attr_reader :rows`: the symbol. */
  readonly node: DefNode | SymbolNode;
  readonly file: ProgramFile;
}

/** What a value's class is: an instance of it, or the class itself. */
export interface ClassRef {
  readonly name: string;
  readonly isSingleton: boolean;
}

/** The classes of an application and their methods, looked up by name. */
export class Classes {
  constructor(private readonly program: Program) {}

  partsOf(name: string): ClassPart[] {
    return this.program
      .mentioning(lastPart(name))
      .flatMap((file) => factsOf(file).parts.filter((part) => part.name === name));
  }

  methodsNamed(name: string): Method[] {
    return this.program
      .mentioning(bareName(name))
      .flatMap((file) => factsOf(file).methods.filter((method) => method.name === name));
  }

  /** The class that a constant names where it stands; null when the application has none of this name. */
  resolve(constant: Node, file: ProgramFile): string | null {
    if (!isConstant(constant)) return null;
    const text = file.syntax.sourceOf(constant.location).replace(/\s+/g, '');
    if (text.startsWith('::')) return this.partsOf(text.slice(2)).length > 0 ? text.slice(2) : null;
    const candidates = [...nestingAt(constant, file.syntax).map((outer) => `${outer}::${text}`), text];
    return candidates.find((name) => this.partsOf(name).length > 0) ?? null;
  }

  /** The class, what it includes, and what it inherits from, as far as the application has them. */
  ancestorsOf(name: string, seen = new Set<string>()): string[] {
    if (seen.has(name)) return [];
    seen.add(name);
    const parts = this.partsOf(name);
    const above = parts.flatMap((part) => [
      ...mixinsOf(part).map((mixin) => this.resolve(mixin, part.file)),
      part.node instanceof ClassNode && part.node.superclass ? this.resolve(part.node.superclass, part.file) : null,
    ]);
    return [name, ...above.flatMap((one) => (one === null ? [] : this.ancestorsOf(one, seen)))];
  }

  /** Classes that inherit from it or include it, at any distance, without itself. */
  descendantsOf(name: string, seen = new Set<string>()): string[] {
    if (seen.has(name)) return [];
    seen.add(name);
    const direct = this.program
      .mentioning(lastPart(name))
      .flatMap((file) => factsOf(file).parts)
      .filter((part) => aboveOf(part).some((constant) => this.resolve(constant, part.file) === name))
      .map((part) => part.name);
    return [...new Set(direct)].flatMap((one) => [one, ...this.descendantsOf(one, seen)]);
  }

  /** The methods that a call on such a value may run. `orBelow`: the value may be of a class that inherits from it. */
  lookup({ name, isSingleton }: ClassRef, method: string, orBelow: boolean): Method[] {
    const all = this.methodsNamed(method).filter((one) => one.isSingleton === isSingleton);
    const owner = this.ancestorsOf(name).find((one) => all.some((found) => found.owner === one));
    const below = orBelow ? new Set(this.descendantsOf(name)) : new Set<string>();
    const found = all.filter((one) => one.owner === owner || below.has(one.owner));
    return found.length > 0 || isSingleton ? found : all.filter((one) => one.owner === '');
  }
}

/** The object that `self` is at a place. */
export function selfAt(node: Node, syntax: Syntax): ClassRef {
  let isSingleton: boolean | null = null;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof DefNode) isSingleton ??= outer.receiver instanceof SelfNode;
    if (outer instanceof SingletonClassNode) isSingleton = true;
    if (outer instanceof ClassNode || outer instanceof ModuleNode)
      return { name: nameOf(outer, syntax), isSingleton: isSingleton ?? true };
  }
  return { name: '', isSingleton: false };
}

/** Names of the classes around a place, innermost first. */
export function nestingAt(node: Node, syntax: Syntax): string[] {
  return [node, ...syntax.ancestorsOf(node)].flatMap((outer) =>
    outer instanceof ClassNode || outer instanceof ModuleNode ? [nameOf(outer, syntax)] : [],
  );
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** `balance=` and `any?` are indexed by their word. */
export function bareName(method: string): string {
  return method.replace(/[=?!]$/, '');
}

function nameOf(node: ClassNode | ModuleNode, syntax: Syntax): string {
  const own = syntax.sourceOf(node.constantPath.location).replace(/\s+/g, '');
  if (own.startsWith('::')) return own.slice(2);
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof ClassNode || outer instanceof ModuleNode) return `${nameOf(outer, syntax)}::${own}`;
  }
  return own;
}

interface Facts {
  readonly parts: readonly ClassPart[];
  readonly methods: readonly Method[];
}

const knownFacts = new WeakMap<ProgramFile, Facts>();

function factsOf(file: ProgramFile): Facts {
  const known = knownFacts.get(file);
  if (known !== undefined) return known;
  const { syntax } = file;
  const parts = syntax.nodes.flatMap((node) =>
    node instanceof ClassNode || node instanceof ModuleNode
      ? [{ name: nameOf(node, syntax), nesting: nestingAt(node, syntax), node, file }]
      : [],
  );
  const methods = syntax.nodes.flatMap((node) => methodsBy(node, file));
  const facts = { parts, methods };
  knownFacts.set(file, facts);
  return facts;
}

function methodsBy(node: Node, file: ProgramFile): Method[] {
  const { syntax } = file;
  if (node instanceof DefNode) {
    const owner = ownerOf(node, syntax);
    const isSingleton = node.receiver !== null || owner.isSingleton;
    return [{ owner: owner.name, name: node.name, isSingleton, isPrivate: isPrivate(node, syntax), node, file }];
  }
  if (!(node instanceof CallNode) || node.receiver !== null || !/^attr_(?:reader|accessor)$/.test(node.name)) return [];
  const owner = ownerOf(node, syntax);
  return symbolsOf(node).map((symbol) => ({
    ...{ owner: owner.name, name: symbol.unescaped.value ?? '', isSingleton: owner.isSingleton },
    ...{ isPrivate: isPrivate(node, syntax, symbol.unescaped.value), node: symbol, file },
  }));
}

/** The class whose body a definition stands in. */
function ownerOf(node: Node, syntax: Syntax): ClassRef {
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof SingletonClassNode) return { ...selfAt(outer, syntax), isSingleton: true };
    if (outer instanceof ClassNode || outer instanceof ModuleNode)
      return { name: nameOf(outer, syntax), isSingleton: false };
  }
  return { name: '', isSingleton: false };
}

/** `private` above it in the body, `private def x`, `private :x`. */
function isPrivate(definition: Node, syntax: Syntax, symbol: string | null = null): boolean {
  const name = definition instanceof DefNode ? definition.name : symbol;
  let inner: Node = definition;
  for (const outer of syntax.ancestorsOf(definition)) {
    if (outer instanceof CallNode && hides.test(outer.name) && outer.receiver === null) return true;
    if (outer instanceof StatementsNode) {
      let hidden = false;
      for (const statement of outer.body) {
        if (!(statement instanceof CallNode) || statement.receiver !== null) {
          if (statement === inner && hidden) return true;
          continue;
        }
        if (statement === inner && hidden) return true;
        if (hides.test(statement.name) && statement.arguments_ === null) hidden = true;
        else if (statement.name === 'public' && statement.arguments_ === null) hidden = false;
        else if (hides.test(statement.name) && symbolsOf(statement).some(({ unescaped }) => unescaped.value === name))
          return true;
      }
      return false;
    }
    inner = outer;
  }
  return false;
}

const hides = /^(?:private|protected)$/;

function symbolsOf(call: CallNode): SymbolNode[] {
  return (call.arguments_?.arguments_ ?? []).filter(
    (argument): argument is SymbolNode => argument instanceof SymbolNode,
  );
}

function aboveOf(part: ClassPart): Node[] {
  const { node } = part;
  return [...(node instanceof ClassNode && node.superclass ? [node.superclass] : []), ...mixinsOf(part)];
}

/** The constants in `include A, B` and `prepend A` of a body. */
export function mixinsOf({ node }: ClassPart): Node[] {
  const statements = node.body instanceof StatementsNode ? node.body.body : [];
  return statements.flatMap((statement) =>
    statement instanceof CallNode && statement.receiver === null && /^(?:include|prepend)$/.test(statement.name)
      ? (statement.arguments_?.arguments_ ?? [])
      : [],
  );
}
