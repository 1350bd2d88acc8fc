import type { Node } from '@ruby/prism/src/nodes.js';
import type { MatchContext } from './matchContext';
import type { Syntax } from './syntax';
import type { TextEdit, TextRange } from './textRange';
import type { VersionRange } from './versions';
import type { Witness } from './witness';

/**
 * What falls when the rewrite is made. `objects`: their number. `bytes`: the same number, smaller or fewer large ones.
 * `peak`: live memory at once. `none`: nothing that the code allocates (configuration). A new profile in object mode shows only
 * the first.
 */
export type Gain = 'objects' | 'bytes' | 'peak' | 'none';

/** `safe`: same result for whatever reaches the line. `review`: an edit with a condition to check. `advice`: no edit. */
export type Safety = 'safe' | 'review' | 'advice';

/** How loud a finding may become; its share decides below that. */
export type Severity = 'warning' | 'information' | 'hint';

export type Section = 'active-record' | 'ruby' | 'job';

/** Which of the line's objects the rewrite saves. */
export type Saving =
  /** Share of the line's objects that stay, as measured on the pattern's cases; 0 to 1. */
  | { readonly left: number }
  /** All that the line's calls of these methods allocate, with everything under them; with `beside`, only where it calls those too. */
  | { readonly calls: RegExp; readonly beside?: RegExp }
  /** What the methods that the line calls allocate themselves, without the blocks they run. */
  | { readonly made: RegExp }
  /** All that is allocated by and under methods of these names, anywhere under the line. */
  | { readonly beneath: RegExp }
  /** What the line allocates itself. */
  | { readonly own: true }
  /** A part (0 to 1) of all these together, where other expressions of the line make the rest. */
  | { readonly all: readonly Saving[]; readonly part: number };

export interface Fix {
  readonly title: string;
  /** Atomic, not overlapping. */
  readonly edits: readonly FileEdit[];
}

export interface FileEdit extends TextEdit {
  /** Local path of the file to change; left out: the finding's. */
  readonly path?: string;
}

/** Another place that the finding speaks of. */
export interface Related {
  /** Local path; left out: the finding's own file. */
  readonly file?: string;
  readonly range: TextRange;
  readonly message: string;
}

/** A known cause of allocation: what is said of it, and how it is found. One file per pattern in `patterns/`. */
export interface Pattern {
  /** Closed set; also the diagnostic's code and the name of the page `docs/findings/ID.md`. */
  readonly id: string;
  readonly section: Section;
  /** The finding in one phrase. */
  readonly title: string;
  /** Why it costs and what the rewrite gains. */
  readonly explanation: string;
  readonly gain: Gain;
  /** Ruby versions on which the gain is another one. */
  readonly gainOn: { readonly ruby: VersionRange; readonly gain: Gain } | null;
  /** For the estimate; null when it is not about the number of objects. */
  readonly saving: Saving | null;
  /** The best class the pattern reaches; a match may be lower. */
  readonly safety: Safety;
  readonly severity: Severity;
  /** Demanded of the profile, unless the match says what to demand. */
  readonly witnesses: readonly Witness[];
  /** True when it costs only once per row: in a loop by the text, or under an iterator by the profile. */
  readonly perRow: boolean;
  /** Objects of the whole method around, all its runs together, from which the finding says how many they are; null for never. */
  readonly methodObjects: number | null;
  /** `line`: only on lines that carry enough of the profile. `none`: wherever it stands (configuration). */
  readonly heat: 'line' | 'none';
  /** Versions outside of which there is no finding; null for all. */
  readonly ruby: VersionRange | null;
  readonly rails: VersionRange | null;
  /** Further reading: addresses of documentation. */
  readonly links: readonly string[];
  readonly nodeClasses: readonly NodeClass[];
  /** Method names for call nodes; null for nodes that have none. */
  readonly names: ReadonlySet<string> | null;
  /** Looks at one node; `nodeClasses`, `names` and versions are checked before. */
  readonly match: (node: Node, syntax: Syntax, context: MatchContext) => Match | null;
}

