import type { Fix } from '../../ruby/pattern';
import { SETTING, type StartPlace, setsAllocator, startedBy, VALUE } from './startPlace';
import { indentOf, insertBelow, linesOf, newlineOf, rangeOfLine } from './textLines';

/**
 * Where the services of a compose file start the application. Read by its lines: only YAML in blocks, as such files are written;
 * other shapes have no services here.
 */
export function composeStarts(text: string): StartPlace[] {
  const lines = linesOf(text);
  if (lines.some((line) => /^ *\t/.test(line))) return [];
  const top = childrenOf(lines, 0, lines.length).find(({ key }) => key === 'services');
  if (top === undefined) return [];
  const elsewhere = setsAllocator([...lines.slice(0, top.line), ...lines.slice(top.end)].join('\n'));
  return childrenOf(lines, top.line + 1, top.end).flatMap((service): StartPlace[] => {
    const keys = childrenOf(lines, service.line + 1, service.end);
    const command = keys.find(({ key }) => key === 'command') ?? keys.find(({ key }) => key === 'entrypoint');
    const source = (entry: Entry): string => lines.slice(entry.line, entry.end).join('\n');
    const runs = command === undefined ? null : startedBy(source(command));
    if (command === undefined || runs === null) return [];
    const usesAlias = /[\s:]\*\w/.test(source(service));
    return [
      {
        range: rangeOfLine(lines, command.line),
        runs,
        isSet: setsAllocator(source(service)) || (usesAlias && elsewhere),
        fix: environmentFix(lines, keys, command, text),
        note: null,
      },
    ];
  });
}

/** A key with its lines: from its own to the next of its depth. */
interface Entry {
  readonly key: string;
  /** Behind the colon, without a comment. */
  readonly value: string;
  readonly line: number;
  readonly end: number;
  readonly indent: number;
}

/** The keys of a block mapping between two lines; empty when it is something else. */
function childrenOf(lines: readonly string[], from: number, to: number): Entry[] {
  const isText = (line: number): boolean => !/^\s*(?:#|$|---)/.test(lines[line]!);
  const own = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).filter(isText);
  const indent = own[0] === undefined ? 0 : indentOf(lines[own[0]]!);
  const at = own.filter((line) => indentOf(lines[line]!) === indent && !/^\s*-(?:\s|$)/.test(lines[line]!));
  return at.flatMap((line, index): Entry[] => {
    const [, key, value] = /^\s*["']?([\w.<-]+)["']?\s*:(?:\s+(.*))?$/.exec(lines[line]!) ?? [];
    if (key === undefined) return [];
    // What follows the last text line of a key, comments and blank lines, is the next one's.
    const next = at[index + 1] ?? to;
    const last = own.findLast((one) => one < next) ?? line;
    return [{ key, value: (value ?? '').replace(/(?:^|\s)#.*$/, '').trim(), line, end: last + 1, indent }];
  });
}

function environmentFix(lines: readonly string[], keys: readonly Entry[], command: Entry, text: string): Fix | null {
  const title = `Set ${SETTING}=${VALUE} for this service`;
  const newline = newlineOf(text);
  const environment = keys.find(({ key }) => key === 'environment');
  const pad = ' '.repeat(command.indent);
  if (environment === undefined) {
    // A key of its own would hide what a merged mapping brings.
    if (keys.some(({ key }) => key === '<<')) return null;
    const added = [`${pad}environment:`, `${pad}  ${SETTING}: "${VALUE}"`];
    return { title, edits: [insertBelow(lines, command.end - 1, added, newline)] };
  }
  const { value, line, end } = environment;
  const first = lines.slice(line + 1, end).find((one) => !/^\s*(?:#|$)/.test(one));
  if (!/^(?:&\w[\w-]*)?$/.test(value) || first === undefined) return null;
  const indent = ' '.repeat(indentOf(first));
  const entry = /^\s*- /.test(first) ? `- ${SETTING}=${VALUE}` : `${SETTING}: "${VALUE}"`;
  return { title, edits: [insertBelow(lines, end - 1, [`${indent}${entry}`], newline)] };
}
