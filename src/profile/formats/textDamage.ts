/**
 * What a transfer as text has done to a Marshal dump, by its first bytes, with advice; null when they look untouched.
 * Frame ids alone put hundreds of bytes above 127 and some line ends into the first 4 KB of a dump.
 */
export function textDamage(head: Uint8Array): string | null {
  if (isAllUtf8(head)) {
    return 'The file was converted as text on its way; fetch it again as it is (binary, without a change of encoding).';
  }
  if (hasOnlyWindowsLineEnds(head)) {
    return 'The line ends of the file were converted on its way; fetch it again as it is (binary).';
  }
  return null;
}

const MIN_WIDE_BYTES = 8;
const MIN_LINE_ENDS = 2;

function isAllUtf8(head: Uint8Array): boolean {
  let wide = 0;
  for (const byte of head) if (byte >= 0x80) wide++;
  if (wide < MIN_WIDE_BYTES) return false;
  try {
    // `stream`: the head may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function hasOnlyWindowsLineEnds(head: Uint8Array): boolean {
  let ends = 0;
  for (let at = 1; at < head.length; at++) {
    if (head[at] !== 0x0a) continue;
    if (head[at - 1] !== 0x0d) return false;
    ends++;
  }
  return ends >= MIN_LINE_ENDS;
}
