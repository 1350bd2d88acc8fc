/**
 * Colours of the flame graph: one fill per origin, in three shades so that neighbours stay apart, and a faded form for
 * boxes a search does not match. Text on every one of them has a contrast of at least 4.5:1 (7:1 in high contrast);
 * the test computes it. Fills are ours, not the theme's: a theme's accent colours promise nothing about text on them.
 * Blue and orange stay apart for every common kind of colour blindness; "my code" also differs by lightness.
 */
import type { Origin } from '../src/profile/origin';

export type ThemeKind = 'light' | 'dark' | 'contrast-dark' | 'contrast-light';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Ink {
  readonly fill: Rgb;
  readonly text: Rgb;
}

export interface Palette {
  readonly kind: ThemeKind;
  /** `origins[origin][shade]`. */
  readonly origins: ReadonlyArray<readonly Ink[]>;
  readonly faded: ReadonlyArray<readonly Ink[]>;
  /** Boxes a search matches: one colour for all, apart from every origin's. */
  readonly match: Ink;
  /** Calls too narrow to draw one by one. */
  readonly rest: Rgb;
  /** Outline of what is selected, and the line inside it that sets it off from any fill. */
  readonly selection: Rgb;
  readonly selectionInside: Rgb;
}

export const shades = 3;

interface Seed {
  readonly background: Rgb;
  readonly fills: Readonly<Record<keyof typeof Origin, string>>;
  readonly match: string;
  readonly rest: string;
  readonly selection: string;
  /** How far the second and third shade move towards the background. */
  readonly shadeStep: number;
  readonly fade: number;
  readonly contrast: number;
}

const seeds: Record<ThemeKind, Seed> = {
  light: {
    background: [255, 255, 255],
    fills: { Mine: '#f2a33a', Gem: '#b9d3ee', Stdlib: '#b5ddd1', Core: '#d5d3e6', Other: '#dcdcdc', Gc: '#f0bcc8' },
    match: '#c026a3',
    rest: '#e9e9ec',
    selection: '#0b3d91',
    shadeStep: 0.13,
    fade: 0.72,
    contrast: 4.5,
  },
  dark: {
    background: [30, 30, 30],
    fills: { Mine: '#e89a3c', Gem: '#35597f', Stdlib: '#2d6459', Core: '#55526f', Other: '#565656', Gc: '#84404f' },
    match: '#ff8ae2',
    rest: '#343438',
    selection: '#ffffff',
    shadeStep: 0.12,
    fade: 0.72,
    contrast: 4.5,
  },
  'contrast-dark': {
    background: [0, 0, 0],
    fills: { Mine: '#ffb347', Gem: '#8cc8ff', Stdlib: '#7fe0c3', Core: '#c9c3f5', Other: '#d0d0d0', Gc: '#ffa8b8' },
    match: '#ff8fe6',
    rest: '#3a3a3a',
    selection: '#ffffff',
    shadeStep: 0.08,
    fade: 0.8,
    contrast: 7,
  },
  'contrast-light': {
    background: [255, 255, 255],
    fills: { Mine: '#763300', Gem: '#0a4179', Stdlib: '#07473b', Core: '#403873', Other: '#3f3f3f', Gc: '#7c1034' },
    match: '#a3007f',
    rest: '#d9d9d9',
    selection: '#000000',
    shadeStep: 0.05,
    fade: 0.85,
    contrast: 7,
  },
};

/** The palette of a kind of theme. */
export function paletteFor(kind: ThemeKind): Palette {
  const seed = seeds[kind];
  const fills = originKeys.map((key) => rgbOf(seed.fills[key]));
  const shaded = (fill: Rgb): Rgb[] =>
    Array.from({ length: shades }, (_, shade) => mix(fill, seed.background, shade * seed.shadeStep));
  return {
    kind,
    origins: fills.map((fill) => shaded(fill).map((shade) => inkOn(shade, seed.contrast, 1))),
    faded: fills.map((fill) =>
      shaded(fill).map((shade) => inkOn(mix(shade, seed.background, seed.fade), seed.contrast, 0.55)),
    ),
    match: inkOn(rgbOf(seed.match), seed.contrast, 1),
    rest: rgbOf(seed.rest),
    selection: rgbOf(seed.selection),
    selectionInside: seed.background,
  };
}

const originKeys: ReadonlyArray<keyof typeof Origin> = ['Mine', 'Gem', 'Stdlib', 'Core', 'Other', 'Gc'];

/** A stable shade for a name, so that a method keeps its colour over zoom, reload and grouping. */
export function shadeOf(name: string): number {
  let hash = 7;
  const end = Math.min(name.length, 64);
  for (let i = 0; i < end; i++) hash = (hash * 31 + name.charCodeAt(i)) | 0;
  return (hash >>> 3) % shades;
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** One little-endian 32-bit word, bytes r g b 255: what both painters read. */
export function packed([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Text for a fill: black or white, moved `dim` of the way back towards the fill as far as the contrast allows. */
export function inkOn(fill: Rgb, wanted: number, strength: number): Ink {
  const strong: Rgb = contrast(black, fill) >= contrast(white, fill) ? black : white;
  for (let share = strength; share < 1; share += 0.05) {
    const text = mix(fill, strong, share);
    if (contrast(text, fill) >= wanted + 0.1) return { fill, text };
  }
  return { fill, text: strong };
}

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (x: number, y: number): number => Math.round(x + (y - x) * share);
  return [at(a[0], b[0]), at(a[1], b[1]), at(a[2], b[2])];
}

export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
