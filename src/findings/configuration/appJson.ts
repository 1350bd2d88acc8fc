import type { Fix } from '../../ruby/pattern';
import type { TextEdit, TextPosition } from '../../ruby/textRange';
import { herokuNote, SETTING, type StartPlace, VALUE } from './startPlace';
import { linesOf, newlineOf, rangeOfLine } from './textLines';

/** Heroku's `app.json`: review apps and new apps get their variables there. Null for other files of that name, as Expo's. */
export function appJsonStart(text: string): StartPlace | null {
  const app = parsed(text);
  const keys = app === null ? [] : Object.keys(app);
  const isHeroku = keys.some((key) => /^(?:formation|buildpacks|addons|env|environments|stack|scripts)$/.test(key));
  if (!isHeroku || keys.includes('expo')) return null;
  const lines = linesOf(text);
  const env = openingOf(text, 'env');
  const line = env === null ? 0 : positionAt(text, env).line;
  return {
    range: rangeOfLine(lines, line),
    runs: 'server',
    isSet: /MALLOC_ARENA_MAX|jemalloc/.test(text),
    fix: environmentFix(text, env, keys),
    note: herokuNote,
  };
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function environmentFix(text: string, env: number | null, keys: readonly string[]): Fix | null {
  if (env === null && keys.includes('env')) return null;
  const newline = newlineOf(text);
  const unit = /^\{\s*\n([ \t]+)"/.exec(text.replace(/\r/g, ''))?.[1] ?? '  ';
  const entry = `"${SETTING}": "${VALUE}"`;
  const made =
    env === null
      ? insertAfter(
          text,
          text.indexOf('{'),
          `${newline}${unit}"env": {${newline}${unit}${unit}${entry}${newline}${unit}}`,
        )
      : insertAfter(text, env, `${newline}${unit}${unit}${entry}`, `${newline}${unit}`);
  return { title: `Set ${SETTING}=${VALUE} in env`, edits: [made] };
}

/** Puts text behind an opening brace: with a comma when something follows, else with `end` before the closing one. */
function insertAfter(text: string, brace: number, added: string, end = ''): TextEdit {
  const rest = /^(\s*)([^\s])/.exec(text.slice(brace + 1));
  const at = positionAt(text, brace + 1);
  const isEmpty = rest?.[2] === '}';
  const to = isEmpty ? positionAt(text, brace + 1 + rest![1]!.length) : at;
  return { range: { start: at, end: to }, newText: isEmpty ? added + end : `${added},` };
}

/** Offset of the brace that opens the object of a top-level key, or null. */
function openingOf(text: string, wanted: string): number | null {
  let depth = 0;
  for (const token of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:\s*\{)?|[{}[\]]/g)) {
    const [whole, name, opens] = token;
    if (name === undefined) depth += whole === '{' || whole === '[' ? 1 : -1;
    else if (opens !== undefined) {
      if (depth === 1 && name === wanted) return token.index + whole.length - 1;
      depth++;
    }
  }
  return null;
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, character: offset - start };
}
