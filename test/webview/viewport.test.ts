import { expect, test } from 'vitest';
import { clampRange, glide, isWhole, panBy, scrollToRow, zoomAt } from '../../webview/viewport';

test('a range stays within the profile and keeps its width where it can', () => {
  expect(clampRange({ from: -50, to: 50 }, 1000)).toEqual({ from: 0, to: 100 });
  expect(clampRange({ from: 950, to: 1050 }, 1000)).toEqual({ from: 900, to: 1000 });
  expect(clampRange({ from: -1, to: 5000 }, 1000)).toEqual({ from: 0, to: 1000 });
});

test('a range is never empty, turned round or endless', () => {
  for (const range of [
    { from: 5, to: 5 },
    { from: 9, to: 3 },
    { from: Number.NaN, to: 4 },
    { from: 0, to: Number.POSITIVE_INFINITY },
  ]) {
    for (const total of [0, 1, 7, 1000]) {
      const { from, to } = clampRange(range, total);
      expect(to).toBeGreaterThan(from);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(Math.max(total, 1));
    }
  }
});

test('zoom keeps the sample under the pointer where it is', () => {
  const range = { from: 200, to: 600 };
  for (const anchor of [0, 0.25, 0.9, 1]) {
    const sample = range.from + anchor * (range.to - range.from);
    const near = zoomAt(range, 3, anchor, 1000);
    expect(near.from + anchor * (near.to - near.from)).toBeCloseTo(sample);
    expect(near.to - near.from).toBeCloseTo(400 / 3);
  }
});

test('zooming in and out again comes back', () => {
  const range = { from: 200, to: 600 };
  const back = zoomAt(zoomAt(range, 1.7, 0.3, 1000), 1 / 1.7, 0.3, 1000);
  expect(back.from).toBeCloseTo(range.from);
  expect(back.to).toBeCloseTo(range.to);
});

test('zoom ends at the whole profile and at a couple of samples', () => {
  expect(isWhole(zoomAt({ from: 10, to: 20 }, 1e-9, 0.5, 1000), 1000)).toBe(true);
  const nearest = zoomAt({ from: 10, to: 20 }, 1e9, 0.5, 1000);
  expect(nearest.to - nearest.from).toBeCloseTo(2);
});

test('panning stops at the edges', () => {
  expect(panBy({ from: 0, to: 100 }, -0.5, 1000)).toEqual({ from: 0, to: 100 });
  expect(panBy({ from: 0, to: 100 }, 0.5, 1000)).toEqual({ from: 50, to: 150 });
  expect(panBy({ from: 880, to: 980 }, 5, 1000)).toEqual({ from: 900, to: 1000 });
});

test('a glide begins and ends where it should and never turns back', () => {
  const [a, b] = [
    { from: 0, to: 1000 },
    { from: 300, to: 400 },
  ];
  expect(glide(a, b, 0)).toEqual(a);
  expect(glide(a, b, 1)).toEqual(b);
  expect(glide(a, b, 7)).toEqual(b);
  let last = 0;
  for (let progress = 0; progress <= 1; progress += 0.1) {
    const { from } = glide(a, b, progress);
    expect(from).toBeGreaterThanOrEqual(last);
    last = from;
  }
});

test('scrolling leaves a row that has room below it alone, and brings others up with their callers', () => {
  expect(scrollToRow(5, 20, 0, 400)).toBe(0);
  expect(scrollToRow(40, 20, 0, 400)).toBe(740);
  expect(scrollToRow(1, 20, 300, 400)).toBe(0);
});
