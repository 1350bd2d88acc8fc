import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core says, as far as it is read here. */
interface AxeResults {
  readonly violations: ReadonlyArray<{
    readonly id: string;
    readonly help: string;
    readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>;
  }>;
}

declare global {
  interface Window {
    axe?: { run(context: Document, options: { readonly runOnly?: readonly string[] }): Promise<AxeResults> };
  }
}

/**
 * What breaks a rule of axe-core in the page around an element, in words; empty when nothing does. Of these rules, or of all
 * when none is named.
 */
export async function violationsAround(element: Locator, rules: readonly string[] = []): Promise<string[]> {
  const frame = await (await element.elementHandle())?.ownerFrame();
  if (!frame) throw new Error('the element is in no page');
  if (!(await frame.evaluate(() => window.axe !== undefined))) await frame.evaluate(axeScript);
  return frame.evaluate(async (runOnly) => {
    if (window.axe === undefined) throw new Error('axe-core did not load');
    const { violations } = await window.axe.run(document, runOnly.length === 0 ? {} : { runOnly });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
    );
  }, rules);
}

/** A colour of letters on a colour of boxes, and how often a pixel of the letters is on a pixel of the boxes. */
export interface LetterColours {
  readonly text: string;
  readonly fill: string;
  readonly pixels: number;
  /** WCAG contrast ratio of the two, 1 to 21. */
  readonly contrast: number;
}

/** The colours of the names on the boxes of a flame graph, read from its pixels: of those that letters cover wholly. */
export function letterColours(stage: Locator): Promise<LetterColours[]> {
  return stage.evaluate((element) => {
    const [boxes, letters] = [...element.querySelectorAll('canvas')].map((canvas) => {
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('the picture is not drawn on 2-D canvases');
      return context.getImageData(0, 0, canvas.width, canvas.height).data;
    });
    if (boxes === undefined || letters === undefined || boxes.length !== letters.length) throw new Error('no picture');
    const counts = new Map<string, number>();
    for (let at = 0; at < letters.length; at += 4) {
      if (letters[at + 3] !== 255) continue;
      const pair = `${letters.slice(at, at + 3).join()} ${boxes.slice(at, at + 3).join()}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = colour.split(',').map((channel) => {
        const value = Number(channel) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return [...counts].map(([pair, pixels]) => {
      const [text = '', fill = ''] = pair.split(' ');
      const [a, b] = [luminance(text), luminance(fill)];
      return { text, fill, pixels, contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    });
  });
}
