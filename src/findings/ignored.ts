import type { TextEdit } from '../ruby/textRange';

/** What the comments of a text switch off. */
export interface Ignored {
  /** `line`: 0-based. `id`: a pattern's, `hot-line`, or a cop's name. */
  isIgnored(id: string, line: number): boolean;
}

/** Whose comments are read; RuboCop's say which of its cops the author has decided against. */
export type CommentTool = 'allocation-hotspots' | 'rubocop';

/** Stands for every pattern. */
const ALL = 'all';

/**
 * Reads the comments that switch findings off, written as RuboCop's are: at the end of a line for that line, on a line of
 * its own until `enable` or the end of the text. Several ids stand between commas, `all` is every pattern.
 *
 *     rows.each { |row| copy.merge(row) } # allocation-hotspots:disable merge-in-loop
 *
 *     # allocation-hotspots:disable keys-each, keys-size
 *     # allocation-hotspots:enable all
 */
export function readIgnored(text: string, tool: CommentTool = 'allocation-hotspots'): Ignored {
  if (!text.includes(`${tool}:`)) return { isIgnored: () => false };
  const lines = text.split('\n');
  const atLine = new Map<number, ReadonlySet<string>>();
  const blocks: Block[] = [];
  for (const [line, source] of lines.entries()) {
    const comment = commentIn(source, tool);
    if (comment === null) continue;
    const { verb, ids, isAlone } = comment;
    if (isAlone && verb === 'disable') for (const id of ids) blocks.push({ id, from: line, before: lines.length });
    else if (isAlone) endBlocks(blocks, ids, line);
    else if (verb === 'disable') atLine.set(line, new Set(ids));
  }
  return {
    isIgnored(id, line) {
      const here = atLine.get(line);
      if (here !== undefined && (here.has(id) || here.has(ALL))) return true;
      return blocks.some((block) => covers(block, id) && block.from <= line && line < block.before);
    },
  };
}

/**
 * The edit that ignores `id` on a 0-based line: one more id in its comment, or a comment at its end. Null when the comment
 * says so already. The caller sees to it that the end of the line is code: not inside a string, not after a `\`.
 */
export function ignoreHere(lineText: string, line: number, id: string): TextEdit | null {
  const source = lineText.replace(/\r?\n?$/, '');
  const comment = commentIn(source, 'allocation-hotspots');
  const isExtended = comment !== null && comment.verb === 'disable' && !comment.isAlone;
  if (isExtended && (comment.ids.includes(id) || comment.ids.includes(ALL))) return null;
  const character = isExtended ? comment.end : source.trimEnd().length;
  return {
    range: { start: { line, character }, end: { line, character: isExtended ? character : source.length } },
    newText: isExtended ? `, ${id}` : ` # allocation-hotspots:disable ${id}`,
  };
}

/** Lines `from` up to but not including `before`. */
interface Block {
  readonly id: string;
  readonly from: number;
  before: number;
}

/** `enable all` ends every block; `enable ID` does not reach into `disable all`, as with RuboCop. */
function endBlocks(blocks: readonly Block[], ids: readonly string[], line: number): void {
  for (const block of blocks) {
    if (block.before > line && (ids.includes(block.id) || ids.includes(ALL))) block.before = line;
  }
}

function covers(block: Block, id: string): boolean {
  return block.id === id || block.id === ALL;
}

interface IgnoreComment {
  readonly verb: 'disable' | 'enable';
  readonly ids: readonly string[];
  /** Nothing but the comment is on the line. */
  readonly isAlone: boolean;
  /** Character behind the last id. */
  readonly end: number;
}

const comments: Readonly<Record<CommentTool, RegExp>> = {
  'allocation-hotspots': /#\s*allocation-hotspots:(disable|enable)\s+([\w-]+(?:\s*,\s*[\w-]+)*)/,
  rubocop: /#\s*rubocop:(disable|enable)\s+([\w/]+(?:\s*,\s*[\w/]+)*)/,
};

function commentIn(source: string, tool: CommentTool): IgnoreComment | null {
  const found = comments[tool].exec(source);
  if (found === null) return null;
  const [whole, verb, ids = ''] = found;
  return {
    verb: verb === 'enable' ? 'enable' : 'disable',
    ids: ids.split(',').map((id) => id.trim()),
    isAlone: source.slice(0, found.index).trim() === '',
    end: found.index + whole.length,
  };
}
