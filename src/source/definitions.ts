import type { Profile, StringIndex } from '../profile/profile';

/** A method or class body of one file as the profile knows it. */
export interface CapturedDefinition {
  /** Frame name as recorded: `Balance::Materializer#persist_balances`, `<class:Balance>`. */
  readonly name: string;
  /** 1-based line of its first line at capture. */
  readonly line: number;
}

/** The definitions of every file of a profile, each sorted by line; frames without a line are left out. */
export function capturedDefinitions(profile: Profile): Map<StringIndex, CapturedDefinition[]> {
  const byFile = new Map<StringIndex, CapturedDefinition[]>();
  const { frames, strings } = profile;
  for (let frame = 0; frame < frames.length; frame++) {
    const line = frames.line[frame]!;
    if (line <= 0) continue;
    const file = frames.file[frame]!;
    const definition = { name: strings[frames.name[frame]!]!, line };
    const known = byFile.get(file);
    if (known) known.push(definition);
    else byFile.set(file, [definition]);
  }
  for (const definitions of byFile.values()) definitions.sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
  return byFile;
}

/** What of a definition can be found again in text. Null: blocks, templates and scripts, whose lines tell nothing. */
export type Target =
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'body'; readonly constant: string }
  | null;

/** `Foo::Bar#baz=` -> method `baz=`; `<class:Bar>` -> body `Bar`; `block in Foo#bar`, `<main>`, `#_app_views_..._erb__1_2` -> null. */
export function targetOf(name: string): Target {
  const body = /^<(?:class|module):(\w+)>$/.exec(name);
  if (body) return { kind: 'body', constant: body[1]! };
  if (/^(?:block|rescue|ensure) |^</.test(name)) return null;
  const method = /(?:^|[#.])([^#.:\s<>]+|<=>|<=?|>=?|<<|>>)$/.exec(name)?.[1];
  // Rails compiles a template into a method named after its path.
  if (!method || /^_.*_(?:erb|haml|slim|builder|ruby)__/.test(method)) return null;
  return { kind: 'method', method };
}

/** Whether the line opens exactly this target: `def persist_balances`, `def self.call`, `class Balance`. */
export function opens(line: string, target: NonNullable<Target>): boolean {
  if (target.kind === 'body') {
    return new RegExp(`^\\s*(?:class|module)\\s+(?:\\w+::)*${target.constant}(?!\\w|::)`).test(line);
  }
  const name = escapeRegExp(target.method);
  const end = /\w$/.test(target.method) ? '(?![\\w?!]|=(?![=~>])(?=\\s*\\())' : '';
  return new RegExp(`(?:^|[^\\w.:])def\\s+(?:[\\w:@]+\\.)?${name}${end}`).test(line);
}

/**
 * Whether line `line` (1-based) of `lines` may be the target's first line. Wide on purpose: methods also come from
 * `define_method`, `delegate`, `scope`, `class_eval` with a string, and those may span lines.
 */
export function mayOpen(lines: readonly string[], line: number, target: NonNullable<Target>): boolean {
  const text = lines[line - 1];
  if (text === undefined) return false;
  if (opens(text, target)) return true;
  if (target.kind === 'body') return /\b(?:Class|Module|Struct)\.new\b|\bData\.define\b/.test(text);
  if (makesMethods(text)) return true;
  if (!/\bdef\b/.test(text) && mentions(text, target.method)) return true;
  // `class_eval <<~RUBY, __FILE__, __LINE__` without `+ 1` is one line off; a call's first argument may stand below it.
  return [lines[line - 2], lines[line]].some((near) => near !== undefined && /_eval\b|define_\w*method/.test(near));
}

/** Whether a line makes methods by other means than a plain `def`. */
export function makesMethods(text: string): boolean {
  return /define_\w*method|_eval\b|\bdef\s+#\{|->|\b(?:lambda|proc|attr_\w+)\b/.test(text);
}

/** Whether the text has the name as a word, a symbol or a string. */
export function mentions(text: string, method: string): boolean {
  const bare = method.replace(/[=?!]$/, '');
  return /^\w+$/.test(bare) ? new RegExp(`(?<!\\w)${bare}(?!\\w)`).test(text) : text.includes(method);
}

/** How many of the definitions stand where the text has them; the measure for "is this the profiled file?". */
export function countFitting(definitions: readonly CapturedDefinition[], text: string): number {
  const lines = text.split('\n');
  let fitting = 0;
  for (const { name, line } of definitions) {
    const target = targetOf(name);
    if (target && opens(lines[line - 1] ?? '', target)) fitting++;
  }
  return fitting;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
