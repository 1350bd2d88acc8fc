const STRETCH = 4096;

/**
 * Walks `0 .. length` in stretches: a function that is called again and again is compiled earlier than a loop inside one
 * long call, which matters in a process that does this once.
 */
export function inStretches(length: number, walk: (from: number, to: number) => void): void {
  for (let from = 0; from < length; from += STRETCH) walk(from, Math.min(from + STRETCH, length));
}
