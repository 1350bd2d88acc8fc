import { describe, expect, test } from 'vitest';
import { parseFromView } from '../../src/extension/parseFromView';
import type { FromView } from '../../src/protocol/webview';

const messages: readonly FromView[] = [
  { type: 'ready' },
  { type: 'ask', id: 0, question: 'flame', params: { groupBy: 'method', from: 0, to: null, minSamples: 1 } },
  { type: 'ask', id: 7, question: 'callers', params: { frame: 3 } },
  { type: 'open', file: '/app/a.rb', line: 12, opening: 'preview' },
  { type: 'openFinding', place: { uri: 'file:///app/a.rb', line: 3, character: 4 }, opening: 'fix' },
  { type: 'explainFinding', id: 'keys-each' },
  { type: 'setLens', lens: 'caller' },
  { type: 'setFollowCursor', on: true },
  { type: 'selected', place: { file: '/app/a.rb', line: 0 } },
  { type: 'command', command: 'explainInterval' },
  { type: 'filters', filters: [] },
  {
    type: 'filters',
    filters: [
      { kind: 'show', of: { by: 'origin', origin: 0 }, label: 'only my code' },
      { kind: 'foldRecursion', label: 'recursion folded' },
    ],
  },
  { type: 'painted', ms: 12.5, boxes: 1204 },
];

describe('messages of the view', () => {
  test.each(messages.map((message) => [message.type, message] as const))('%s is taken as it is', (_type, message) => {
    expect(parseFromView(structuredClone(message))).toEqual(message);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['an unknown question', { type: 'ask', id: 1, question: 'openProfile', params: {} }],
    ['a question of the prototype', { type: 'ask', id: 1, question: 'toString', params: {} }],
    ['a fractional id', { type: 'ask', id: 1.5, question: 'flame', params: {} }],
    ['a file that is no text', { type: 'open', file: ['/etc'], line: 1, opening: 'go' }],
    ['a line below zero', { type: 'open', file: '/app/a.rb', line: -1, opening: 'go' }],
    ['an unknown way to open', { type: 'open', file: '/app/a.rb', line: 1, opening: 'run' }],
    [
      'a finding that is no file',
      { type: 'openFinding', place: { uri: 'command:x', line: 1, character: 0 }, opening: 'go' },
    ],
    ['filters that are no list', { type: 'filters', filters: {} }],
    ['a filter without a name', { type: 'filters', filters: [{ kind: 'foldRecursion' }] }],
    ['an unknown filter', { type: 'filters', filters: [{ kind: 'drop', of: { by: 'text', text: 'a' }, label: 'a' }] }],
    ['an unknown lens', { type: 'setLens', lens: 'all' }],
    ['a switch that is neither on nor off', { type: 'setFollowCursor', on: 'yes' }],
    ['a place without a line', { type: 'selected', place: { file: '/app/a.rb' } }],
    ['an unknown command', { type: 'command', command: 'workbench.action.quit' }],
  ])('%s is refused', (_what, message) => expect(parseFromView(message)).toBeNull());
});

test('pictures come as bytes of a known format, copies as text', () => {
  const bytes = Uint8Array.of(1, 2);
  expect(parseFromView({ type: 'savePicture', format: 'svg', bytes })).toEqual({
    type: 'savePicture',
    format: 'svg',
    bytes,
  });
  expect(parseFromView({ type: 'savePicture', format: 'exe', bytes })).toBeNull();
  expect(parseFromView({ type: 'savePicture', format: 'png', bytes: [1, 2] })).toBeNull();
  expect(parseFromView({ type: 'copy', text: 'a\tb' })).toEqual({ type: 'copy', text: 'a\tb' });
  expect(parseFromView({ type: 'copy', text: 7 })).toBeNull();
});
