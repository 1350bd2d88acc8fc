import type { Problem } from '../problem';
import type { ProfileFormat } from '../profile';
import type { ByteWindow } from './byteWindow';

/** What follows the profile in the same file; null for nothing but white space (`stackprof --dump` ends with a newline). */
export async function trailingProblem(window: ByteWindow, format: ProfileFormat): Promise<Problem | null> {
  for (;;) {
    while (window.pos < window.end && isSpace(window.bytes[window.pos]!)) window.pos++;
    if (window.ended || window.unread > 1) break;
    await window.fill();
  }
  if (window.unread === 0) return null;
  const first = window.bytes[window.pos]!;
  const isProfile =
    format === 'stackprof-json' ? first === 0x7b : first === 0x04 && window.bytes[window.pos + 1]! <= 0x08;
  const offset = window.offset.toLocaleString('en');
  return isProfile
    ? { code: 'concatenated', message: `A second profile begins at byte ${offset}; only the first one is shown.` }
    : { code: 'trailing-data', message: `The profile ends at byte ${offset}; what follows in the file is not read.` };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
