import type { Scaling } from '../profile/comparison';

/** What makes two profiles comparable, as it arrives from anywhere, or null. */
export function readScaling(value: unknown): Scaling | null {
  if (typeof value !== 'object' || value === null) return null;
  const by: unknown = Reflect.get(value, 'by');
  if (by === 'none' || by === 'total') return { by };
  const before: unknown = Reflect.get(value, 'before');
  const after: unknown = Reflect.get(value, 'after');
  return by === 'jobs' && isJobs(before) && isJobs(after) ? { by, before, after } : null;
}

function isJobs(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1;
}
