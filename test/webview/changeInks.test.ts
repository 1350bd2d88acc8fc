import { expect, test } from 'vitest';
import { ChangeInks } from '../../webview/changeInks';
import { changePaletteFor } from '../../webview/changePalette';
import { css, packed, paletteFor } from '../../webview/palette';
import { flameTreeFromText } from './flameTreeFromText';

const tree = flameTreeFromText('A@app/a.rb:1 > B@app/b.rb:1 5\nA@app/a.rb:1 > C@app/c.rb:1 2');
const level = Int8Array.of(-3, 0, 3);
const palette = paletteFor('dark');
const { inks, faded } = changePaletteFor('dark');

test('a box has the colour of its change', () => {
  const changed = new ChangeInks(tree, level, palette, null);
  expect([...changed.fills]).toEqual([inks[0], inks[3], inks[6]].map((ink) => packed(ink!.fill)));
  expect(changed.textOf(2)).toBe(css(inks[6]!.text));
});

test('a search fades all but what it finds', () => {
  const found = Uint8Array.from(tree.frames.name, (name) => (name === 'B' ? 1 : 0));
  const changed = new ChangeInks(tree, level, palette, found);
  expect([...changed.fills]).toEqual([faded[0], palette.match, faded[6]].map((ink) => packed(ink!.fill)));
});
