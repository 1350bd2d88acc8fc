import { describe, expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { changeLevels, changePaletteFor, unchanged } from '../../webview/changePalette';
import { heatLimits } from '../../webview/colouring';
import {
  contrast,
  css,
  mostCategories,
  packed,
  paletteFor,
  type Rgb,
  shadeOf,
  shades,
  type ThemeKind,
} from '../../webview/palette';
import { distance, eyes, seenBy } from '../support/colourVision';

const kinds: readonly ThemeKind[] = ['light', 'dark', 'contrast-dark', 'contrast-light'];
const backgrounds: Record<ThemeKind, Rgb> = {
  light: [255, 255, 255],
  dark: [31, 31, 31],
  'contrast-dark': [0, 0, 0],
  'contrast-light': [255, 255, 255],
};

/** Distance in Oklab from which two areas side by side are told apart without effort; 0.02 is about the least one can see. */
const apart = 0.05;

function pairs<T>(list: readonly T[]): Array<readonly [T, T]> {
  return list.flatMap((a, at) => list.slice(at + 1).map((b) => [a, b] as const));
}

describe.each(kinds)('the %s palette', (kind) => {
  const palette = paletteFor(kind);
  const wanted = kind.startsWith('contrast') ? 7 : 4.5;

  test('has an ink for every origin and shade, lit and faded', () => {
    for (const origin of Object.values(Origin)) {
      expect(palette.origins[origin]!.inks).toHaveLength(shades);
      expect(palette.origins[origin]!.faded).toHaveLength(shades);
    }
    expect(palette.categories).toHaveLength(mostCategories);
    expect(palette.heat).toHaveLength(heatLimits.length + 1);
  });

  test(`has text that stands out at ${wanted}:1 on every fill`, () => {
    const { origins, categories, otherCategory, heat, match } = palette;
    const swatches = [...origins, ...categories, otherCategory, ...heat];
    for (const ink of [...swatches.flatMap(({ inks, faded }) => [...inks, ...faded]), match]) {
      expect(contrast(ink.fill, ink.text), `${css(ink.text)} on ${css(ink.fill)}`).toBeGreaterThanOrEqual(wanted);
    }
  });

  test(`shows changes in colours with text at ${wanted}:1, less and more apart from unchanged and from each other`, () => {
    const { inks, faded } = changePaletteFor(kind);
    expect([inks.length, faded.length]).toEqual([changeLevels, changeLevels]);
    for (const ink of [...inks, ...faded]) {
      expect(contrast(ink.fill, ink.text), `${css(ink.text)} on ${css(ink.fill)}`).toBeGreaterThanOrEqual(wanted);
    }
    // Blue and orange, whose blue channels are apart for eyes without red or green cones too.
    const [less, more] = [inks[0]!.fill, inks[changeLevels - 1]!.fill];
    expect(Math.abs(less[2] - more[2])).toBeGreaterThan(100);
    for (const end of [less, more]) expect(contrast(end, inks[unchanged]!.fill)).toBeGreaterThan(1.5);
  });

  test('tells my code from everything else by more than hue', () => {
    const mine = palette.origins[Origin.Mine]!.inks[0]!.fill;
    if (kind === 'light' || kind === 'dark') {
      for (const origin of [Origin.Gem, Origin.Stdlib, Origin.Core, Origin.Other]) {
        expect(contrast(mine, palette.origins[origin]!.inks[0]!.fill)).toBeGreaterThan(1.2);
      }
    }
    expect(new Set(palette.origins.map(({ inks }) => css(inks[0]!.fill))).size).toBe(6);
  });

  test('outlines the selection so that it can be seen on the background', () => {
    expect(contrast(palette.selection, backgrounds[kind])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.selection, palette.selectionInside)).toBeGreaterThanOrEqual(4.5);
  });

  test('fades what a search does not match towards the background', () => {
    for (const { inks, faded } of [...palette.origins, ...palette.categories, ...palette.heat]) {
      inks.forEach((ink, shade) => {
        const before = contrast(ink.fill, backgrounds[kind]);
        expect(contrast(faded[shade]!.fill, backgrounds[kind])).toBeLessThanOrEqual(before);
      });
    }
  });
});

describe.each(kinds)('the %s palette, by eyes of every kind', (kind) => {
  const { origins, categories, otherCategory, heat, match } = paletteFor(kind);

  test.each(eyes)('%s: colours of one set stay apart, whatever their shade', (eye) => {
    for (const set of [origins, [...categories, otherCategory]]) {
      const closest = pairs(set).map(([a, b]) => {
        const distances = a.inks.flatMap((x) => b.inks.map((y) => distance(eye, x.fill, y.fill)));
        return { distance: Math.min(...distances), of: `${css(a.inks[0]!.fill)} and ${css(b.inks[0]!.fill)}` };
      });
      expect(closest.filter((pair) => pair.distance < apart)).toEqual([]);
    }
  });

  test.each(eyes)('%s: heat is read by lightness', (eye) => {
    const lightness = heat.map(({ inks }) => seenBy(eye, inks[0]!.fill)[0]);
    const steps = lightness.slice(1).map((value, at) => value - lightness[at]!);
    const rising = kind === 'dark' || kind === 'contrast-dark';
    for (const step of steps) expect(rising ? step : -step).toBeGreaterThan(apart);
  });

  test.each(eyes)('%s: a match of the search is like nothing that does not match', (eye) => {
    for (const { faded } of [...origins, ...categories, otherCategory, ...heat]) {
      for (const ink of faded) expect(distance(eye, ink.fill, match.fill)).toBeGreaterThan(3 * apart);
    }
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
