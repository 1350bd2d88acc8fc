/** Writes the text of a JSON string (without its quotes) as UTF-8 and answers with its length; never longer than the string. */
export function unescapeJson(bytes: Uint8Array, from: number, to: number, into: Uint8Array): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x5c || at + 1 >= to) {
      into[length++] = byte;
      continue;
    }
    const escaped = bytes[++at]!;
    if (escaped === 0x75) {
      const code = hex(bytes, at + 1, Math.min(to, at + 5));
      at += 4;
      length = writeUtf8(code, into, length);
    } else into[length++] = SHORT[escaped] ?? escaped;
  }
  return length;
}

const SHORT: Readonly<Record<number, number>> = { 110: 10, 116: 9, 114: 13, 98: 8, 102: 12 };

function hex(bytes: Uint8Array, from: number, to: number): number {
  let code = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    const digit = byte <= 57 ? byte - 48 : (byte | 0x20) - 87;
    code = (code << 4) | (digit & 15);
  }
  return code;
}

/** Halves of surrogate pairs stay halves: names are compared as bytes, and such bytes decode as U+FFFD. */
function writeUtf8(code: number, into: Uint8Array, at: number): number {
  if (code < 0x80) {
    into[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    into[at] = 0xc0 | (code >> 6);
    into[at + 1] = 0x80 | (code & 63);
    return at + 2;
  }
  into[at] = 0xe0 | (code >> 12);
  into[at + 1] = 0x80 | ((code >> 6) & 63);
  into[at + 2] = 0x80 | (code & 63);
  return at + 3;
}
