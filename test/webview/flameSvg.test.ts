import { expect, test } from 'vitest';
import { noSlots } from '../../webview/colouring';
import { Dress, Wardrobe } from '../../webview/dress';
import { Figures } from '../../webview/figures';
import { flameSvg, type SvgPicture, svgWidth } from '../../webview/flameSvg';
import type { FlameTree } from '../../webview/flameTree';
import { CharacterWidths } from '../../webview/labels';
import { paletteFor } from '../../webview/palette';
import { flameTreeFromText } from './flameTreeFromText';

const figures = new Figures({ unit: 'objects', total: 5000, exact: true, perSample: 50 }, 100, 'en');
const wardrobe = new Wardrobe(new CharacterWidths((text) => text.length * 7));
const colouring = { colourBy: 'origin', colourSlots: noSlots } as const;

function pictureOf(tree: FlameTree, change: Partial<SvgPicture> = {}): SvgPicture {
  return {
    base: new Dress(tree, paletteFor('light'), colouring, '', wardrobe),
    detail: null,
    range: { from: 0, to: tree.totalSamples },
    rootsAt: 'top',
    background: [255, 255, 255],
    foreground: [0, 0, 0],
    figures,
    scale: 1,
    title: 'a.dump — 5,000 objects',
    ...change,
  };
}

const text = `
  Job@app/job.rb#5:6 > Build@app/build.rb#10:12 > Class#new@<cfunc>   60
  Job@app/job.rb#5:6 > Save@app/save.rb#3:9   40
`;

test('every box is a rectangle with its name as text and its figures as a tooltip', () => {
  const svg = flameSvg(pictureOf(flameTreeFromText(text)));
  expect(svg.match(/<g>/g)).toHaveLength(4);
  expect(svg).toContain('<text x="4" y="20" fill="rgb(0, 0, 0)">a.dump — 5,000 objects</text>');
  expect(svg).toContain('<title>Build — app/build.rb:10 — ≈3,000 objects, 60.0 % of all</title>');
  expect(svg).toMatch(/<text [^>]*>Class#new<\/text>/);
  const widths = [...svg.matchAll(/<rect x="[\d.]+" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(Math.max(...widths)).toBeLessThanOrEqual(svgWidth);
  expect(svg).toMatch(/^<svg [^>]*height="94"/);
});

test('only what is between the edges, with the callers above it', () => {
  const svg = flameSvg(pictureOf(flameTreeFromText(text), { range: { from: 60, to: 100 } }));
  expect(svg).toMatch(/>Save</);
  expect(svg).toMatch(/>Job</);
  expect(svg).not.toMatch(/Build/);
});

test('roots below, the first level is at the bottom', () => {
  const yOf = (svg: string, name: string): number =>
    Number(new RegExp(`<title>${name} [^]*?y="(\\d+)"`).exec(svg)?.[1] ?? Number.NaN);
  const down = flameSvg(pictureOf(flameTreeFromText(text)));
  const up = flameSvg(pictureOf(flameTreeFromText(text), { rootsAt: 'bottom' }));
  expect(yOf(down, 'Job')).toBeLessThan(yOf(down, 'Save'));
  expect(yOf(up, 'Job')).toBeGreaterThan(yOf(up, 'Save'));
});

test('no name becomes markup, and what cannot be seen is shown', () => {
  const tree = flameTreeFromText(text);
  const hostile = '</text><script>alert(1)</script>&"\u202e\u0000\ud800';
  const names = tree.frames.name.map(() => hostile);
  const svg = flameSvg(pictureOf({ ...tree, frames: { ...tree.frames, name: names } }, { title: hostile }));
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&#60;/text&#62;&#60;script&#62;');
  expect(svg).toContain('‹U+202E›␀�');
  expect(svg).not.toMatch(/[\u0000-\u0008\u202e]/);
});
