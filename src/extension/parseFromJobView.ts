import type { FromJobView, JobViewCommand } from '../protocol/jobLog';
import { isRecord } from './parseFromView';

const viewCommands: Readonly<Record<JobViewCommand, true>> = { cancel: true, retry: true, openText: true };

/** A message of the job log view, checked field by field; null for what no view of ours sends. */
export function parseFromJobView(message: unknown): FromJobView | null {
  if (!isRecord(message)) return null;
  const { type, command, follow, job } = message;
  switch (type) {
    case 'ready':
      return { type };
    case 'command':
      return isCommand(command) ? { type, command } : null;
    case 'follow':
      return typeof follow === 'boolean' ? { type, follow } : null;
    case 'openPerform':
    case 'showInProfile':
      return typeof job === 'string' ? { type, job } : null;
    default:
      return null;
  }
}

function isCommand(value: unknown): value is JobViewCommand {
  return typeof value === 'string' && Object.hasOwn(viewCommands, value);
}
