import type { Fix } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import { readIgnored } from './ignored';

interface Cop {
  readonly name: string;
  /** Names that it flags where they are called. */
  readonly flags: RegExp;
}

/** https://docs.rubocop.org/rubocop-rails/cops_rails.html#railsskipsmodelvalidations; not the names that arrays have too. */
const cops: readonly Cop[] = [
  {
    name: 'Rails/SkipsModelValidations',
    flags: /\b(?:(?:insert|upsert|update|touch)_all\b|update_(?:column|columns|counters|attribute)\b|upsert\b)/,
  },
];

/**
 * RuboCop's cops that flag what a fix writes and did not flag what it replaces. None where a `rubocop:disable` comment
 * shows that the author has decided against the cop.
 */
export function contradictingCops(text: string, fix: Fix): string[] {
  const edits = fix.edits.filter(({ path }) => path === undefined);
  const replaced = edits.map(({ range }) => sliceOf(text, range)).join('\n');
  const disabled = readIgnored(text, 'rubocop');
  return cops
    .filter(({ name, flags }) => {
      const [department = name] = name.split('/');
      const isOff = (line: number): boolean => disabled.isIgnored(name, line) || disabled.isIgnored(department, line);
      return !flags.test(replaced) && edits.some((edit) => flags.test(edit.newText) && !isOff(edit.range.start.line));
    })
    .map(({ name }) => name);
}

function sliceOf(text: string, { start, end }: TextRange): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? start.character : 0, at === last ? end.character : line.length))
    .join('\n');
}
