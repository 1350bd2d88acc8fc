import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { eventually, patienceMs } from './eventually';

/** Built-in themes by the names VS Code shows, with the class the window then has. */
const themes = {
  'Light Modern': 'vs',
  'Dark Modern': 'vs-dark',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
} as const;

/** VS Code in a browser page, in the words of a person who uses it. Selectors hold for VS Code 1.93 and 1.139. */
export class Editor {
  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {}

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.isUp();
  }

  async isUp(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 2 * patienceMs });
    // Before VS Code has read what the extension offers, a dump would open as text.
    await this.page
      .locator('.activitybar [aria-label^="Allocation Hotspots"]')
      .first()
      .waitFor({ timeout: 2 * patienceMs });
    await this.page
      .locator('.explorer-viewlet .monaco-list-row')
      .first()
      .waitFor({ timeout: 2 * patienceMs });
  }

  /** As the user does it: VS Code then writes down which tabs are open, which it otherwise does when it has time. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.isUp();
  }

  /** Opens a file from the explorer by its path in the workspace, folder by folder. */
  async openFromExplorer(path: string): Promise<void> {
    const names = path.split('/');
    for (const [depth, name] of names.entries()) {
      const row = this.page
        .locator('.explorer-viewlet .monaco-list-row', { has: this.page.getByText(name, { exact: true }) })
        .and(this.page.locator(`[aria-level="${depth + 1}"]`))
        .first();
      await eventually(`${name} in the explorer`, async () => {
        if (await row.isVisible()) return true;
        // Rows out of sight are not in the page: the explorer scrolls to what is opened elsewhere.
        await this.page.locator('.explorer-viewlet .monaco-list').first().hover({ timeout: patienceMs });
        await this.page.mouse.wheel(0, -10_000);
        return false;
      });
      if (depth === names.length - 1) await row.dblclick();
      else if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    }
  }

  /** Runs a command by the title the palette shows. */
  async runCommand(title: string): Promise<void> {
    await eventually(`${title} in the palette`, async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput().waitFor({ timeout: patienceMs });
      await this.quickInput().fill(`>${title}`);
      const row = this.exactQuickRow(title);
      // An open palette does not learn that a command has come into reach.
      const isThere = await row.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (isThere) await row.click({ timeout: patienceMs });
      else await this.page.keyboard.press('Escape');
      return isThere;
    });
  }

  /** The row of the open list that is called exactly so: the list may put others first. */
  private exactQuickRow(label: string): Locator {
    const rows = this.page.locator('.quick-input-list .monaco-list-row', {
      has: this.page.locator('.label-name').filter({ hasText: new RegExp(`^${escapeForRegExp(label)}$`) }),
    });
    return rows.first();
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input').first();
  }

  quickRow(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  tabs(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  tab(name: string): Locator {
    return this.tabs(name).first();
  }

  activeTab(name: string): Locator {
    return this.page.locator('.tabs-container .tab.active', { hasText: name }).first();
  }

  /** Closes one of several views of the side bar. */
  async collapsePane(name: string): Promise<void> {
    const header = this.page.locator('.sidebar .pane-header', { hasText: name }).first();
    await header.waitFor({ timeout: patienceMs });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  async openSideBar(name: string): Promise<void> {
    await this.page.locator(`.activitybar [aria-label^="${name}"]`).first().click();
  }

  sideBarRow(text: string): Locator {
    return this.page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** Inside of the visible webview. With several, of the one whose content `has` it. */
  webview(): FrameLocator {
    return this.page
      .locator('iframe.webview.ready:visible')
      .first()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** 1-based line of the cursor in the visible text editor, whether it has the focus or the view beside it. */
  async cursorLine(): Promise<number> {
    const number = this.page.locator('.editor-instance .line-numbers.active-line-number:visible').first();
    const text = (await number.textContent({ timeout: 2000 })) ?? '';
    if (!/^\d+$/.test(text)) throw new Error(`no cursor line in "${text}"`);
    return Number(text);
  }

  /** File and line of the cursor. */
  async place(): Promise<string> {
    const name = await this.page.locator('.editor-group-container.active .tab.active').first().textContent();
    return `${name}:${await this.cursorLine()}`;
  }

  /** A visible line of the active text editor that has the text. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /** Full text of the active editor's file is on disk after this. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
  }

  /** Colours of the heat bars (left borders that an extension gave to whole lines) in the visible part of the text editor. */
  async heatBars(): Promise<string[]> {
    return this.page.locator('.editor-instance .view-overlays [class*="ced-"]').evaluateAll((elements) =>
      elements
        .map((element) => getComputedStyle(element))
        .filter((style) => parseFloat(style.borderLeftWidth) >= 2)
        .map((style) => style.borderLeftColor),
    );
  }

  /** Texts that extensions put after lines, in the order of the page. */
  async endOfLineTexts(): Promise<string[]> {
    const contents = await this.page
      .locator('.editor-instance .view-line [class*="ced-"]')
      .evaluateAll((elements) => elements.map((element) => getComputedStyle(element, '::after').content));
    return contents.filter((content) => content.startsWith('"')).map((content) => content.slice(1, -1));
  }

  /** What an extension put after the line, or null. */
  async textAfter(line: string): Promise<string | null> {
    const marks = this.line(line).locator('[class*="ced-"]');
    const contents = await marks.evaluateAll((elements) =>
      elements.map((element) => getComputedStyle(element, '::after').content),
    );
    return contents.find((content) => content.startsWith('"'))?.slice(1, -1) ?? null;
  }

  /** Text of the hover card over a word of the active editor. */
  async hoverText(line: string, word: string): Promise<string> {
    const target = this.line(line).locator('span', { hasText: word }).last();
    const card = this.page.locator('.monaco-hover:visible .hover-row').first();
    return eventually(`hover over ${word}`, async () => {
      // A hover that came too early stays empty: leave and come back.
      await this.page.mouse.move(2, 2);
      await target.hover();
      await card.waitFor({ timeout: 3000 });
      const text = await this.page.locator('.monaco-hover:visible').first().textContent();
      return text?.replace(/\u00a0/g, ' ');
    });
  }

  /** Opens the light bulb at the cursor and takes the entry; the cursor must be on its line. */
  async chooseFromLightBulb(entry: RegExp): Promise<void> {
    const bulb = this.page.locator(
      '.monaco-editor [class*="codicon-lightbulb"], .monaco-editor [class*="codicon-gutter-lightbulb"], .monaco-editor .codicon-light-bulb',
    );
    await bulb.first().click({ timeout: patienceMs });
    await this.takeAction(entry);
  }

  /** The same by keys, where the text editor has the cursor but not the focus: takes the entry of that title. */
  async chooseQuickFix(title: string): Promise<void> {
    await this.runCommand('View: Focus Active Editor Group');
    await this.page.keyboard.press('Control+.');
    await this.takeAction(new RegExp(`^\\s*${escapeForRegExp(title)}`));
  }

  private async takeAction(entry: RegExp): Promise<void> {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: entry }).first();
    await row.waitFor({ timeout: patienceMs });
    // By keys: VS Code 1.93 has an invisible layer over the list that catches clicks.
    for (
      let steps = 0;
      steps < 20 && !(await row.evaluate((element) => element.classList.contains('focused')));
      steps++
    ) {
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  /** In the panel that shows a change before it is made: takes all of it, ticking what is not ticked yet. */
  async applyPreviewedChanges(): Promise<void> {
    const panel = this.page.locator('.bulk-edit-panel');
    const files = panel.locator('.monaco-list-row[aria-level="1"]');
    await files.first().waitFor({ timeout: patienceMs });
    // VS Code 1.93 has inputs, later ones an element of their own.
    const unticked = files.locator('input[type=checkbox]:not(:checked), .monaco-checkbox:not([aria-checked="true"])');
    await eventually('every file ticked', async () => {
      if ((await unticked.count()) === 0) return true;
      await unticked.first().click({ timeout: 2000 });
      return false;
    });
    await panel.getByRole('button', { name: 'Apply' }).click();
  }

  async setTheme(theme: keyof typeof themes): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput().fill(theme);
    await this.exactQuickRow(theme).click({ timeout: patienceMs });
    await this.page.locator(`.monaco-workbench.${themes[theme]}`).waitFor({ timeout: patienceMs });
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
