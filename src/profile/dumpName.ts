/** What the name of a dump says of the process that wrote it. */
export interface DumpName {
  readonly pid: number | null;
  /** ISO 8601, UTC; null when the name has no time. */
  readonly writtenAt: string | null;
}

/** Reads `stackprof_process_<pid>_<seconds since 1970>.dump`, in any folder, with any ending. */
export function dumpName(path: string): DumpName {
  const found = /stackprof_process_(\d{1,10})_(\d{9,11})(?:\D|$)/.exec(path);
  if (found === null) return { pid: null, writtenAt: null };
  return { pid: Number(found[1]), writtenAt: new Date(Number(found[2]) * 1000).toISOString() };
}
