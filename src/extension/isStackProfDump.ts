import { constants, gunzipSync } from 'node:zlib';

/** Names of StackProf's first keys, as Marshal writes symbols: `:`, their length + 5, the name. */
const firstKeys = ['version', 'mode', 'interval'];

/** Whether a file begins as StackProf's Marshal dumps do, gzipped or not. `head`: its first bytes, some hundred. */
export function isStackProfDump(head: Uint8Array): boolean {
  const bytes = head[0] === 0x1f && head[1] === 0x8b ? unpacked(head) : head;
  // Marshal 4.8, a hash.
  if (bytes[0] !== 0x04 || bytes[1] !== 0x08 || bytes[2] !== 0x7b) return false;
  const text = Buffer.from(bytes).toString('latin1');
  return firstKeys.every((key) => text.includes(`:${String.fromCharCode(key.length + 5)}${key}`));
}

/** The start of a stream that was cut; nothing of one that is broken. */
function unpacked(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}
