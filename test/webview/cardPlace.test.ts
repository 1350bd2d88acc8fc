import { expect, test } from 'vitest';
import { placeCard } from '../../webview/cardPlace';

const window = { width: 800, height: 600 };
const card = { width: 300, height: 120 };

test('under the box, right of the pointer', () => {
  expect(placeCard({ left: 0, top: 100, width: 700, height: 20 }, 200, card, window)).toMatchObject({
    left: 214,
    top: 126,
  });
});

test('above the box where there is no room under it', () => {
  expect(placeCard({ left: 0, top: 500, width: 700, height: 20 }, 200, card, window)).toMatchObject({ top: 374 });
});

test('never over the box, and never out of the window, wherever the pointer is', () => {
  for (const height of [90, 150, 600]) {
    for (const width of [280, 320, 800]) {
      for (let top = 0; top + 20 <= height; top += 7) {
        for (let pointer = 0; pointer <= width; pointer += 13) {
          const bounds = { width, height };
          const box = { left: 0, top, width: 100, height: 20 };
          const place = placeCard(box, pointer, card, bounds);
          const seen = Math.min(card.height, place.maxHeight);
          const bottom = place.top + seen;
          expect(place.top >= top + 20 || bottom <= top, `${JSON.stringify({ bounds, box, place })}`).toBe(true);
          if (seen > 0)
            expect(place.top >= 0 && bottom <= height, `${JSON.stringify({ bounds, box, place })}`).toBe(true);
          expect(place.left).toBeGreaterThanOrEqual(0);
          if (card.width + 12 <= width) expect(place.left + card.width).toBeLessThanOrEqual(width);
        }
      }
    }
  }
});