/** What is said of a cause, whatever finds it. */
export type Cause = Omit<Pattern, 'nodeClasses' | 'names' | 'match'>;

/** What a pattern says of a place. Left-out fields are the pattern's own. */
export interface Match {
  /** The place to underline; starts on the line of the method's name. */
  readonly range: TextRange;
  /** 1-based lines whose samples are evidence: those Ruby charges the calls to. Left out: the line of `range`. */
  readonly lines?: readonly number[];
  /** The node whose calls are the witnesses, when it stands in other blocks than the node matched. */
  readonly site?: Node;
  /** True when the text alone makes the receiver likely; otherwise only a witness counts. */
  readonly likely?: boolean;
  /** Lower than the pattern's; `fixes` empty is `advice` anyway. */
  readonly safety?: Safety;
  readonly gain?: Gain;
  readonly saving?: Saving | null;
  /** In place of the pattern's. */
  readonly witnesses?: readonly Witness[];
  /** In place of "stands in a loop": `true` when the text proves repetition otherwise, `false` when it disproves it. */
  readonly inLoop?: boolean;
  /** Why there is no edit, or the condition to check; sentences, or null. */
  readonly note?: string | null;
  /** The preferred rewrite first; empty for advice. */
  readonly fixes: readonly Fix[];
  readonly related?: readonly Related[];
}

/** A line with the number of blocks around the place that are opened on the same line; see `siteOf` in `sites.ts`. */
export interface Site {
  /** 1-based. */
  readonly line: number;
  readonly depth: number;
}

/** A match with its pattern: a place that could be rewritten, if a profile says it matters. */
export interface Candidate {
  readonly pattern: Pattern;
  readonly range: TextRange;
  readonly sites: readonly Site[];
  /** Whether it stands in a loop of its own method. */
  readonly inLoop: boolean;
  readonly likely: boolean;
  /**
   * What the node is called on: its source and the offset of the block around it, in which its names mean the same. Null for
   * other nodes and calls without receiver.
   */
  readonly receiver: string | null;
  readonly safety: Safety;
  readonly gain: Gain;
  readonly saving: Saving | null;
  readonly witnesses: readonly Witness[];
  readonly note: string | null;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

export type NodeClass = abstract new (...args: never[]) => Node;

type Defaulted = 'gainOn' | 'saving' | 'witnesses' | 'perRow' | 'methodObjects' | 'heat' | 'ruby' | 'rails' | 'links';

/** The data of a pattern; what is left out is not demanded. */
export type PatternDefinition<C extends NodeClass> = Omit<Pattern, 'nodeClasses' | 'names' | 'match' | Defaulted> &
  Partial<Pick<Pattern, Defaulted>> & {
    readonly names: readonly string[] | null;
    readonly match: (node: InstanceType<C>, syntax: Syntax, context: MatchContext) => Match | null;
  };

/** A pattern for one class of node or several, typed by them. */
export function definePattern<C extends NodeClass>(
  nodeClass: C | readonly C[],
  definition: PatternDefinition<C>,
): Pattern {
  const nodeClasses: readonly C[] = isList(nodeClass) ? nodeClass : [nodeClass];
  const isWanted = (node: Node): node is InstanceType<C> => nodeClasses.some((one) => node instanceof one);
  return {
    gainOn: null,
    saving: null,
    witnesses: [],
    perRow: false,
    methodObjects: null,
    heat: 'line',
    ruby: null,
    rails: null,
    links: [],
    ...definition,
    nodeClasses,
    names: definition.names && new Set(definition.names),
    match: (node, syntax, context) => (isWanted(node) ? definition.match(node, syntax, context) : null),
  };
}

function isList<C>(value: C | readonly C[]): value is readonly C[] {
  return Array.isArray(value);
}
