/**
 * Names on boxes. A box that cannot hold the whole name shows the part that tells most: without its modules, then only
 * the method, then as much as fits with an ellipsis. Widths come from a table of measured characters, because measuring
 * a thousand strings a frame is what makes flame graphs slow.
 */
import { visibleText } from './visibleText';

/** Longest text worth fitting into a box. */
const longest = 300;
/** No text in boxes narrower than this many characters. */
const fewestCharacters = 3;

/** Widths of characters in one font, measured on demand; any unit as long as all agree. */
export class CharacterWidths {
  private readonly common = new Float32Array(128).fill(-1);
  private readonly others = new Map<string, number>();

  constructor(private readonly measure: (text: string) => number) {}

  of(character: string): number {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code < 128) {
      const known = this.common[code]!;
      if (known >= 0) return known;
      const width = this.measure(character);
      this.common[code] = width;
      return width;
    }
    let width = this.others.get(character);
    if (width === undefined) {
      width = this.measure(character);
      this.others.set(character, width);
    }
    return width;
  }

  ofText(text: string): number {
    let width = 0;
    for (const character of text) width += this.of(character);
    return width;
  }
}

export type LabelForms = ReadonlyArray<{ readonly text: string; readonly width: number }>;

/** The forms of a name with their widths; made once per name and font. */
export function labelForms(name: string, widths: CharacterWidths): LabelForms {
  return shorterForms(visibleText(name, longest)).map((text) => ({ text, width: widths.ofText(text) }));
}

/** The text of one box; remembers the last width, which stays the same while the picture pans. */
export class FittedLabel {
  private lastWidth = -1;
  private lastText = '';

  constructor(
    private readonly forms: LabelForms,
    private readonly widths: CharacterWidths,
  ) {}

  /** The text to draw in `width`, empty when too little would be left to read. */
  fit(width: number): string {
    if (width === this.lastWidth) return this.lastText;
    this.lastWidth = width;
    this.lastText = fitForms(this.forms, width, this.widths);
    return this.lastText;
  }
}

/**
 * From whole to short: `block in Balance::Materializer#run`, `block in Materializer#run`, `Materializer#run` is left out (it is
 * another frame), `block in run`.
 */
export function shorterForms(name: string): string[] {
  const withoutModules = name.replace(/(?:[A-Z]\w*::)+(?=[A-Z#.<])/g, '');
  const methodOnly = withoutModules.replace(/(?:#<Class:)?[A-Z]\w*>?[#.](?=\S)/g, '');
  return [...new Set([name, withoutModules, methodOnly])];
}

function fitForms(forms: LabelForms, width: number, widths: CharacterWidths): string {
  for (const form of forms) if (form.width <= width) return form.text;
  const shortest = forms[forms.length - 1];
  return shortest ? cutToFit(shortest.text, width, widths) : '';
}

function cutToFit(text: string, width: number, widths: CharacterWidths): string {
  let room = width - widths.of('…');
  let end = 0;
  let characters = 0;
  for (const character of text) {
    room -= widths.of(character);
    if (room < 0) break;
    end += character.length;
    characters++;
  }
  return characters < fewestCharacters ? '' : `${text.slice(0, end).trimEnd()}…`;
}
