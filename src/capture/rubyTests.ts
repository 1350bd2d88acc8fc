import {
  BlockNode,
  CallNode,
  ClassNode,
  ConstantPathNode,
  ConstantReadNode,
  DefNode,
  InterpolatedStringNode,
  ModuleNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import type { ParsedRuby } from '../ruby/parseRuby';
import { Syntax } from '../ruby/syntax';
import { type TestFramework, testFramework } from './testFramework';

/** A test, or a group of them. */
export interface RubyTest {
  readonly name: string;
  readonly framework: TestFramework;
  /** 0-based, both inclusive. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** What minitest's `-n` takes; null: by its line only. */
  readonly filter: string | null;
  readonly children: readonly RubyTest[];
}

/** A class with a `perform`. */
export interface RubyJob {
  /** Ruby that runs it, with the names of what it takes as arguments: `SyncJob.perform_now(account)`. */
  readonly call: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The tests of a file, in source order; none where its name is no test's. */
export function rubyTests({ program, ...parsed }: ParsedRuby, path: string): readonly RubyTest[] {
  const framework = testFramework(path);
  if (framework === null) return [];
  const syntax = new Syntax({ program, ...parsed });
  return testsUnder(program, { framework, syntax, names: [] });
}

/** The jobs of a file, in source order. */
export function rubyJobs(parsed: ParsedRuby): readonly RubyJob[] {
  const syntax = new Syntax(parsed);
  return syntax.nodes.flatMap((node) => {
    if (!(node instanceof DefNode) || node.name !== 'perform' || node.receiver !== null) return [];
    const outer = [...syntax.ancestorsOf(node)].filter((one) => one instanceof ClassNode || one instanceof ModuleNode);
    const [owner] = outer;
    if (!(owner instanceof ClassNode)) return [];
    const name = outer
      .map(({ constantPath }) => syntax.sourceOf(constantPath.location))
      .reverse()
      .join('::');
    const { start, end } = syntax.rangeOf(owner.location);
    const parameters = node.parameters === null ? '' : syntax.sourceOf(node.parameters.location);
    const run = isSidekiqJob(owner, syntax) ? `${name}.new.perform` : `${name}.perform_now`;
    return [{ call: `${run}(${parameters.replace(/\s+/g, ' ')})`, firstLine: start.line, lastLine: end.line }];
  });
}

interface Around {
  readonly framework: TestFramework;
  readonly syntax: Syntax;
  /** Classes, modules and `describe`s around, as minitest names their classes. */
  readonly names: readonly string[];
}

function testsUnder(node: Node, around: Around): RubyTest[] {
  return node.childNodes().flatMap((child) => {
    if (child === null) return [];
    const test = testOf(child, around);
    if (test !== null) return [test];
    // What a method does is no test, nor are blocks of other calls, but those that only wrap (`RSpec.shared_context`, `with_options`).
    return child instanceof DefNode ? [] : testsUnder(child, around);
  });
}

function testOf(node: Node, around: Around): RubyTest | null {
  if (node instanceof ClassNode || node instanceof ModuleNode) return classOf(node, around);
  if (node instanceof DefNode) return around.framework === 'minitest' ? methodTest(node, around) : null;
  return node instanceof CallNode && node.block instanceof BlockNode ? callTest(node, node.block, around) : null;
}

/** A class of tests is a group; a module, and a class without tests, is none. */
function classOf(node: ClassNode | ModuleNode, around: Around): RubyTest | null {
  if (around.framework !== 'minitest' || node.body === null || !(node instanceof ClassNode)) return null;
  const outer = [...around.syntax.ancestorsOf(node)].filter(
    (one) => one instanceof ModuleNode || one instanceof ClassNode,
  );
  const names = [...outer.reverse(), node].map((one) => around.syntax.sourceOf(one.constantPath.location));
  const children = testsUnder(node.body, { ...around, names });
  if (children.length === 0) return null;
  const name = names.join('::');
  return { name, ...placeOf(node, around), filter: `/^${escaped(name)}#/`, children };
}

function methodTest(node: DefNode, around: Around): RubyTest | null {
  if (!/^test_/.test(node.name) || node.receiver !== null || around.names.length === 0) return null;
  return { name: node.name, ...placeOf(node, around), filter: `${around.names.join('::')}#${node.name}`, children: [] };
}

const groupNames: ReadonlySet<string> = new Set(['describe', 'context', 'feature', 'fdescribe', 'fcontext']);
const exampleNames: ReadonlySet<string> = new Set(['it', 'specify', 'example', 'scenario', 'fit', 'focus']);

function callTest(call: CallNode, block: BlockNode, around: Around): RubyTest | null {
  const { receiver, name: method } = call;
  const isRspec = receiver instanceof ConstantReadNode && receiver.name === 'RSpec';
  if (receiver !== null && !isRspec) return null;
  const words = wordsOf(call, around.syntax);
  if (groupNames.has(method) && words !== null) {
    const names = [...around.names, words];
    const children = block.body === null ? [] : testsUnder(block.body, { ...around, names });
    const filter = around.framework === 'minitest' ? `/^${escaped(names.join('::'))}(?:::|#)/` : null;
    return { name: words, ...placeOf(call, around), filter, children };
  }
  if (around.framework === 'minitest' && method === 'test' && words !== null && around.names.length > 0) {
    const filter = `${around.names.join('::')}#test_${words.replace(/\s+/g, '_')}`;
    return { name: words, ...placeOf(call, around), filter, children: [] };
  }
  if (!exampleNames.has(method)) return null;
  const name = words ?? `line ${around.syntax.lineOf(call.location)}`;
  const filter =
    around.framework === 'minitest' ? `/^${escaped(around.names.join('::'))}#test_\\d+_${escaped(name)}$/` : null;
  return { name, ...placeOf(call, around), filter, children: [] };
}

function placeOf(
  node: Node,
  { framework, syntax }: Around,
): { readonly framework: TestFramework; readonly firstLine: number; readonly lastLine: number } {
  const { start, end } = syntax.rangeOf(node.location);
  return { framework, firstLine: start.line, lastLine: end.line };
}

/** The description of a group or an example; null where it has none. */
function wordsOf({ arguments_ }: CallNode, syntax: Syntax): string | null {
  const [first] = arguments_?.arguments_ ?? [];
  if (first instanceof StringNode || first instanceof SymbolNode) return first.unescaped.value;
  const isNamed =
    first instanceof ConstantReadNode || first instanceof ConstantPathNode || first instanceof InterpolatedStringNode;
  return isNamed ? syntax.sourceOf(first.location) : null;
}

function isSidekiqJob(owner: ClassNode, syntax: Syntax): boolean {
  return syntax.nodes.some((node) => {
    if (!(node instanceof CallNode) || node.name !== 'include') return false;
    const included = (node.arguments_?.arguments_ ?? []).map(({ location }) => syntax.sourceOf(location));
    return (
      included.some((name) => /^(?:::)?Sidekiq::(?:Job|Worker)$/.test(name)) &&
      [...syntax.ancestorsOf(node)].some((outer) => outer === owner)
    );
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
