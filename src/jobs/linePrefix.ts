import { isDigit, numberIn } from './fields';

/** What stands before a line's own text. */
export interface Prefix {
  /** Name of the dyno, container or pod, as a part of the line; empty where there is none. */
  from: number;
  to: number;
  /** Of `sidekiq[6678]:`, `#6678` or `ruby(6678)`; NaN where there is none. */
  pid: number;
}

/** A prefix is looked for in so many bytes. */
const REACH = 160;

/**
 * Heroku (`app[worker.1]:`), Papertrail (`app/worker.1:`), compose (`worker-1  | `), kubectl (`[pod/name/container]`) and syslog
 * (`sidekiq[6678]:`). Fills `prefix`. A pair (`pid=`) or a brace ends the search: what follows is the program's own.
 */
export function readPrefix(prefix: Prefix, bytes: Uint8Array, start: number, end: number): void {
  prefix.from = 0;
  prefix.to = 0;
  prefix.pid = Number.NaN;
  const stop = Math.min(end, start + REACH);
  let word = start;
  for (let at = start; at < stop; at++) {
    switch (bytes[at]!) {
      case 0x3d: // =
      case 0x7b: // {
        return;
      case 0x20:
        word = at + 1;
        break;
      case 0x7c: // |
        if (bytes[at - 1] === 0x20 && at - start < 64) {
          let to = at - 1;
          while (to > start && bytes[to - 1] === 0x20) to--;
          name(prefix, start, to);
          return;
        }
        break;
      case 0x2f: // app/worker.1:
        if (isPlatform(bytes, word, at)) {
          let to = at + 1;
          while (to < stop && bytes[to] !== 0x3a && bytes[to] !== 0x20) to++;
          if (bytes[to] === 0x3a) {
            name(prefix, at + 1, to);
            return;
          }
        }
        break;
      case 0x23: // [2026-11-20T23:53:53 #6678]
        if (isDigit(bytes[at + 1]!)) prefix.pid = numberIn(bytes, at + 1, stop);
        break;
      case 0x5b: {
        let to = at + 1;
        while (to < stop && bytes[to] !== 0x5d && bytes[to] !== 0x20) to++;
        if (bytes[to] !== 0x5d) break;
        if (startsWith(bytes, at + 1, 'pod/')) {
          name(prefix, at + 5, to);
          return;
        }
        if (isPlatform(bytes, word, at) && bytes[to + 1] === 0x3a) {
          name(prefix, at + 1, to);
          return;
        }
        if (at > word && bytes[to + 1] === 0x3a && isDigit(bytes[at + 1]!)) {
          prefix.pid = numberIn(bytes, at + 1, to);
          return;
        }
        // `[MemoryProfiling]`: the text has begun.
        if (bytes[at + 1] === 0x4d) return;
        break;
      }
      default:
    }
  }
}

function name(prefix: Prefix, from: number, to: number): void {
  prefix.from = from;
  prefix.to = to;
}

function isPlatform(bytes: Uint8Array, from: number, to: number): boolean {
  return (to - from === 3 && startsWith(bytes, from, 'app')) || (to - from === 6 && startsWith(bytes, from, 'heroku'));
}

export function startsWith(bytes: Uint8Array, from: number, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text.charCodeAt(at)) return false;
  return true;
}

/** Where a short text begins in the bytes, or -1. */
export function find(bytes: Uint8Array, from: number, to: number, text: string): number {
  const first = text.charCodeAt(0);
  for (let at = from; at + text.length <= to; at++) {
    if (bytes[at] === first && startsWith(bytes, at, text)) return at;
  }
  return -1;
}

/** Milliseconds since 1970 of the first date in `YYYY-MM-DD HH:MM:SS` form (`T`, `/`, fractions, zones) near the line's start, or NaN. */
export function readTime(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end - 18, start + REACH);
  for (let at = start; at < stop; at++) {
    if (!isDigit(bytes[at]!)) continue;
    const dash = bytes[at + 4]!;
    if (
      (dash === 0x2d || dash === 0x2f) &&
      bytes[at + 7] === dash &&
      bytes[at + 13] === 0x3a &&
      bytes[at + 16] === 0x3a
    ) {
      return dateAt(bytes, at, end);
    }
    while (at + 1 < stop && isDigit(bytes[at + 1]!)) at++;
  }
  return Number.NaN;
}

function dateAt(bytes: Uint8Array, at: number, end: number): number {
  const days = daysSince1970(number(bytes, at, 4), number(bytes, at + 5, 2), number(bytes, at + 8, 2));
  const seconds = number(bytes, at + 11, 2) * 3600 + number(bytes, at + 14, 2) * 60 + number(bytes, at + 17, 2);
  let rest = at + 19;
  let fraction = 0;
  if (bytes[rest] === 0x2e || bytes[rest] === 0x2c) {
    let scale = 100;
    for (rest++; rest < end && isDigit(bytes[rest]!); rest++, scale /= 10) fraction += (bytes[rest]! - 48) * scale;
  }
  const sign = bytes[rest] === 0x2b ? 1 : bytes[rest] === 0x2d ? -1 : 0;
  let zone = 0;
  if (sign !== 0 && rest + 4 < end && isDigit(bytes[rest + 1]!)) {
    const minutesAt = bytes[rest + 3] === 0x3a ? rest + 4 : rest + 3;
    zone = sign * (number(bytes, rest + 1, 2) * 60 + number(bytes, minutesAt, 2));
  }
  return days * 86_400_000 + seconds * 1000 + fraction - zone * 60_000;
}

function number(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0;
  for (let at = from; at < from + digits; at++) value = value * 10 + bytes[at]! - 48;
  return value;
}

/** Of the Gregorian calendar; the year begins in March here, so that the leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month <= 2 ? year - 1 : year;
  const era = Math.floor(years / 400);
  const ofEra = years - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
