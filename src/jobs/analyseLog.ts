import { JobLog } from './jobLog';
import type { JobReport } from './jobReport';
import { LogReader } from './logReader';
import { reportOf } from './reportOf';
import { LineSplitter } from './splitLines';

/** Reads one log to its end. `chunks`: its bytes, unpacked, cut anywhere. */
export async function analyseLog(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<JobReport> {
  const analysis = new LogAnalysis();
  analysis.beginFile();
  for await (const chunk of chunks) analysis.push(chunk);
  return analysis.report();
}

/** Several logs read together, in bounded memory: `beginFile`, `push` its chunks, and again; `report` at any time. */
export class LogAnalysis {
  bytes = 0;
  private readonly log = new JobLog();
  private readonly failures: string[] = [];
  private readonly files: { readonly reader: LogReader; readonly splitter: LineSplitter }[] = [];

  beginFile(): void {
    this.files.at(-1)?.splitter.finish();
    const reader = new LogReader(this.log, this.files.length);
    this.files.push({ reader, splitter: new LineSplitter(reader) });
  }

  /** The chunk may be used for something else afterwards. */
  push(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.files.at(-1)!.splitter.push(chunk);
  }

  /** The last file could not be read to its end. `message`: one sentence. */
  unreadable(message: string): void {
    this.failures.push(message);
  }

  /** What is known so far; more may be read afterwards, in a file that is begun then. */
  report(): JobReport {
    for (const { reader, splitter } of this.files) {
      splitter.finish();
      reader.finish();
    }
    const sum = (of: (file: { readonly reader: LogReader; readonly splitter: LineSplitter }) => number): number =>
      this.files.reduce((total, file) => total + of(file), 0);
    return reportOf(this.log, {
      bytes: this.bytes,
      failures: this.failures,
      longLines: sum(({ splitter }) => splitter.longLines),
      cut: sum(({ reader }) => reader.cut),
      mixed: sum(({ reader }) => reader.mixed),
      clockJumps: sum(({ reader }) => reader.clockJumps),
    });
  }
}
