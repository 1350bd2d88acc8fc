/** What a question looks at, as it arrives, into typed filters and shapes, or a clear refusal. */
import { readFilter } from '../profile/readFilter';
import type { Refinement, StackFilter } from '../profile/refinement';
import type { TreeShape } from '../profile/treeShape';
import { field, refused } from './params';

/** More filters than anybody adds by hand. */
const MOST_FILTERS = 100;

export function parseRefinement(value: unknown): Refinement {
  if (!Array.isArray(value) || value.length > MOST_FILTERS) throw refused('refinement');
  return value.map(filter);
}

/** A shape that says nothing of its order has heavier siblings first. */
export function parseTreeShape(value: unknown): TreeShape {
  const groupBy = field(value, 'groupBy');
  const direction = field(value, 'direction');
  const around = field(value, 'around');
  const order = field(value, 'order') ?? 'weight';
  if (groupBy !== 'method' && groupBy !== 'line') throw refused('groupBy');
  if (direction !== 'callees' && direction !== 'callers') throw refused('direction');
  if (around !== null && !isIndex(around)) throw refused('around');
  if (order !== 'weight' && order !== 'time') throw refused('order');
  return { groupBy, direction, around, order };
}

function filter(value: unknown): StackFilter {
  const read = readFilter(value);
  if (read === 'kind' || read === 'of') throw refused(read);
  return read;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
