import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor';
import { eventually, patienceMs } from './eventually';
import { type Pixels, pixelsOf } from './pixels';

/** What the hover card says about a box, and where the box ends. */
interface HoveredBox {
  readonly name: string;
  /** Path as shown, with its line: `app/jobs/x.rb:9`. */
  readonly place: string;
  /** CSS pixels from the left edge of the picture. */
  readonly right: number;
}

/** Height of a row of boxes; the place of the scroll bar. */
const rowPx = 21;
const scrollBarPx = 20;

/** The visible profile view: summary strip, flame graph, tables. */
export class ProfileView {
  readonly frame: FrameLocator;

  constructor(private readonly editor: Editor) {
    this.frame = editor.webview();
  }

  get surface(): Locator {
    return this.frame.locator('.flame-surface:visible');
  }

  /** Waits until boxes of several colours are on the screen, and says what is seen. */
  async drawn(): Promise<Pixels> {
    await this.surface.waitFor({ timeout: 2 * patienceMs });
    return eventually('a flame graph with boxes in it', async () => {
      const seen = await pixelsOf(this.editor.context, this.surface);
      // Boxes in several shades over a good part of the picture; an empty canvas is one colour.
      if (seen.fills < 6 || seen.background > 0.9) throw new Error(JSON.stringify(seen));
      return seen;
    });
  }

  /** Waits until the headline says so: this profile's numbers are shown. */
  async headline(text: string | RegExp): Promise<void> {
    await this.frame.locator('body', { hasText: text }).waitFor({ timeout: patienceMs });
  }

  tab(name: string): Locator {
    return this.frame.getByRole('tab', { name });
  }

  /** All tabs, from left to right. */
  tabs(): Promise<Locator[]> {
    return this.frame.getByRole('tab').all();
  }

  /** What the chosen tab shows. */
  panel(): Locator {
    return this.frame.locator('[role=tabpanel]:visible');
  }

  /** Rows of the table in sight, without its head. */
  rows(): Locator {
    return this.frame.locator('.grid-row[data-at]:visible');
  }

  /** Searches methods and files. */
  async search(query: string): Promise<void> {
    await this.searchField.fill(query);
  }

  get searchField(): Locator {
    return this.frame.locator('vscode-text-field[placeholder^=Search] input');
  }

  /** Chooses to whom allocations are charged. */
  async chargeTo(lens: string): Promise<void> {
    await this.choose('Charged to', lens);
  }

  /** Takes an entry of the dropdown of that name. */
  async choose(dropdown: string, entry: string): Promise<void> {
    await this.frame.getByRole('combobox', { name: dropdown }).click();
    await this.frame.getByRole('option', { name: entry, exact: true }).click();
  }

  /** Rows of the list of findings in sight, without those of their groups. */
  findings(): Locator {
    return this.frame.locator('.finding:visible');
  }

  /** Whether keys go to the view, and not into the source beside it. */
  async hasFocus(): Promise<boolean> {
    return this.frame.locator('body').evaluate(() => document.hasFocus());
  }

  /** Waits for words anywhere in the view. */
  async says(words: RegExp): Promise<void> {
    await this.frame.locator('body', { hasText: words }).waitFor({ timeout: patienceMs });
  }

  /** Moves the pointer over the picture, box by box from the roots, until the card says this; leaves it there. */
  async hoverBox(method: string, place: string): Promise<void> {
    const area = await this.surface.boundingBox();
    if (area === null) throw new Error('the flame graph is not visible');
    const seen = new Set<string>();
    for (let y = rowPx / 2; y < area.height; y += rowPx) {
      for (let x = 4; x < area.width - scrollBarPx; ) {
        await this.editor.page.mouse.move(area.x + x, area.y + y);
        const box = await this.hoveredBox();
        if (box?.name === method && box.place === place) return;
        if (box !== null) seen.add(`${box.name} ${box.place}`);
        x = Math.max(x + 8, box === null ? 0 : box.right + 4);
      }
    }
    throw new Error(`no box is ${method} ${place}; seen: ${[...seen].join(', ')}`);
  }

  /** Presses where the pointer is, as a hand does. */
  async click(): Promise<void> {
    await this.editor.page.mouse.down();
    await this.editor.page.mouse.up();
  }

  /** Name of the selected box as a screen reader says it. */
  async selectedBox(): Promise<string | null> {
    const selected = this.frame.locator('[role=treeitem][aria-selected=true]');
    return (await selected.count()) === 0 ? null : selected.first().textContent();
  }

  private hoveredBox(): Promise<HoveredBox | null> {
    return this.frame.locator('.flame:visible').evaluate((flame) => {
      const card = flame.querySelector('.hover-card');
      const stage = flame.querySelector('.flame-stage');
      const outline = flame.querySelector('.flame-outline');
      if (card === null || stage === null || outline === null || card.hasAttribute('hidden')) return null;
      const text = (part: string): string => card.querySelector(part)?.textContent ?? '';
      const right = outline.getBoundingClientRect().right - stage.getBoundingClientRect().left;
      return { name: text('.hover-name'), place: text('.hover-place'), right };
    });
  }
}
