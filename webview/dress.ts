/** Colours and labels of a tree's boxes under a theme and a search: worked out per frame, not per box, and only when one of them changes. */
import { compileQuery } from '../src/profile/search';
import { boxName } from './boxSelection';
import { ChangeInks } from './changeInks';
import { type Colouring, swatchOf } from './colouring';
import type { BoxRow, FlameTree } from './flameTree';
import { type CharacterWidths, FittedLabel, type LabelForms, labelForms } from './labels';
import type { BoxColours } from './layout';
import { css, type Palette, packed, shadeOf } from './palette';

/** Label forms of more names than this are forgotten and made again. */
const mostNames = 20_000;

export class Dress implements BoxColours {
  readonly perFrame: Uint32Array;
  readonly perBox: Uint32Array | null;
  readonly rest: number;
  /** CSS colour of the text per row of `tree.frames`. */
  private readonly textPerFrame: readonly string[];
  private readonly changes: ChangeInks | null;
  /** 1 per row of `tree.frames` that the search matches; null when nothing is searched. */
  readonly found: Uint8Array | null;
  private readonly labels: Array<FittedLabel | undefined> = [];

  constructor(
    readonly tree: FlameTree,
    palette: Palette,
    colouring: Colouring,
    query: string,
    private readonly wardrobe: Wardrobe,
  ) {
    const { frames } = tree;
    const compiled = compileQuery(query);
    const matches = query.trim() === '' || compiled.error !== null ? null : compiled;
    const colours = new Uint32Array(frames.name.length);
    const texts: string[] = [];
    const allFound = matches === null ? null : new Uint8Array(colours.length);
    for (let frame = 0; frame < colours.length; frame++) {
      const name = frames.name[frame]!;
      // Whether the search matches; null when nothing is searched.
      const found = matches === null ? null : matches.matches(name, frames.file[frame]!);
      if (allFound && found) allFound[frame] = 1;
      const { inks, faded } = swatchOf(colouring, palette, frames, frame);
      const ink = found === true ? palette.match : (found === null ? inks : faded)[shadeOf(name)]!;
      colours[frame] = packed(ink.fill);
      texts.push(css(ink.text));
    }
    this.found = allFound;
    this.perFrame = colours;
    this.textPerFrame = texts;
    this.changes = tree.change === null ? null : new ChangeInks(tree, tree.change.level, palette, allFound);
    this.perBox = this.changes?.fills ?? null;
    this.rest = packed(palette.rest);
  }

  /** CSS colour of the text on a box. */
  textColour(row: BoxRow): string {
    return this.changes?.textOf(row) ?? this.textPerFrame[this.tree.frame[row]!]!;
  }

  /** The text on a box that is `width` device pixels wide inside. */
  label(row: BoxRow, width: number): string {
    const known = this.labels[row];
    if (known) return known.fit(width);
    const made = new FittedLabel(this.wardrobe.formsOf(boxName(this.tree, row)), this.wardrobe.widths);
    this.labels[row] = made;
    return made.fit(width);
  }
}

/** Label forms by name, shared by all trees, for one font. */
export class Wardrobe {
  private readonly forms = new Map<string, LabelForms>();

  constructor(readonly widths: CharacterWidths) {}

  formsOf(name: string): LabelForms {
    const known = this.forms.get(name);
    if (known) return known;
    if (this.forms.size >= mostNames) this.forms.clear();
    const made = labelForms(name, this.widths);
    this.forms.set(name, made);
    return made;
  }
}
