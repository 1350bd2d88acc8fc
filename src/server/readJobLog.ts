import type { CancellationToken } from 'vscode-languageserver';
import { LogAnalysis } from '../jobs/analyseLog';
import type { JobLogProgressParams, ReadJobLogParams, ReadJobLogResult } from '../protocol/jobLog';
import type { Host } from './host';
import { throttle } from './throttle';

const PROGRESS_MS = 100;
/** Between two looks at the other requests and at cancellation. */
const BREATH_MS = 20;

/** Reads a worker's log. What breaks off is reported as far as it goes. */
export async function readJobLog(
  host: Host,
  { uri }: ReadJobLogParams,
  token: CancellationToken,
  onProgress: (progress: JobLogProgressParams) => void,
): Promise<ReadJobLogResult> {
  const analysis = new LogAnalysis();
  const progress = throttle(PROGRESS_MS, onProgress);
  analysis.beginFile();
  let breath = performance.now();
  try {
    const { totalBytes, chunks } = host.readLog(uri);
    for await (const chunk of chunks) {
      analysis.push(chunk);
      progress({ uri, bytes: analysis.bytes, totalBytes });
      if (performance.now() - breath > BREATH_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        breath = performance.now();
      }
      if (token.isCancellationRequested) {
        return { ok: false, reason: 'cancelled', message: 'Reading was cancelled.' };
      }
    }
  } catch (thrown) {
    const why = whyUnreadable(thrown);
    if (analysis.bytes === 0) return { ok: false, reason: 'unreadable', message: why };
    analysis.unreadable(`The log was not read to its end: ${why}`);
  }
  return { ok: true, report: analysis.report() };
}

function whyUnreadable(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code.startsWith('Z_')) return 'The gzip data is damaged.';
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EACCES') return 'The file may not be read.';
  return thrown instanceof Error ? thrown.message : String(thrown);
}
