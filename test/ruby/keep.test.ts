import { expect, it, vi } from 'vitest';
import { keep } from '../../src/ruby/keep';

it('asks once per object, also when the answer is nothing', () => {
  const find = vi.fn((_of: object): null | undefined => undefined);
  const kept = keep(find);
  const [first, second] = [{}, {}];
  for (const of of [first, first, second, first]) expect(kept(of)).toBeUndefined();
  expect(find.mock.calls).toEqual([[first], [second]]);
});
