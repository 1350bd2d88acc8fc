import type { ByteSource } from '../../src/profile/formats/byteSource';
import { jsonHead, jsonRuns } from './bigDump';
import { BigRecording } from './bigRecording';

/** A `--json` profile of at least `bytes`, made while it is read: one list of runs over and over, with figures to match. */
export function endlessJson(bytes: number): ByteSource {
  const recording = new BigRecording({ requests: 500 });
  const parts: string[] = [];
  jsonRuns(recording, { text: (text) => parts.push(text) });
  const encoder = new TextEncoder();
  const runs = encoder.encode(`,${parts.join('')}`);
  const times = Math.ceil(bytes / runs.length);
  const head = encoder.encode(`${jsonHead(recording, times)},"raw":[`);
  const tail = encoder.encode(']}');
  return repeating(head, runs, times, tail);
}

/** `head`, then `body` `times` times, the first time without its leading comma, then `tail`. */
function repeating(head: Uint8Array, body: Uint8Array, times: number, tail: Uint8Array): ByteSource {
  const partAt = (part: number): Uint8Array | null => {
    if (part === 0) return head;
    if (part === 1) return body.subarray(1);
    if (part <= times) return body;
    return part === times + 1 ? tail : null;
  };
  let part = 0;
  let at = 0;
  return {
    size: head.length + body.length * times - 1 + tail.length,
    read(into) {
      let current = partAt(part);
      while (current !== null && at === current.length) {
        at = 0;
        current = partAt(++part);
      }
      if (current === null) return 0;
      const count = Math.min(into.length, current.length - at);
      into.set(current.subarray(at, at + count));
      at += count;
      return count;
    },
    reopen: () => repeating(head, body, times, tail),
    close() {},
  };
}
