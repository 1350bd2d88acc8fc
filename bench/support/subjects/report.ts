/** What a subject's process prints about itself. */
export interface SubjectReport {
  /** From before the file is opened until the data is there. */
  readonly ms: number;
  /** User and system time of the whole process. */
  readonly cpuMs: number;
  readonly peakMib: number;
  /** Something read from the data, so that it was really read. */
  readonly samples: number;
}

/** Runs one reader on the file named on the command line, once and cold, and prints its `SubjectReport`. */
export async function report(read: (path: string) => unknown): Promise<void> {
  const path = process.argv[2];
  if (path === undefined) throw new Error('No file was named');
  const start = performance.now();
  const samples = Number(await read(path));
  const ms = performance.now() - start;
  const usage = process.resourceUsage();
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1000;
  const said: SubjectReport = { ms, cpuMs, peakMib: usage.maxRSS / 1024, samples };
  process.stdout.write(JSON.stringify(said));
}
