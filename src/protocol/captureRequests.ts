/** The messages about recording: what to write into an application, and which tests there are to profile. See `requests.ts`. */
import type { CapturePlan } from '../capture/planCapture';

/** Client -> server: what has to be written into an application so that its worker can be recorded, or what takes it back. */
export const PlanCapture = 'allocationHotspots/planCapture';
export interface PlanCaptureParams {
  /** URI of the application's folder. */
  readonly folder: string;
  readonly intent: 'add' | 'remove';
}
/** Edits are for the Gemfile as it is in its editor. */
export type PlanCaptureResult = CapturePlan;
