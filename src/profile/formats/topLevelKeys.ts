/**
 * Keys of the outermost object of JSON text that may be cut anywhere, with the first characters of their values where
 * these are strings (else the empty string). Reads shapes only; what is not JSON gives what it gives.
 */
export function topLevelKeys(json: Uint8Array): Map<string, string> {
  const keys = new Map<string, string>();
  let depth = 0;
  let key: string | null = null;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (byte === 0x22) {
      const end = stringEnd(json, at);
      const text = String.fromCharCode(...json.subarray(at + 1, Math.min(end, at + 1 + MAX_TEXT)));
      if (depth === 1 && key === null) keys.set((key = text), '');
      else if (depth === 1) keys.set(key!, text);
      at = end;
    } else if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c && depth === 1) key = null;
  }
  return keys;
}

const MAX_TEXT = 200;

function stringEnd(json: Uint8Array, open: number): number {
  let at = open + 1;
  while (at < json.length && json[at] !== 0x22) at += json[at] === 0x5c ? 2 : 1;
  return at;
}
