/**
 * What boxes are coloured by. Packages and files get colours of their own as they appear, the heaviest first, and keep them;
 * there are only as many colours as eyes tell apart, so the rest share one.
 */
import { Origin } from '../src/profile/origin';
import type { FlameFrames } from '../src/protocol/requests';
import { packageOf } from '../src/source/packageOf';
import { hasSource } from './boxSelection';
import type { FlameTree } from './flameTree';
import { mostCategories, type Palette, type Swatch } from './palette';

/** `origin`: whose code. `package`, `file`. `heat`: what the method itself allocates. */
export const colourings = ['origin', 'package', 'file', 'heat'] as const;
export type ColourBy = (typeof colourings)[number];

/** Who has which colour: the place in the list is the category of the palette. */
export interface ColourSlots {
  readonly package: readonly string[];
  readonly file: readonly string[];
}

export const noSlots: ColourSlots = { package: [], file: [] };

export interface Colouring {
  readonly colourBy: ColourBy;
  readonly colourSlots: ColourSlots;
}

/** Shares of what is shown from which a method is in the next level of heat; the first level is below all of them. */
export const heatLimits: readonly number[] = [0.001, 0.005, 0.02, 0.05, 0.1];

export function heatLevel(share: number): number {
  let level = 0;
  while (level < heatLimits.length && share >= heatLimits[level]!) level++;
  return level;
}

/**
 * Gives colours that are still free to what a picture brings: to packages by what they allocate themselves, the application
 * before all; to files of the application by what goes through them, and then to others by what they allocate themselves.
 * The same object when nothing is new.
 */
export function withSlotsOf(slots: ColourSlots, tree: FlameTree): ColourSlots {
  const filled = { package: fill(slots.package, packageWeights(tree)), file: fill(slots.file, fileWeights(tree)) };
  return filled.package === slots.package && filled.file === slots.file ? slots : filled;
}

/** The colours of a frame's boxes under a palette. */
export function swatchOf(
  { colourBy, colourSlots }: Colouring,
  palette: Palette,
  frames: FlameFrames,
  row: number,
): Swatch {
  switch (colourBy) {
    case 'origin':
      return palette.origins[frames.origin[row]!] ?? palette.origins[Origin.Other]!;
    case 'package':
      return palette.categories[colourSlots.package.indexOf(packageAt(frames, row))] ?? palette.otherCategory;
    case 'file':
      return palette.categories[colourSlots.file.indexOf(frames.file[row]!)] ?? palette.otherCategory;
    case 'heat':
      return palette.heat[heatLevel(frames.ownShare[row]!)]!;
  }
}

function fill(slots: readonly string[], weights: ReadonlyMap<string, number>): readonly string[] {
  if (slots.length >= mostCategories) return slots;
  const added = [...weights].filter(([key, weight]) => weight > 0 && !slots.includes(key));
  if (added.length === 0) return slots;
  added.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return [...slots, ...added.map(([key]) => key)].slice(0, mostCategories);
}

/** More than any share: what belongs to the application comes first. */
const first = 2;

function packageWeights({ frames }: FlameTree): Map<string, number> {
  const weights = new Map<string, number>();
  for (let row = 0; row < frames.file.length; row++) {
    const key = packageAt(frames, row);
    add(weights, key, key === 'app' && !weights.has(key) ? first : frames.ownShare[row]!);
  }
  return weights;
}

function fileWeights({ frames, frame, parent, total, length, totalSamples }: FlameTree): Map<string, number> {
  const weights = new Map<string, number>();
  for (let row = 0; row < frames.file.length; row++) {
    const file = frames.file[row]!;
    const origin = frames.origin[row]!;
    if (!hasSource(origin, file)) continue;
    if (origin !== Origin.Mine) add(weights, file, frames.ownShare[row]!);
    else if (!weights.has(file)) weights.set(file, first);
  }
  for (let row = 0; row < length; row++) {
    const at = frame[row]!;
    const above = parent[row]!;
    // A call within the file is in its caller's samples already.
    if (frames.origin[at] !== Origin.Mine || (above >= 0 && frames.file[frame[above]!] === frames.file[at])) continue;
    add(weights, frames.file[at]!, total[row]! / Math.max(1, totalSamples));
  }
  return weights;
}

function add(weights: Map<string, number>, key: string, weight: number): void {
  weights.set(key, (weights.get(key) ?? 0) + weight);
}

/** Reading a path takes a while, and every answer with finer boxes brings the same ones. */
const knownPackages = new Map<string, string>();
const mostKnown = 20_000;

function packageAt({ file, origin }: FlameFrames, row: number): string {
  const recorded = file[row]!;
  const known = Object.values(Origin).find((value) => value === origin[row]) ?? Origin.Other;
  const key = `${known}${recorded}`;
  let name = knownPackages.get(key);
  if (name === undefined) {
    if (knownPackages.size >= mostKnown) knownPackages.clear();
    name = packageOf(recorded, known);
    knownPackages.set(key, name);
  }
  return name;
}
