import { expect, test } from 'vitest';
import { covers, firstMinSamples, wantedDetail } from '../../webview/detail';
import { flameTreeFromText } from './flameTreeFromText';

const many = Array.from({ length: 200 }, (_, i) => `A@app/a.rb:1 > K${i}@app/k.rb:${i + 1} ${i === 0 ? 801 : 1}`).join(
  '\n',
);
const base = flameTreeFromText(many, { minSamples: 5 });
const width = 100;

test('nothing is asked while the boxes here are fine enough', () => {
  expect(wantedDetail(base, null, { from: 0, to: 1000 }, width)).toBeNull();
});

test('nothing is asked when nothing was left out, or there is no room', () => {
  const whole = flameTreeFromText(many);
  expect(wantedDetail(whole, null, { from: 10, to: 20 }, width)).toBeNull();
  expect(wantedDetail(base, null, { from: 10, to: 20 }, 0)).toBeNull();
});

test('zoomed in, the visible range and half of it on each side is asked for at half a pixel', () => {
  expect(wantedDetail(base, null, { from: 400, to: 500 }, width)).toEqual({
    refinement: [],
    groupBy: 'method',
    direction: 'callees',
    order: 'weight',
    around: null,
    compared: null,
    from: 350,
    to: 550,
    minSamples: 0.5,
  });
});

test('a detail that covers the range and is nearly as fine is kept', () => {
  const detail = flameTreeFromText(many, { from: 350, to: 550, minSamples: 0.5 });
  expect(wantedDetail(base, detail, { from: 400, to: 500 }, width)).toBeNull();
  expect(wantedDetail(base, detail, { from: 440, to: 500 }, width)).toBeNull();
  expect(wantedDetail(base, detail, { from: 500, to: 600 }, width)).toMatchObject({ from: 450, to: 650 });
  expect(wantedDetail(base, detail, { from: 440, to: 480 }, width)).toMatchObject({ minSamples: 0.2 });
});

test('the range asked for stays within the profile', () => {
  expect(wantedDetail(base, null, { from: 0, to: 100 }, width)).toMatchObject({ from: 0, to: 150 });
  expect(wantedDetail(base, null, { from: 950, to: 1000 }, width)).toMatchObject({ from: 925, to: 1000 });
});

test('the first picture asks for about two thousand boxes a row', () => {
  expect(firstMinSamples(75_036)).toBeCloseTo(37.5, 1);
  expect(firstMinSamples(0)).toBe(0);
});

test('a cover holds a range when both ends are in it', () => {
  const cover = { groupBy: 'line', from: 10, to: 20, minSamples: 1 } as const;
  expect(covers(cover, { from: 10, to: 20 })).toBe(true);
  expect(covers(cover, { from: 9, to: 20 })).toBe(false);
  expect(covers(cover, { from: 12, to: 21 })).toBe(false);
});
