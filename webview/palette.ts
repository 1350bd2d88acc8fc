/**
 * Colours of the flame graph: one fill per origin, package or file in three near shades, so that neighbours stay apart, or
 * one per level of heat; and a faded form of each for boxes a search does not match. Text on every one of them has a
 * contrast of at least 4.5:1 (7:1 in high contrast). Fills of one set, whatever their shade, stay apart for eyes without
 * red, green or blue cones; heat rises in lightness alone. The tests compute all of it. Fills are ours, not the theme's:
 * a theme's accent colours promise nothing about text on them.
 */
import type { Origin } from '../src/profile/origin';

export type ThemeKind = 'light' | 'dark' | 'contrast-dark' | 'contrast-light';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Ink {
  readonly fill: Rgb;
  readonly text: Rgb;
}

/** The colours of one kind of box, by shade. */
export interface Swatch {
  readonly inks: readonly Ink[];
  /** The same where a search does not match. */
  readonly faded: readonly Ink[];
}

export interface Palette {
  readonly kind: ThemeKind;
  /** By `Origin`. */
  readonly origins: readonly Swatch[];
  /** For the packages and files that have a colour of their own, and for all others. */
  readonly categories: readonly Swatch[];
  readonly otherCategory: Swatch;
  /** From nothing to hottest. All shades are alike. */
  readonly heat: readonly Swatch[];
  /** Boxes a search matches: one colour for all, apart from every origin's. */
  readonly match: Ink;
  /** Calls too narrow to draw one by one. */
  readonly rest: Rgb;
  /** Outline of what is selected, and the line inside it that sets it off from any fill. */
  readonly selection: Rgb;
  readonly selectionInside: Rgb;
}

export const shades = 3;

/** Packages or files that have a colour of their own. */
export const mostCategories = 7;

interface Seed {
  readonly background: Rgb;
  readonly fills: Readonly<Record<keyof typeof Origin, string>>;
  readonly categories: readonly string[];
  readonly otherCategory: string;
  readonly heat: readonly string[];
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
    fills: { Mine: '#f49f4e', Gem: '#add1fb', Stdlib: '#6aa49b', Core: '#ab8cd0', Other: '#e2dfdd', Gc: '#97645c' },
    categories: ['#e4973b', '#7687e4', '#7bccb0', '#b665a3', '#fad460', '#838b62', '#d0b2fb'],
    otherCategory: '#e6e6e6',
    heat: ['#eeedea', '#ebd28f', '#eea244', '#df6d2f', '#af3c3a', '#691d35'],
    match: '#c026a3',
    rest: '#e9e9ec',
    selection: '#0b3d91',
    shadeStep: 0.07,
    fade: 0.72,
    contrast: 4.5,
  },
  dark: {
    background: [30, 30, 30],
    fills: { Mine: '#f8a725', Gem: '#034980', Stdlib: '#6ca17a', Core: '#9e7bba', Other: '#62615e', Gc: '#7d1417' },
    categories: ['#cb952f', '#617fd0', '#7ad4a8', '#b35472', '#613987', '#cbb4fe', '#266217'],
    otherCategory: '#30302f',
    heat: ['#3b3a3e', '#71426d', '#af4c60', '#dd6d45', '#f5a33a', '#fae685'],
    match: '#ff8ae2',
    rest: '#343438',
    selection: '#ffffff',
    shadeStep: 0.07,
    fade: 0.72,
    contrast: 4.5,
  },
  'contrast-dark': {
    background: [0, 0, 0],
    fills: { Mine: '#fdb214', Gem: '#74aafe', Stdlib: '#94fdac', Core: '#e6d4fc', Other: '#515255', Gc: '#9c1408' },
    categories: ['#f1970a', '#29b1ff', '#f7ef54', '#65339a', '#bbfcf4', '#8b1802', '#1f5d62'],
    otherCategory: '#303030',
    heat: ['#272628', '#592656', '#834027', '#eb7c33', '#f9b73f', '#fcf1aa'],
    match: '#ff8fe6',
    rest: '#3a3a3a',
    selection: '#ffffff',
    shadeStep: 0.05,
    fade: 0.8,
    contrast: 7,
  },
  'contrast-light': {
    background: [255, 255, 255],
    fills: { Mine: '#c09032', Gem: '#12419d', Stdlib: '#001709', Core: '#330047', Other: '#494645', Gc: '#f36d9d' },
    categories: ['#7d2f00', '#31418e', '#969d3a', '#db7f94', '#06056b', '#400000', '#08001c'],
    otherCategory: '#dedede',
    heat: ['#dfdedb', '#e2c162', '#e48e26', '#863709', '#621d1c', '#370412'],
    match: '#a3007f',
    rest: '#d9d9d9',
    selection: '#000000',
    shadeStep: 0.04,
    fade: 0.85,
    contrast: 7,
  },
};

/** The palette of a kind of theme. */
export function paletteFor(kind: ThemeKind): Palette {
  const seed = seeds[kind];
  const shaded = (hex: string, steps = shades): readonly Rgb[] => {
    const fill = rgbOf(hex);
    return Array.from({ length: shades }, (_, shade) =>
      mix(fill, seed.background, Math.min(shade, steps - 1) * seed.shadeStep),
    );
  };
  const swatch = (fills: readonly Rgb[]): Swatch => ({
    inks: fills.map((fill) => inkOn(fill, seed.contrast, 1)),
    faded: fills.map((fill) => inkOn(mix(fill, seed.background, seed.fade), seed.contrast, 0.55)),
  });
  return {
    kind,
    origins: originKeys.map((key) => swatch(shaded(seed.fills[key]))),
    categories: seed.categories.map((hex) => swatch(shaded(hex))),
    otherCategory: swatch(shaded(seed.otherCategory)),
    heat: seed.heat.map((hex) => swatch(shaded(hex, 1))),
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
