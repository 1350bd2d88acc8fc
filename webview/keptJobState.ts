import type { JobViewState } from '../src/protocol/jobLog';

/** What a reload left, checked: an older version may have written it. */
export function keptJobState(kept: unknown): JobViewState {
  const read = (key: keyof JobViewState): unknown =>
    typeof kept === 'object' && kept !== null ? Reflect.get(kept, key) : undefined;
  const [job, process, series, follow] = [read('job'), read('process'), read('series'), read('follow')];
  return {
    job: typeof job === 'string' ? job : null,
    process: typeof process === 'number' && Number.isSafeInteger(process) && process >= 0 ? process : 0,
    series: series === 'live' ? 'live' : 'rss',
    follow: follow !== false,
  };
}
