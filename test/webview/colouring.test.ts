import { expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { heatLevel, heatLimits, noSlots, swatchOf, withSlotsOf } from '../../webview/colouring';
import { mostCategories, paletteFor } from '../../webview/palette';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';

const text = `
  Job@app/job.rb#5:6 > Build@app/build.rb#10:12 > Class#new@<cfunc>   30
  Job@app/job.rb#5:6 > Save@/gems/pg-1.5.0/lib/pg.rb#3:9              50
  Job@app/job.rb#5:6 > Build@app/build.rb#10:14                       20
`;
const palette = paletteFor('dark');

test('packages get colours by what they allocate themselves, the application before all', () => {
  expect(withSlotsOf(noSlots, flameTreeFromText(text)).package).toEqual(['app', 'pg', 'ruby']);
});

test('files of the application come first, by what goes through them; C functions are in no file', () => {
  const tree = flameTreeFromText(text);
  expect(withSlotsOf(noSlots, tree).file).toEqual(['app/job.rb', 'app/build.rb', '/gems/pg-1.5.0/lib/pg.rb']);
  const recursive = flameTreeFromText(`
    A@app/a.rb#1:2 > A@app/a.rb#1:3 > A@app/a.rb#1:3   40
    B@app/b.rb#1:2                                      60
  `);
  expect(withSlotsOf(noSlots, recursive).file).toEqual(['app/b.rb', 'app/a.rb']);
});

test('who has a colour keeps it, whatever other pictures bring', () => {
  const slots = withSlotsOf(noSlots, flameTreeFromText(text));
  const later = withSlotsOf(slots, flameTreeFromText('Other@app/other.rb#1:2 90\nBuild@app/build.rb#10:12 10'));
  expect(later.file).toEqual([...slots.file, 'app/other.rb']);
  expect(later.package).toBe(slots.package);
  expect(withSlotsOf(later, flameTreeFromText(text))).toBe(later);
});

test('there are no more colours than eyes tell apart; the rest share one', () => {
  const many = Array.from({ length: 20 }, (_, i) => `M${i}@app/f${i}.rb#1:2 ${100 - i}`).join('\n');
  const tree = flameTreeFromText(many);
  const { frames } = tree;
  const colourSlots = withSlotsOf(noSlots, tree);
  expect(colourSlots.file).toEqual(Array.from({ length: mostCategories }, (_, i) => `app/f${i}.rb`));
  const colouring = { colourBy: 'file', colourSlots } as const;
  const swatches = frames.file.map((_, row) => swatchOf(colouring, palette, frames, row));
  expect(new Set(swatches).size).toBe(mostCategories + 1);
  expect(swatches[frames.file.indexOf('app/f19.rb')]).toBe(palette.otherCategory);
});

test('a frame has the colour of its origin, its package, or its own heat', () => {
  const tree = flameTreeFromText(text);
  const { frames } = tree;
  const colourSlots = withSlotsOf(noSlots, tree);
  const of = (colourBy: 'origin' | 'package' | 'heat', name: string) =>
    swatchOf({ colourBy, colourSlots }, palette, frames, tree.frame[rowNamed(tree, name)]!);
  expect(of('origin', 'Save')).toBe(palette.origins[Origin.Gem]);
  expect(of('package', 'Save')).toBe(palette.categories[1]);
  expect(of('package', 'Job')).toBe(of('package', 'Build'));
  expect(of('heat', 'Job')).toBe(palette.heat[0]);
  expect(of('heat', 'Save')).toBe(palette.heat[heatLimits.length]);
});

test('levels of heat begin at their limits', () => {
  expect(heatLevel(0)).toBe(0);
  heatLimits.forEach((limit, level) => {
    expect(heatLevel(limit)).toBe(level + 1);
    expect(heatLevel(limit * 0.999)).toBe(level);
  });
  expect(heatLevel(1)).toBe(heatLimits.length);
});
