import { expect, test } from 'vitest';
import type { FromView, ToView, ViewState } from '../../src/protocol/webview';
import { Host } from '../../webview/host';

function connected(): {
  said: FromView[];
  heard: ToView[];
  host: Host;
  send: (data: unknown) => void;
  kept: unknown[];
} {
  const said: FromView[] = [];
  const heard: ToView[] = [];
  const kept: unknown[] = [];
  const host = new Host(
    {
      postMessage: (message) => said.push(message),
      getState: () => kept.at(-1),
      setState: (state: ViewState) => kept.push(state),
    },
    (message) => heard.push(message),
  );
  const target = new EventTarget();
  host.connect(target);
  return { said, heard, host, kept, send: (data) => target.dispatchEvent(new MessageEvent('message', { data })) };
}

test('ready is said first, and only when the view listens', () => {
  expect(connected().said).toEqual([{ type: 'ready' }]);
});

test('answers find their questions, in any order', async () => {
  const { said, host, send } = connected();
  const shape = { groupBy: 'line', direction: 'callees', around: null, order: 'weight' } as const;
  const asked = { refinement: [], query: 'a', shape, compared: null } as const;
  const search = host.ask('search', asked);
  const callers = host.ask('callers', { refinement: [], frame: 3 });
  expect(said.slice(1)).toEqual([
    { type: 'ask', id: 1, question: 'search', params: asked },
    { type: 'ask', id: 2, question: 'callers', params: { refinement: [], frame: 3 } },
  ]);
  send({ type: 'reply', id: 2, ok: true, result: 'callers' });
  send({ type: 'reply', id: 1, ok: false, message: 'The server stopped.' });
  await expect(callers).resolves.toBe('callers');
  await expect(search).rejects.toThrow('The server stopped.');
});

test('an answer nobody waits for, and messages that are none, do nothing', () => {
  const { heard, send } = connected();
  send({ type: 'reply', id: 99, ok: true, result: 1 });
  send(null);
  send('hello');
  expect(heard).toEqual([]);
});

test('everything else is passed on', () => {
  const { heard, send } = connected();
  send({ type: 'lens', lens: 'caller' });
  expect(heard).toEqual([{ type: 'lens', lens: 'caller' }]);
});
