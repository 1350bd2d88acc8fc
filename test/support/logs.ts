import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { analyseLog } from '../../src/jobs/analyseLog';
import type { JobClass, JobReport } from '../../src/jobs/jobReport';

export function logFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/logs/${name}.log.gz`, import.meta.url));
}

/** A recorded log, unpacked. */
export function recordedLog(name: string): Uint8Array {
  return gunzipSync(readFileSync(logFile(name)));
}

export function analyseText(...lines: readonly string[]): Promise<JobReport> {
  return analyseLog([new TextEncoder().encode(lines.join('\n'))]);
}

export function jobOf(report: JobReport, name: string): JobClass {
  const job = report.jobs.find((one) => one.name === name);
  if (job === undefined) throw new Error(`No ${name} among ${report.jobs.map((one) => one.name).join(', ')}`);
  return job;
}
