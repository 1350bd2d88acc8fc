import type { BrowserContext, Locator } from 'playwright-core';

/** What a picture shows, as far as a test can say it without knowing the picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Colours with at least a thousandth of all pixels: fills, not the edges of letters. */
  readonly fills: number;
  /** Share (0..1) of the pixels that have the commonest colour: near 1 when nothing is drawn. */
  readonly background: number;
}

/** Looks at an element as the user sees it: a screenshot of its place on the page, not its canvas's memory. */
export async function pixelsOf(context: BrowserContext, element: Locator): Promise<Pixels> {
  const png = (await element.screenshot()).toString('base64');
  const lab = await context.newPage();
  try {
    return await lab.evaluate(countColours, png);
  } finally {
    await lab.close();
  }
}

/** Runs in a blank page, which brings the PNG decoder. */
async function countColours(png: string): Promise<Pixels> {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]));
  const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
  if (drawing === null) throw new Error('no 2d canvas');
  drawing.drawImage(image, 0, 0);
  const colours = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const sorted = [...counts.values()].sort((a, b) => b - a);
  return {
    width: image.width,
    height: image.height,
    fills: sorted.filter((count) => count >= colours.length / 1000).length,
    background: (sorted[0] ?? 0) / colours.length,
  };
}
