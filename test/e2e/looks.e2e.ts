import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { letterColours, violationsAround } from './support/accessibility';
import { eventually } from './support/eventually';
import { profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Looks';

/** With the class that VS Code then gives to the view. */
const themes = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

/** With how many fills under names there must be at least. */
const colourings = [
  ['by package', 4],
  ['by file', 3],
  ['by heat', 2],
  ['by whose code', 4],
] as const;

/** What everybody must be able to read, in every theme: by eye, and by a screen reader. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const clean = async (rules: readonly string[]): Promise<void> => {
    const found = await violationsAround(view.frame.locator('body'), rules);
    if (found.length > 0) throw new Error(found.slice(0, 5).join('\n'));
  };

  await step('VS Code opens the app and the profile', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.drawn();
  });

  for (const [theme, bodyClass] of themes) {
    await step(`${theme}: names on boxes have the contrast that text must have`, async () => {
      await editor.setTheme(theme);
      await view.frame.locator(`body.${bodyClass}`).waitFor();
      await view.tab('Flame graph').click();
      // Outlines of what is selected are on the same layer as names.
      await view.surface.press('Escape');
      // Past the frameworks that everything runs in.
      await view.surface.evaluate((surface) => surface.scrollTo(0, 620));
      await eventually('nothing selected', async () => (await view.selectedBox()) === null);
      const wanted = theme.includes('Contrast') ? 7 : 4.5;
      for (const [colours, fewestFills] of colourings) {
        await view.choose('Colours', colours);
        await eventually(`names that can be read, ${colours}`, async () => {
          const pairs = (await letterColours(view.frame.locator('.flame-stage:visible'))).filter(
            ({ pixels }) => pixels > 20,
          );
          if (new Set(pairs.map(({ fill }) => fill)).size < fewestFills)
            throw new Error(`few fills: ${JSON.stringify(pairs)}`);
          const weak = pairs.filter(({ contrast }) => contrast < wanted);
          if (weak.length > 0) throw new Error(JSON.stringify(weak));
          return true;
        });
      }
    });

    await step(`${theme}: no tab breaks a rule of accessibility`, async () => {
      await view.surface.focus();
      await editor.page.keyboard.press('ArrowDown');
      await eventually('a selected box', () => view.selectedBox());
      for (const tab of await view.tabs()) {
        await tab.click();
        await view.panel().waitFor();
        // Structure is the same in every theme.
        await clean(theme === 'Dark Modern' ? [] : ['color-contrast']);
      }
    });
    await picture(theme);
  }

  await step('"?" shows all keys, Escape closes the sheet', async () => {
    await view.tab('Flame graph').click();
    await view.surface.focus();
    await editor.page.keyboard.press('?');
    await view.frame.getByRole('dialog', { name: 'Keys' }).waitFor();
    await clean([]);
    await editor.page.keyboard.press('Escape');
    await view.frame.getByRole('dialog').waitFor({ state: 'hidden' });
  });
  await picture('after the sheet of keys');

  await step('a frame, its stack and a table are copied by keys', async () => {
    await editor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (): Promise<string> => editor.page.evaluate(() => navigator.clipboard.readText());
    await view.surface.focus();
    for (let depth = 0; depth < 3; depth++) await editor.page.keyboard.press('ArrowDown');
    await eventually('a selected box', () => view.selectedBox());
    await editor.page.keyboard.press('c');
    const frame = await eventually('the frame', async () => {
      const text = await copied();
      return /^\S.*:in '.+'$/.test(text) ? text : null;
    });
    await editor.page.keyboard.press('Shift+C');
    await eventually('the stack, with the frame first', async () => {
      const lines = (await copied()).split('\n');
      return lines.length > 1 && lines[0] === frame;
    });
    await view.tab('Methods').click();
    await view.rows().first().click();
    await editor.page.keyboard.press('Shift+T');
    await eventually('the table', async () => {
      const lines = (await copied()).split('\n').map((line) => line.split('\t'));
      return (
        lines.length > 100 && lines[0]?.[0] === 'Method' && lines.every((cells) => cells.length === lines[0]?.length)
      );
    });
  });

  await step('a drag across the strip zooms to a part; then nothing is drawn any more', async () => {
    await view.tab('Flame graph').click();
    const strip = await view.frame.locator('.minimap').boundingBox();
    if (strip === null) throw new Error('there is no strip');
    const { mouse } = editor.page;
    const y = strip.y + strip.height / 2;
    await mouse.move(strip.x + strip.width * 0.2, y);
    await mouse.down();
    await mouse.move(strip.x + strip.width * 0.4, y, { steps: 3 });
    await mouse.up();
    const reset = view.frame.getByText('Reset zoom');
    await eventually('zoomed in', async () => !(await reset.evaluate((element) => element.hasAttribute('disabled'))));
    await eventually('thirty frames in which the view asks for none', () => view.surface.evaluate(asksForNoFrames));
  });
  await picture('zoomed by the strip');

  await step('the picture is saved as SVG', async () => {
    await view.frame.getByRole('button', { name: 'Save SVG' }).click();
    await editor.quickInput().waitFor();
    await editor.page.keyboard.press('Enter');
    const folder = path.join(workspace, path.dirname(profiles.before));
    await eventually('the file', async () => {
      const name = (await readdir(folder)).find((file) => file.endsWith('.svg'));
      return name !== undefined && (await readFile(path.join(folder, name), 'utf8')).startsWith('<svg ');
    });
  });
}

/** Runs in the view: whether nobody asks for a frame while the browser makes thirty. */
function asksForNoFrames(): Promise<boolean> {
  const ask = window.requestAnimationFrame;
  let asked = 0;
  window.requestAnimationFrame = (call) => {
    asked++;
    return ask.call(window, call);
  };
  return new Promise((resolve) => {
    let left = 30;
    const tick = (): void => {
      if (left-- > 0) ask.call(window, tick);
      else {
        window.requestAnimationFrame = ask;
        resolve(asked === 0);
      }
    };
    tick();
  });
}
