/** The messages about worker logs: between the extension and the server, and between the extension and the job log view. */
import type { JobReport } from '../jobs/jobReport';

/** Client -> server: reads a log to its end, in bounded memory. Cancellable; progress by `JobLogProgress`. */
export const ReadJobLog = 'allocationHotspots/readJobLog';
export interface ReadJobLogParams {
  readonly uri: string;
}
export type ReadJobLogResult =
  /** Also of a log that broke off: its problems say so. */
  | { readonly ok: true; readonly report: JobReport }
  /** `message`: one sentence. */
  | { readonly ok: false; readonly reason: 'cancelled' | 'unreadable'; readonly message: string };

/** Server -> client notification while a log is read. */
export const JobLogProgress = 'allocationHotspots/jobLogProgress';
export interface JobLogProgressParams {
  readonly uri: string;
  /** Unpacked bytes that were read. */
  readonly bytes: number;
  /** Null for packed logs: nobody knows what is inside. */
  readonly totalBytes: number | null;
}

export type ToJobView =
  | {
      readonly type: 'reading';
      readonly name: string;
      readonly bytes: number;
      readonly totalBytes: number | null;
      readonly locale: string;
    }
  | { readonly type: 'report'; readonly name: string; readonly report: JobReport; readonly locale: string }
  | { readonly type: 'failed'; readonly name: string; readonly isCancelled: boolean; readonly message: string }
  /** The log has grown since it was read, and is not read again by itself. */
  | { readonly type: 'grown'; readonly bytes: number }
  /** What a button could not do, one sentence. */
  | { readonly type: 'notice'; readonly text: string };

export type FromJobView =
  | { readonly type: 'ready' }
  | { readonly type: 'command'; readonly command: JobViewCommand }
  /** Whether the log is read again when it grows. */
  | { readonly type: 'follow'; readonly follow: boolean }
  /** The source of a job's `perform`, or its boxes in the active profile; by the name of its class. */
  | { readonly type: 'openPerform' | 'showInProfile'; readonly job: string };
export type JobViewCommand = 'cancel' | 'retry' | 'openText';

/** What survives hiding, moving and reloading the view; kept by the view with `setState`. */
export interface JobViewState {
  /** Name of the selected job class, or null. */
  readonly job: string | null;
  /** Place of the selected process in the report. */
  readonly process: number;
  readonly series: 'rss' | 'live';
  readonly follow: boolean;
}
