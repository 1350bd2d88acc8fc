import { expect, test } from 'vitest';
import { rowOrder, rowWindow } from '../../webview/rowOrder';

const sizes = [5, 9, 5, 1];
const names = ['b10', 'b9', 'A2', 'ä'];

test('unsorted rows come as they are, filtered', () => {
  expect([...rowOrder(4, null, null, false, 'en')]).toEqual([0, 1, 2, 3]);
  expect([...rowOrder(4, (id) => id % 2 === 1, null, false, 'en')]).toEqual([1, 3]);
});

test('numbers sort by size, equal ones stay in order both ways', () => {
  expect([...rowOrder(4, null, (id) => sizes[id]!, true, 'en')]).toEqual([1, 0, 2, 3]);
  expect([...rowOrder(4, null, (id) => sizes[id]!, false, 'en')]).toEqual([3, 0, 2, 1]);
});

test('texts sort as people do, with numbers in them by value; an unknown locale does not matter', () => {
  expect([...rowOrder(4, null, (id) => names[id]!, false, 'en')]).toEqual([3, 2, 1, 0]);
  expect([...rowOrder(4, null, (id) => names[id]!, false, 'not a locale')]).toEqual([3, 2, 1, 0]);
});

test('only rows in view, and a few beyond, are in the page', () => {
  expect(rowWindow(0, 240, 24, 20_000, 8)).toEqual({ first: 0, last: 18 });
  expect(rowWindow(24_000, 240, 24, 20_000, 8)).toEqual({ first: 992, last: 1018 });
  expect(rowWindow(24 * 19_990, 240, 24, 20_000, 8)).toEqual({ first: 19_982, last: 20_000 });
  expect(rowWindow(99_999, 240, 24, 3, 8)).toEqual({ first: 3, last: 3 });
  expect(rowWindow(0, 0, 24, 0, 8)).toEqual({ first: 0, last: 0 });
});
