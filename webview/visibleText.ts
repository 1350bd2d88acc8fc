/**
 * Names in a profile come from a file anybody may have written: they may hold control characters, marks that turn the
 * direction of writing, or 100 kB of text. What is drawn or shown goes through here; nothing of it is ever HTML.
 */

/** Longest text that a single element or box shows; the tooltip of a name has the same bound. */
export const longestShown = 400;

/** Ruby has methods without a name (`define_method` with one that is blank, anonymous frames); they still need a word. */
export function nameOrNone(name: string): string {
  return name.trim() === '' ? '(no name)' : name;
}

/** Control characters (C0, DEL, C1), direction marks, zero-width characters, line and paragraph separators, byte order mark. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text with every invisible character as a visible symbol (`\n` as `␊`, a right-to-left override as `‹U+202E›`, half a
 * surrogate pair as `�`), cut to `limit` UTF-16 units with an ellipsis.
 */
export function visibleText(text: string, limit = longestShown): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return cut.replace(invisible, symbolOf);
}

function symbolOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
