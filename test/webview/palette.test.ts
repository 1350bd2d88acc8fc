import { describe, expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { contrast, css, packed, paletteFor, type Rgb, shadeOf, shades, type ThemeKind } from '../../webview/palette';

const kinds: readonly ThemeKind[] = ['light', 'dark', 'contrast-dark', 'contrast-light'];
const backgrounds: Record<ThemeKind, Rgb> = {
  light: [255, 255, 255],
  dark: [31, 31, 31],
  'contrast-dark': [0, 0, 0],
  'contrast-light': [255, 255, 255],
};

describe.each(kinds)('the %s palette', (kind) => {
  const palette = paletteFor(kind);
  const wanted = kind.startsWith('contrast') ? 7 : 4.5;

  test('has an ink for every origin and shade, lit and faded', () => {
    for (const origin of Object.values(Origin)) {
      expect(palette.origins[origin]).toHaveLength(shades);
      expect(palette.faded[origin]).toHaveLength(shades);
    }
  });

  test(`has text that stands out at ${wanted}:1 on every fill`, () => {
    for (const ink of [...palette.origins, ...palette.faded, palette.match].flat()) {
      expect(contrast(ink.fill, ink.text), `${css(ink.text)} on ${css(ink.fill)}`).toBeGreaterThanOrEqual(wanted);
    }
  });

  test('tells my code from everything else by more than hue', () => {
    const mine = palette.origins[Origin.Mine]![0]!.fill;
    if (kind === 'light' || kind === 'dark') {
      for (const origin of [Origin.Gem, Origin.Stdlib, Origin.Core, Origin.Other]) {
        expect(contrast(mine, palette.origins[origin]![0]!.fill)).toBeGreaterThan(1.2);
      }
    }
    expect(new Set(palette.origins.map((inks) => css(inks[0]!.fill))).size).toBe(6);
  });

  test('outlines the selection so that it can be seen on the background', () => {
    expect(contrast(palette.selection, backgrounds[kind])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.selection, palette.selectionInside)).toBeGreaterThanOrEqual(4.5);
  });

  test('fades what a search does not match towards the background', () => {
    palette.origins.forEach((inks, origin) => {
      inks.forEach((ink, shade) => {
        const faded = palette.faded[origin]![shade]!;
        expect(contrast(faded.fill, backgrounds[kind])).toBeLessThan(contrast(ink.fill, backgrounds[kind]));
      });
    });
  });
});

test('contrast is WCAG: 21 for black on white, 1 for equal colours', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([12, 34, 56], [12, 34, 56])).toBe(1);
  expect(contrast([118, 118, 118], [255, 255, 255])).toBeCloseTo(4.54, 2);
});

test('a packed colour is its bytes r g b a in memory', () => {
  expect([...new Uint8Array(Uint32Array.of(packed([1, 2, 250])).buffer)]).toEqual([1, 2, 250, 255]);
});

test('a name has one shade, and names spread over all', () => {
  expect(shadeOf('Array#map')).toBe(shadeOf('Array#map'));
  const seen = new Set(Array.from({ length: 50 }, (_, i) => shadeOf(`Name#${i}`)));
  expect([...seen].sort()).toEqual([0, 1, 2]);
});
