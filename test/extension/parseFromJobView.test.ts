import { expect, test } from 'vitest';
import { parseFromJobView } from '../../src/extension/parseFromJobView';

test.each([
  { type: 'ready' },
  { type: 'command', command: 'cancel' },
  { type: 'command', command: 'openText' },
  { type: 'follow', follow: false },
  { type: 'openPerform', job: 'SyncJob' },
  { type: 'showInProfile', job: 'SyncJob' },
])('$type is understood as it is, without what is not of it', (message) => {
  expect(parseFromJobView({ ...message, more: 1 })).toEqual(message);
});

test.each([
  null,
  'ready',
  {},
  { type: 'open' },
  { type: 'command', command: 'toString' },
  { type: 'command' },
  { type: 'follow', follow: 1 },
  { type: 'openPerform', job: 7 },
])('%j is none of ours', (message) => expect(parseFromJobView(message)).toBeNull());
