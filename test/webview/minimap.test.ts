import { expect, test } from 'vitest';
import { dragged, markOf } from '../../webview/minimap';

const all = { from: 0, to: 1000 };
const part = { from: 200, to: 400 };

test('the mark is where the range is, and never too narrow to be seen', () => {
  expect(markOf(part, 1000, 500)).toEqual({ left: 100, width: 100 });
  expect(markOf({ from: 999, to: 1000 }, 1000, 500)).toEqual({ left: 496, width: 4 });
});

test('a drag across the strip picks what is under it, either way', () => {
  expect(dragged(100, 250, all, 1000, 500)).toEqual({ from: 200, to: 500 });
  expect(dragged(250, 100, all, 1000, 500)).toEqual({ from: 200, to: 500 });
  expect(dragged(300, 900, part, 1000, 500)).toEqual({ from: 600, to: 1000 });
});

test('a drag of the mark moves it, as far as there are samples', () => {
  expect(dragged(150, 200, part, 1000, 500)).toEqual({ from: 300, to: 500 });
  expect(dragged(150, -900, part, 1000, 500)).toEqual({ from: 0, to: 200 });
});

test('a click beside the mark brings it there, as wide as it was', () => {
  expect(dragged(400, 401, part, 1000, 500)).toEqual({ from: 702, to: 902 });
});
