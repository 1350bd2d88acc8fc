/** What a question looks at, as it arrives, into typed filters and shapes, or a clear refusal. */
import { Origin } from '../profile/origin';
import { FrameKind } from '../profile/profile';
import type { FilterKind, FilterSubject, Refinement, StackFilter } from '../profile/refinement';
import type { TreeShape } from '../profile/treeShape';
import { field, refused } from './params';

/** More filters than anybody adds by hand. */
const MOST_FILTERS = 100;

export function parseRefinement(value: unknown): Refinement {
  if (!Array.isArray(value) || value.length > MOST_FILTERS) throw refused('refinement');
  return value.map(filter);
}

export function parseTreeShape(value: unknown): TreeShape {
  const groupBy = field(value, 'groupBy');
  const direction = field(value, 'direction');
  const around = field(value, 'around');
  if (groupBy !== 'method' && groupBy !== 'line') throw refused('groupBy');
  if (direction !== 'callees' && direction !== 'callers') throw refused('direction');
  if (around !== null && !isIndex(around)) throw refused('around');
  return { groupBy, direction, around };
}

function filter(value: unknown): StackFilter {
  const kind = field(value, 'kind');
  if (kind === 'foldRecursion') return { kind };
  if (!isFilterKind(kind)) throw refused('kind');
  return { kind, of: subject(field(value, 'of')) };
}

function isFilterKind(kind: unknown): kind is FilterKind {
  return kind === 'focus' || kind === 'ignore' || kind === 'hide' || kind === 'show';
}

function subject(value: unknown): FilterSubject {
  const by = field(value, 'by');
  switch (by) {
    case 'frame': {
      const frame = field(value, 'frame');
      if (isIndex(frame)) return { by, frame };
      break;
    }
    case 'file': {
      const file = field(value, 'file');
      if (typeof file === 'string') return { by, file };
      break;
    }
    case 'package': {
      const name = field(value, 'package');
      if (typeof name === 'string') return { by, package: name };
      break;
    }
    case 'origin': {
      const origin = Object.values(Origin).find((one) => one === field(value, 'origin'));
      if (origin !== undefined) return { by, origin };
      break;
    }
    case 'kind': {
      const kind = Object.values(FrameKind).find((one) => one === field(value, 'kind'));
      if (kind !== undefined) return { by, kind };
      break;
    }
    case 'text': {
      const text = field(value, 'text');
      if (typeof text === 'string') return { by, text };
      break;
    }
    default:
  }
  throw refused('of');
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
