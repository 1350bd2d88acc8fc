import { changeLevels, changePaletteFor, unchanged } from './changePalette';
import type { BoxRow, FlameTree } from './flameTree';
import { css, type Ink, type Palette, packed } from './palette';

/** Colours of boxes by how they changed from a baseline. */
export class ChangeInks {
  /** Packed, per box. */
  readonly fills: Uint32Array;
  /** By level; then the same faded; then what a search matches. */
  private readonly inks: readonly Ink[];

  /** `level`: per box, -3 .. 3. `found`: 1 per row of `tree.frames` that the search matches; null when nothing is searched. */
  constructor(
    private readonly tree: Pick<FlameTree, 'frame' | 'length'>,
    private readonly level: Int8Array,
    { match, kind }: Palette,
    private readonly found: Uint8Array | null,
  ) {
    const { inks, faded } = changePaletteFor(kind);
    this.inks = [...inks, ...faded, match];
    const colours = this.inks.map(({ fill }) => packed(fill));
    this.fills = new Uint32Array(tree.length);
    for (let row = 0; row < tree.length; row++) this.fills[row] = colours[this.inkOf(row)]!;
  }

  /** CSS colour of the text on a box. */
  textOf(row: BoxRow): string {
    return css(this.inks[this.inkOf(row)]!.text);
  }

  private inkOf(row: BoxRow): number {
    const lit = this.level[row]! + unchanged;
    if (this.found === null) return lit;
    return this.found[this.tree.frame[row]!] === 1 ? changeLevels * 2 : changeLevels + lit;
  }
}
