/** A filter as it arrives from anywhere (a message, a kept state), into a typed one. */
import { Origin } from './origin';
import { FrameKind } from './profile';
import type { FilterKind, FilterSubject, StackFilter } from './refinement';

/** The filter, or the name of the part that is missing or not what it should be. */
export function readFilter(value: unknown): StackFilter | 'kind' | 'of' {
  const kind = part(value, 'kind');
  if (kind === 'foldRecursion') return { kind };
  if (!isFilterKind(kind)) return 'kind';
  const of = readSubject(part(value, 'of'));
  return of === null ? 'of' : { kind, of };
}

function readSubject(value: unknown): FilterSubject | null {
  const by = part(value, 'by');
  switch (by) {
    case 'frame': {
      const frame = part(value, 'frame');
      return typeof frame === 'number' && Number.isInteger(frame) && frame >= 0 ? { by, frame } : null;
    }
    case 'file': {
      const file = part(value, 'file');
      return typeof file === 'string' ? { by, file } : null;
    }
    case 'package': {
      const name = part(value, 'package');
      return typeof name === 'string' ? { by, package: name } : null;
    }
    case 'origin': {
      const origin = Object.values(Origin).find((one) => one === part(value, 'origin'));
      return origin === undefined ? null : { by, origin };
    }
    case 'kind': {
      const kind = Object.values(FrameKind).find((one) => one === part(value, 'kind'));
      return kind === undefined ? null : { by, kind };
    }
    case 'text': {
      const text = part(value, 'text');
      return typeof text === 'string' ? { by, text } : null;
    }
    default:
      return null;
  }
}

function isFilterKind(kind: unknown): kind is FilterKind {
  return kind === 'focus' || kind === 'ignore' || kind === 'hide' || kind === 'show';
}

function part(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
