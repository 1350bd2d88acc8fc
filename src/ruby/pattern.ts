import type { Node } from '@ruby/prism/src/nodes.js';
import type { Syntax } from './syntax';
import type { TextEdit, TextRange } from './textRange';

/** What falls when the rewrite is made. `peak`: live memory at once; the number of objects stays, and so does object mode's picture. */
export type Gain = 'objects' | 'bytes' | 'peak';

/** `safe`: same result for whatever reaches the line. `review`: an edit with a condition to check. `advice`: no edit. */
export type Safety = 'safe' | 'review' | 'advice';

export interface Fix {
  readonly title: string;
  /** Atomic, not overlapping. */
  readonly edits: readonly TextEdit[];
}

/** The frames that prove what the receiver is. Ruby text has no types; a callee under the line does. */
export interface Witness {
  /** Names of methods called by the line itself. */
  readonly called: RegExp;
  /** Names of methods that must run somewhere under such a call. */
  readonly beneath: RegExp;
}

/** A known cause of allocation: what is said of it, and how it is found. One file per pattern in `patterns/`. */
export interface Pattern {
  /** Closed set; also the diagnostic's code and the name of the page `docs/findings/ID.md`. */
  readonly id: string;
  /** The finding in one phrase. */
  readonly title: string;
  readonly explanation: string;
  readonly gain: Gain;
  /** The best class the pattern reaches; a match may be lower. */
  readonly safety: Safety;
  readonly witness: Witness;
  /** Looks at one node; `nodeClass` and `names` are checked before. */
  readonly match: (node: Node, syntax: Syntax) => Match | null;
  readonly nodeClass: NodeClass;
  /** Method names for call nodes; null for nodes that have none. */
  readonly names: ReadonlySet<string> | null;
}

/** What a pattern says of a place. */
export interface Match {
  /** The place to underline. */
  readonly range: TextRange;
  /** 1-based lines whose samples are evidence: the lines Ruby charges the calls to. */
  readonly lines: readonly number[];
  /** True when the text alone makes the receiver likely; otherwise only a witness on this very line counts. */
  readonly likely: boolean;
  /** Why there is no edit, or the condition to check; a sentence, or null. */
  readonly note: string | null;
  /** The preferred rewrite first; empty for advice. */
  readonly fixes: readonly Fix[];
}

/** A match with its pattern: a place that could be rewritten, if a profile says it matters. */
export interface Candidate extends Match {
  readonly pattern: Pattern;
}

export type NodeClass = abstract new (...args: never[]) => Node;

/** A pattern for one class of node, typed by it. */
export function definePattern<N extends Node>(
  nodeClass: abstract new (...args: never[]) => N,
  definition: Omit<Pattern, 'nodeClass' | 'names' | 'match'> & {
    readonly names: readonly string[] | null;
    readonly match: (node: N, syntax: Syntax) => Match | null;
  },
): Pattern {
  return {
    ...definition,
    nodeClass,
    names: definition.names && new Set(definition.names),
    match: (node, syntax) => (node instanceof nodeClass ? definition.match(node, syntax) : null),
  };
}
