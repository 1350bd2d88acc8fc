/**
 * Colours as seen by eyes without one kind of cones: Machado, Oliveira and Fernandes 2009 (A Physiologically-based Model for
 * Simulation of Color Vision Deficiency), severity 1; compared in Oklab (Ottosson 2020), where distances are even.
 */
import type { Rgb } from '../../webview/palette';

export const eyes = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
export type Eye = (typeof eyes)[number];

type Triple = readonly [number, number, number];

const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const matrices: Readonly<Record<Eye, readonly number[]>> = {
  normal: identity,
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** The colour in Oklab as the eye sees it; the first is lightness, 0 to 1. */
export function seenBy(eye: Eye, colour: Rgb): Triple {
  const linear: Triple = [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])];
  return oklab(times(matrices[eye], linear));
}

/** How far apart the eye sees two colours; black and white are 1 apart. */
export function distance(eye: Eye, a: Rgb, b: Rgb): number {
  const [x, y] = [seenBy(eye, a), seenBy(eye, b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

function times(matrix: readonly number[], [red, green, blue]: Triple): Triple {
  const row = (at: number): number => {
    const value = matrix[at]! * red + matrix[at + 1]! * green + matrix[at + 2]! * blue;
    return Math.min(1, Math.max(0, value));
  };
  return [row(0), row(3), row(6)];
}

function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function oklab([red, green, blue]: Triple): Triple {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}
