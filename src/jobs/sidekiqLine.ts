import { numberIn, type Piece } from './fields';
import { find, startsWith } from './linePrefix';

export type JobEvent = 'start' | 'done' | 'fail';

const EVENTS: readonly JobEvent[] = ['start', 'done', 'fail'];

/** What Sidekiq says of a job: the whole text is `start`, it ends with `: start`, or (Sidekiq 5) with `: done: 0.123 sec`. */
export function jobEvent(text: Piece): JobEvent | null {
  const to = endOfText(text);
  const { bytes, from } = text;
  for (const event of EVENTS) {
    const at = to - event.length;
    if (at >= from && startsWith(bytes, at, event) && (at === from || endsLabel(bytes, at, from))) return event;
  }
  if (to - from < 12 || !startsWith(bytes, to - 4, ' sec')) return null;
  const tail = Math.max(from, to - 30);
  if (find(bytes, tail, to, ': done: ') >= 0) return 'done';
  return find(bytes, tail, to, ': fail: ') >= 0 ? 'fail' : null;
}

/** Seconds of Sidekiq 5's `done: 0.123 sec`, or NaN. */
export function oldSeconds({ bytes, from, to }: Piece): number {
  const at = Math.max(find(bytes, from, to, ': done: '), find(bytes, from, to, ': fail: '));
  return at < 0 ? Number.NaN : numberIn(bytes, at + 8, to);
}

/** Sidekiq up to 5: `2018-03-01T10:00:00.000Z 123 TID-abc HardWorker JID-xyz INFO: start`. */
export function oldSidekiq({
  bytes,
  from,
  to,
}: Piece): { readonly jid: Piece; readonly name: Piece; readonly thread: Piece } | null {
  const tid = find(bytes, from, to, ' TID-');
  const jid = find(bytes, from, to, ' JID-');
  if (tid < 0 || jid < tid) return null;
  const word = (at: number): Piece => {
    let stop = at;
    while (stop < to && bytes[stop] !== 0x20) stop++;
    return { bytes, from: at, to: stop };
  };
  const thread = word(tid + 5);
  return { jid: word(jid + 5), name: word(Math.min(thread.to + 1, jid)), thread };
}

const WRAPPERS = ['Sidekiq::ActiveJob::Wrapper', 'ActiveJob::QueueAdapters::SidekiqAdapter::JobWrapper'];

/** The class that Active Job's jobs all have in Sidekiq. */
export function isWrapper({ bytes, from, to }: Piece): boolean {
  return WRAPPERS.some((name) => name.length === to - from && startsWith(bytes, from, name));
}

/** Without spaces, line ends and colours at its end. */
function endOfText({ bytes, from, to }: Piece): number {
  let end = to;
  while (end > from) {
    const last = bytes[end - 1]!;
    if (last <= 0x20) end--;
    else if (last === 0x6d && bytes[end - 2] === 0x30 && bytes[end - 3] === 0x5b) end -= 4;
    else break;
  }
  return end;
}

function endsLabel(bytes: Uint8Array, at: number, from: number): boolean {
  return at - 2 >= from && bytes[at - 1] === 0x20 && bytes[at - 2] === 0x3a;
}
