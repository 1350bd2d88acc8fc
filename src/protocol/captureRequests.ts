/** The messages about recording: what to write into an application, and which tests there are to profile. See `requests.ts`. */
import type { CapturePlan } from '../capture/planCapture';
import type { RubyJob, RubyTest } from '../capture/rubyTests';

/** Client -> server: what has to be written into an application so that its worker can be recorded, or what takes it back. */
export const PlanCapture = 'allocationHotspots/planCapture';
export interface PlanCaptureParams {
  /** URI of the application's folder. */
  readonly folder: string;
  readonly intent: 'add' | 'remove';
}
/** Edits are for the Gemfile as it is in its editor. */
export type PlanCaptureResult = CapturePlan;

/** Client -> server: what in a Ruby file can be run to profile it. */
export const Runnables = 'allocationHotspots/runnables';
export interface RunnablesParams {
  /** URI of the file; its text is that of its editor, or on disk. */
  readonly uri: string;
}
/** Empty where the file cannot be read or has a syntax error. */
export interface RunnablesResult {
  readonly tests: readonly RubyTest[];
  readonly jobs: readonly RubyJob[];
}
