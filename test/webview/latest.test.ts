import { expect, test } from 'vitest';
import { Latest } from '../../webview/latest';

interface Asked {
  readonly wish: number;
  readonly answer: (value: string) => void;
  readonly fail: (error: Error) => void;
}

function recorder(): { asked: Asked[]; said: string[]; latest: Latest<number, string> } {
  const asked: Asked[] = [];
  const said: string[] = [];
  const latest = new Latest<number, string>(
    (wish) => new Promise((answer, fail) => asked.push({ wish, answer, fail })),
    (answer, wish) => said.push(`${wish}: ${answer}`),
    (error, wish) => said.push(`${wish} failed: ${error.message}`),
  );
  return { asked, said, latest };
}

/** Lets promises settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('only the newest of the wishes made meanwhile is asked', async () => {
  const { asked, said, latest } = recorder();
  for (const wish of [1, 2, 3, 4]) latest.want(wish);
  expect(asked.map(({ wish }) => wish)).toEqual([1]);
  asked[0]!.answer('a');
  await settled();
  expect(asked.map(({ wish }) => wish)).toEqual([1, 4]);
  asked[1]!.answer('b');
  await settled();
  expect(said).toEqual(['1: a', '4: b']);
  expect(latest.busy).toBe(false);
});

test('a failed question says so and the next is asked', async () => {
  const { asked, said, latest } = recorder();
  latest.want(1);
  latest.want(2);
  asked[0]!.fail(new Error('gone'));
  await settled();
  asked[1]!.answer('b');
  await settled();
  expect(said).toEqual(['1 failed: gone', '2: b']);
});

test('after a drop, neither the answer on its way nor its failure is heard', async () => {
  const { asked, said, latest } = recorder();
  latest.want(1);
  latest.want(2);
  latest.drop();
  asked[0]!.answer('late');
  await settled();
  expect(said).toEqual([]);
  expect(asked).toHaveLength(1);
  latest.want(3);
  asked[1]!.answer('c');
  await settled();
  expect(said).toEqual(['3: c']);
});
