import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor';
import { eventually, patienceMs } from './eventually';
import { type Pixels, pixelsOf } from './pixels';

/** What the hover card says about a box. */
export interface Card {
  readonly name: string;
  /** Path as shown, with its line: `app/jobs/x.rb:9`. */
  readonly place: string;
}

/** The visible profile view: summary strip, flame graph, tables. */
export class ProfileView {
  readonly frame: FrameLocator;

  constructor(private readonly editor: Editor) {
    this.frame = editor.webview();
  }

  get surface(): Locator {
    return this.frame.locator('.flame-surface');
  }

  text(): Promise<string | null> {
    return this.frame.locator('body').textContent();
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

  /** Moves the pointer over the picture, row by row, until the card names the method; leaves it there. */
  async hoverBox(method: string): Promise<Card> {
    const area = await this.surface.boundingBox();
    if (area === null) throw new Error('the flame graph is not visible');
    const seen = new Set<string>();
    for (let y = area.y + 6; y < area.y + area.height; y += 10) {
      for (let x = area.x + 8; x < area.x + area.width - 20; x += area.width / 12) {
        await this.editor.page.mouse.move(x, y);
        const card = await this.card();
        if (card === null) continue;
        seen.add(card.name);
        if (card.name === method) return card;
      }
    }
    throw new Error(`no box is called ${method}; seen: ${[...seen].join(', ')}`);
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

  tab(name: RegExp): Locator {
    return this.frame.getByRole('tab', { name });
  }

  private async card(): Promise<Card | null> {
    const card = this.frame.locator('.hover-card:not([hidden])');
    if ((await card.count()) === 0) return null;
    const name = (await card.locator('.hover-name').textContent()) ?? '';
    const place = (await card.locator('.hover-place').textContent()) ?? '';
    return { name, place };
  }
}
