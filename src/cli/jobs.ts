import { resolve } from 'node:path';
import { logChunks } from '../host/logChunks';
import { LogAnalysis } from '../jobs/analyseLog';
import { whyUnreadable } from '../profile/whyUnreadable';
import { type CliError, EXIT_FINE, EXIT_UNREADABLE, sayError } from './cliError';
import { jobsJson } from './jobsJson';
import { jobsText } from './jobsText';
import type { JobsArguments } from './parseArguments';
import { pageWidth, styleOf, type Terminal } from './terminal';

/** `jobs`: what worker logs say of memory. All logs are one story: what can be read is reported even if a part cannot. */
export async function jobs({ logs, format }: JobsArguments, terminal: Terminal): Promise<number> {
  const analysis = new LogAnalysis();
  let exitCode = EXIT_FINE;
  let begun = 0;
  for (const log of logs) {
    const { error, started } = await readLog(log, terminal.folder, analysis);
    if (started) begun++;
    if (error === null) continue;
    exitCode = EXIT_UNREADABLE;
    if (started) analysis.unreadable(`${log} was not read to its end: ${error.message}`);
    else sayError(terminal, format, error, log);
  }
  if (begun === 0) return exitCode;
  const report = analysis.report();
  if (format === 'json') terminal.write(`${JSON.stringify(jobsJson(report), null, 2)}\n`);
  else terminal.write(jobsText(report, styleOf(terminal), pageWidth(terminal)));
  return exitCode;
}

/** `started`: its first bytes could be read. */
async function readLog(
  log: string,
  folder: string,
  analysis: LogAnalysis,
): Promise<{ readonly error: CliError | null; readonly started: boolean }> {
  let started = false;
  try {
    for await (const chunk of logChunks(log === '-' ? log : resolve(folder, log))) {
      if (!started) analysis.beginFile();
      started = true;
      analysis.push(chunk);
    }
    return { error: null, started };
  } catch (thrown) {
    return { error: errorOf(thrown), started };
  }
}

function errorOf(thrown: unknown): CliError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code.startsWith('Z_')) return { code: 'corrupt', message: 'The gzip data is damaged.', offset: null };
  return { code: 'unreadable', message: whyUnreadable(thrown), offset: null };
}
