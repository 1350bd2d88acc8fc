/**
 * What has to change in a Gemfile so that the gem is installed where the worker runs, and what takes that change back. A comment
 * above the line says what was done, so that it can be taken back anywhere, also after a commit.
 */
import { CallNode, type Node, StringNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { insertAt } from '../ruby/edits';
import {
  firstCommentAbove,
  type GemEntry,
  gemEntries,
  gemName,
  groupArguments,
  groupBlocks,
  leaveGroups,
} from '../ruby/gemfile';
import type { ParsedRuby } from '../ruby/parseRuby';
import { indentOf, lineIndent } from '../ruby/statements';
import { endOf, Syntax } from '../ruby/syntax';
import type { TextEdit, TextPosition } from '../ruby/textRange';

export type GemfileChange =
  /** What the edits do, in words. */
  | { readonly kind: 'edit'; readonly edits: readonly TextEdit[]; readonly what: string }
  /** Nothing to do; a sentence where the user may want to know more. */
  | { readonly kind: 'there'; readonly note: string | null }
  /** Not understood: why, and what to do by hand. */
  | { readonly kind: 'refused'; readonly why: string };

export interface WantedGem {
  readonly name: string;
  /** `>= 0.2.26`. */
  readonly requirement: string;
}

const marker = '# For allocation capture';

/** The edit that has the gem installed in production. `parsed` is null for text that Prism cannot take. */
export function addGem(parsed: ParsedRuby | null, gem: WantedGem): GemfileChange {
  if (parsed === null || parsed.errors > 0) return refused(gem, 'The Gemfile has a syntax error');
  const syntax = new Syntax(parsed);
  const entries = gemEntries(syntax, gem.name);
  const certain = entries.filter(({ isCertain }) => isCertain);
  if (certain.some(({ groups }) => groups.length === 0)) return { kind: 'there', note: null };
  const [entry, ...others] = entries;
  if (entry === undefined) return listGem(gem, syntax);
  if (others.length > 0) return refused(gem, `The Gemfile lists ${gem.name} more than once`);
  if (!entry.isCertain) return refused(gem, `Whether the Gemfile lists ${gem.name} depends on a condition`);
  if (entry.groups.includes('?')) return refused(gem, `The groups of ${gem.name} in the Gemfile cannot be read`);
  const elsewhere = entry.groups.filter((name) => name !== 'development' && name !== 'test');
  if (elsewhere.length > 0) return { kind: 'there', note: installedWith(gem, elsewhere) };
  const edits = leaveGroups(entry, syntax, `${marker}; was in ${formerPlace(entry, syntax)}.`);
  if (edits === null) return refused(gem, `Other code or a comment shares the lines of ${gem.name} in the Gemfile`);
  return { kind: 'edit', edits, what: `${gem.name} leaves the group ${entry.groups.join(', ')}` };
}

/** The edit that takes back what `addGem` did. A line that it did not write stays. */
export function removeGem(parsed: ParsedRuby | null, gem: WantedGem): GemfileChange {
  if (parsed === null || parsed.errors > 0) {
    return { kind: 'refused', why: `The Gemfile has a syntax error, so the line of ${gem.name} was left alone.` };
  }
  const syntax = new Syntax(parsed);
  for (const { call } of gemEntries(syntax, gem.name)) {
    const lines = markedLines(call, syntax);
    if (lines === null) continue;
    const { former } = lines;
    const edits = !hasItsLines(call, syntax)
      ? null
      : former === null
        ? [dropLines(lines.first, lines.last, syntax)]
        : putBack(call, lines, former, syntax);
    if (edits === null) {
      return {
        kind: 'refused',
        why: `The line of ${gem.name} in the Gemfile was changed since: take it back by hand.`,
      };
    }
    const what = former === null ? `${gem.name} leaves the Gemfile` : `${gem.name} goes back to ${former}`;
    return { kind: 'edit', edits, what };
  }
  return { kind: 'there', note: null };
}

function refused({ name, requirement }: WantedGem, reason: string): GemfileChange {
  return { kind: 'refused', why: `${reason}: see to it yourself that gem "${name}", "${requirement}" is in no group.` };
}

function installedWith({ name }: WantedGem, groups: readonly string[]): string {
  return `${name} is in the group ${groups.join(', ')} of the Gemfile: the worker has to install that group.`;
}

/** Where a gem stands, so that `putBack` finds it again: `group :development, :test` or `group: :test`. */
function formerPlace({ blocks, option }: GemEntry, syntax: Syntax): string {
  if (option !== null) return oneLine(syntax.sourceOf(option.location));
  return blocks
    .map((block) => `group ${oneLine(groupArguments(block, syntax))}`)
    .reverse()
    .join(', ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A line for a gem that is not there yet: below Sidekiq's, or the last one that stands in no block. */
function listGem(gem: WantedGem, syntax: Syntax): GemfileChange {
  if (syntax.nodes.some((node) => isNamed(node, gem.name))) {
    return refused(gem, `The Gemfile names ${gem.name} in a way that is not understood`);
  }
  const other = syntax.nodes.find((node) => node instanceof CallNode && takesFromElsewhere(node));
  if (other instanceof CallNode) return refused(gem, `The Gemfile takes gems from elsewhere too (${other.name})`);
  const listed = syntax.nodes.filter((node) => node instanceof CallNode && isPlainGem(node, syntax));
  const sidekiq = gemEntries(syntax, 'sidekiq').find(({ call }) => listed.includes(call))?.call;
  const above = sidekiq ?? listed.at(-1);
  if (above === undefined && /^__END__\r?$/m.test(syntax.text)) return refused(gem, 'The Gemfile lists no gem');
  const quote = usesSingleQuotes(syntax) ? "'" : '"';
  // Loaded only to record.
  const line = `gem ${quote}${gem.name}${quote}, ${quote}${gem.requirement}${quote}, require: false`;
  const { newline } = syntax;
  const what = `${gem.name} is added`;
  if (above !== undefined) {
    const end = endOfLine(syntax.rangeOf(above.location).end.line, syntax);
    const newText = `${newline}${marker}.${newline}${line}`;
    return { kind: 'edit', edits: [{ range: { start: end, end }, newText }], what };
  }
  const open = syntax.text === '' || syntax.text.endsWith('\n') ? '' : newline;
  const edit = insertAt(
    new TextEncoder().encode(syntax.text).length,
    `${open}${marker}.${newline}${line}${newline}`,
    syntax,
  );
  return { kind: 'edit', edits: [edit], what };
}

/** A gem that stands in no block and in no condition, its line being its own. */
function isPlainGem(call: CallNode, syntax: Syntax): boolean {
  // Around it: a list of statements, and the program.
  const depth = [...syntax.ancestorsOf(call)].length;
  return gemName(call) !== null && depth === 2 && hasItsLines(call, syntax);
}

/** Whether nothing but a comment shares the lines of a call. */
function hasItsLines(call: CallNode, syntax: Syntax): boolean {
  const { end } = syntax.rangeOf(call.location);
  return indentOf(call, syntax) !== null && /^\s*(?:#|$)/.test(syntax.lineText(end.line).slice(end.character));
}

/** A string, symbol or word of a list. */
function isNamed(node: Node, name: string): boolean {
  return (node instanceof StringNode || node instanceof SymbolNode) && node.unescaped.value === name;
}

const readers: ReadonlySet<string> = new Set(['eval_gemfile', 'eval', 'instance_eval', 'gemspec']);

function takesFromElsewhere({ name, receiver }: CallNode): boolean {
  return readers.has(name) && (receiver === null || name === 'instance_eval');
}

function usesSingleQuotes(syntax: Syntax): boolean {
  const quotes = syntax.nodes.flatMap((node) => {
    const gem = node instanceof CallNode && node.name === 'gem' ? node.arguments_?.arguments_[0] : undefined;
    return gem instanceof StringNode && gem.openingLoc !== null ? [syntax.sourceOf(gem.openingLoc)] : [];
  });
  return quotes.filter((quote) => quote === "'").length * 2 > quotes.length;
}

interface MarkedLines {
  /** 0-based, both inclusive: the comment that `addGem` wrote, the gem's own comments, the gem. */
  readonly first: number;
  readonly last: number;
  /** Where the gem was before; null when it was added. */
  readonly former: string | null;
}

/** The lines that `addGem` wrote for a gem; null when there is no comment of its above. */
function markedLines(call: CallNode, syntax: Syntax): MarkedLines | null {
  const { start, end } = syntax.rangeOf(call.location);
  for (let line = start.line - 1; line >= firstCommentAbove(start.line, syntax); line--) {
    const comment = syntax.lineText(line).trim();
    if (!comment.startsWith(marker)) continue;
    return { first: line, last: end.line, former: /; was in (.+)\.$/.exec(comment)?.[1] ?? null };
  }
  return null;
}

/** Whole lines; at the end of the text, which may have no last newline, with the line end before them. */
function dropLines(first: number, last: number, syntax: Syntax): TextEdit {
  const isAtEnd = last + 1 >= syntax.text.split('\n').length;
  if (!isAtEnd) return { range: { start: startOf(first), end: startOf(last + 1) }, newText: '' };
  const start = first === 0 ? startOf(0) : endOfLine(first - 1, syntax);
  return { range: { start, end: endOfLine(last, syntax) }, newText: '' };
}

function startOf(line: number): TextPosition {
  return { line, character: 0 };
}

function endOfLine(line: number, syntax: Syntax): TextPosition {
  return { line, character: syntax.lineText(line).length };
}

/** Back into its group: as an option, or at the end of the group's block, which is made anew where it is gone. */
function putBack(call: CallNode, lines: MarkedLines, former: string, syntax: Syntax): readonly TextEdit[] | null {
  if (!former.startsWith('group ')) return putOptionBack(call, lines, former, syntax);
  const names = former.slice('group '.length);
  if (names.includes(', group ')) return null;
  const { newline } = syntax;
  const count = lines.last - lines.first;
  const own = Array.from({ length: count }, (_, index) => `  ${syntax.lineText(lines.first + 1 + index)}${newline}`);
  const group = groupBlocks(syntax).find(
    (block) => oneLine(groupArguments(block, syntax)) === names && isOpen(block, syntax),
  );
  if (group === undefined) {
    const indent = lineIndent(call, syntax);
    const newText = `${indent}group ${names} do${newline}${own.join('')}${indent}end`;
    return [{ range: { start: startOf(lines.first), end: endOfLine(lines.last, syntax) }, newText }];
  }
  const close = syntax.rangeOf(group.location).end.line;
  // The empty line between the two was put there with the gem.
  const hasBlank = close === lines.first - 2 && syntax.lineText(lines.first - 1).trim() === '';
  const gone = hasBlank
    ? { range: { start: endOfLine(close, syntax), end: endOfLine(lines.last, syntax) }, newText: '' }
    : dropLines(lines.first, lines.last, syntax);
  return [{ range: { start: startOf(close), end: startOf(close) }, newText: own.join('') }, gone];
}

/** `group … do` over several lines, with its `end` at the start of one. */
function isOpen(group: CallNode, syntax: Syntax): boolean {
  const { start, end } = syntax.rangeOf(group.location);
  return start.line < end.line && /^\s*end\b/.test(syntax.lineText(end.line));
}

function putOptionBack(call: CallNode, lines: MarkedLines, option: string, syntax: Syntax): readonly TextEdit[] {
  const last = call.arguments_?.arguments_.at(-1)?.location ?? call.location;
  return [
    { range: { start: startOf(lines.first), end: startOf(lines.first + 1) }, newText: '' },
    insertAt(endOf(last), `, ${option}`, syntax),
  ];
}
