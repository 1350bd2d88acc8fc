import type { Location, Node } from '@ruby/prism/src/nodes.js';
import type { ParsedRuby } from './parseRuby';
import type { TextRange } from './textRange';
import { Utf16Positions } from './utf16Positions';

/**
 * One text with its tree: parents, source slices, editor positions. Walks are loops, not recursion, so that deep code
 * cannot overflow the stack; they use `childNodes()`, because Prism 1.9's `compactChildNodes()` and `Visitor` drop the
 * children that stand in lists (`when` branches, parameters; https://github.com/ruby/prism/pull/4187).
 */
export class Syntax {
  readonly text: string;
  /** Every node, parents before children, in source order among siblings. */
  readonly nodes: readonly Node[];
  /** Comments, in source order. */
  readonly comments: readonly Location[];
  private lines: readonly string[] | null = null;
  private readonly parents = new Map<Node, Node>();
  private readonly positions: Utf16Positions;

  constructor(parsed: ParsedRuby) {
    this.text = parsed.text;
    this.comments = parsed.comments;
    this.positions = new Utf16Positions(parsed.text);
    this.nodes = descendants(parsed.program, (child, parent) => this.parents.set(child, parent));
  }

  parentOf(node: Node): Node | null {
    return this.parents.get(node) ?? null;
  }

  /** From the parent outwards. */
  *ancestorsOf(node: Node): Generator<Node> {
    for (let up = this.parents.get(node); up; up = this.parents.get(up)) yield up;
  }

  sourceOf(location: Location): string {
    return this.sourceBetween(location.startOffset, location.startOffset + location.length);
  }

  /** Offsets in bytes, as Prism gives them. */
  sourceBetween(start: number, end: number): string {
    return this.text.slice(this.positions.unitAt(start), this.positions.unitAt(end));
  }

  rangeOf(location: Location): TextRange {
    return this.rangeBetween(location.startOffset, location.startOffset + location.length);
  }

  rangeBetween(start: number, end: number): TextRange {
    return { start: this.positions.positionAt(start), end: this.positions.positionAt(end) };
  }

  /** 1-based, as profiles count. */
  lineOf(location: Location): number {
    return this.positions.lineAt(location.startOffset) + 1;
  }

  /** A 0-based line without its line end. */
  lineText(line: number): string {
    this.lines ??= this.text.split(/\r?\n/);
    return this.lines[line] ?? '';
  }

  /** Line end of the text. */
  get newline(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** Offsets in bytes. */
  hasCommentBetween(start: number, end: number): boolean {
    return this.comments.some((comment) => comment.startOffset < end && endOf(comment) > start);
  }
}

/** The node and everything under it, parents first. `enter` sees each child with its parent; false leaves a subtree out. */
export function descendants(root: Node, enter: (child: Node, parent: Node) => unknown): Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node);
    const children = node.childNodes();
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child && enter(child, node) !== false) stack.push(child);
    }
  }
  return found;
}

export function endOf(location: Location): number {
  return location.startOffset + location.length;
}
