/** Colours of changes from a baseline: blue for less, orange for more, grey between; apart for every common kind of colour blindness. */
import { type Ink, inkOn, mix, type Rgb, rgbOf, type ThemeKind } from './palette';

/** Levels from much less (0) over unchanged (3) to much more (6). */
export const changeLevels = 7;
export const unchanged = 3;

export interface ChangePalette {
  readonly inks: readonly Ink[];
  /** Where a search does not match. */
  readonly faded: readonly Ink[];
}

interface Seed {
  readonly background: Rgb;
  readonly less: string;
  readonly same: string;
  readonly more: string;
  readonly fade: number;
  readonly contrast: number;
}

const seeds: Record<ThemeKind, Seed> = {
  light: { background: [255, 255, 255], less: '#3f8fd6', same: '#e3e3e3', more: '#e8842c', fade: 0.72, contrast: 4.5 },
  dark: { background: [30, 30, 30], less: '#4aa0e8', same: '#4a4a4a', more: '#f0903a', fade: 0.72, contrast: 4.5 },
  'contrast-dark': { background: [0, 0, 0], less: '#6bb8ff', same: '#ececec', more: '#ffa94d', fade: 0.8, contrast: 7 },
  'contrast-light': {
    background: [255, 255, 255],
    less: '#5fa8ff',
    same: '#ededed',
    more: '#ff9d3c',
    fade: 0.85,
    contrast: 7,
  },
};

/** Steps from unchanged to the colour of much less or much more. */
const steps = [1, 0.66, 0.33];

export function changePaletteFor(kind: ThemeKind): ChangePalette {
  const { background, less, same, more, fade, contrast } = seeds[kind];
  const middle = rgbOf(same);
  const towards = (end: string): Rgb[] => steps.map((step) => mix(middle, rgbOf(end), step));
  const fills = [...towards(less), middle, ...towards(more).reverse()];
  return {
    inks: fills.map((fill) => inkOn(fill, contrast, 1)),
    faded: fills.map((fill) => inkOn(mix(fill, background, fade), contrast, 0.55)),
  };
}
