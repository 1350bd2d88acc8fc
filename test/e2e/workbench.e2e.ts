import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { digestJob, fileName, hotLinesOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Workbench: one profile from all sides';

/** The tabs that show one profile from several sides, and what is selected in all of them. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const { keyboard } = editor.page;
  const lines = await hotLinesOf(workspace, profiles.before);
  const second = lines[1];
  const near = lines.find(({ path, line }) => path === second?.path && line !== second.line);
  if (second === undefined || near === undefined) throw new Error('the example has no two hot lines in one file');
  const middle = view.frame.locator('.sandwich-name');
  const boxesFound = async (): Promise<number> => {
    const found = (await view.frame.locator('.search-found').textContent()) ?? '';
    return Number(/([\d,.]+) boxes/.exec(found)?.[1]?.replace(/\D/g, '') ?? 0);
  };

  await step('VS Code opens the app and the profile', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.drawn();
  });

  await step('the sandwich of a method has its callers above and its callees below', async () => {
    await view.tab('Methods').click();
    await view.rows().filter({ hasText: digestJob.method }).first().click();
    await keyboard.press('s');
    await middle.filter({ hasText: digestJob.method }).waitFor();
    await view.says(/total ≈[\d,.]+ ?k? objects, \d+\.\d % of all/);
    for (const name of ['Who calls it', 'What it calls']) {
      const items = view.frame.getByLabel(`${name}: arrow keys`).locator('[role=treeitem]');
      await eventually(`boxes of "${name}"`, async () =>
        (await items.allTextContents()).some((text) => text.includes(digestJob.method)),
      );
    }
  });
  await picture('sandwich');

  await step('Enter puts a callee in the middle, and undo takes it back', async () => {
    const callees = view.frame.getByLabel('What it calls: arrow keys');
    await callees.focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await eventually('another method in the middle', async () => (await middle.textContent()) !== digestJob.method);
    await keyboard.press('Control+z');
    await middle.filter({ hasText: digestJob.method }).waitFor();
  });

  await step('the call tree unfolds the heaviest path and is walked by keys', async () => {
    await view.tab('Call tree').click();
    const selected = view.frame.locator('.tree-view .grid-row[aria-selected=true]');
    const method = (await view.frame.locator('.side-name').textContent()) ?? '';
    await selected.filter({ hasText: method }).waitFor();
    const level = async (): Promise<number> => Number(await selected.getAttribute('aria-level'));
    const before = await level();
    await selected.focus();
    await keyboard.press('e');
    await eventually('a row further down', async () => (await level()) > before);
    const leaf = await level();
    await keyboard.press('ArrowLeft');
    await eventually('its caller', async () => (await level()) === leaf - 1);
    await keyboard.press('ArrowLeft');
    await eventually('folded', async () => (await selected.getAttribute('aria-expanded')) === 'false');
    await keyboard.press('ArrowRight');
    await eventually('unfolded', async () => (await selected.getAttribute('aria-expanded')) === 'true');
  });
  await picture('call tree');

  await step('files and gems are added up, and a gem is hidden from its menu', async () => {
    await view.tab('Files & gems').click();
    const rows = view.frame.locator('.grid-row[aria-level]:visible');
    await rows.filter({ hasText: 'my code' }).first().locator('.twist').click();
    await rows.filter({ hasText: 'gem activerecord' }).first().click({ button: 'right' });
    await view.frame.getByRole('menuitem', { name: 'Hide gem activerecord' }).click();
    await view.says(/Hide gem activerecord/);
    await eventually('no row of the gem', async () => {
      const texts = await rows.allTextContents();
      return texts.length > 0 && !texts.some((text) => text.includes('gem activerecord'));
    });
    await keyboard.press('Control+z');
    await rows.filter({ hasText: 'gem activerecord' }).first().waitFor();
  });
  await picture('files and gems');

  await step('the flame graph is drawn in the order of recording, and back', async () => {
    await view.tab('Flame graph').click();
    const inTime = view.frame.getByRole('checkbox', { name: 'In time order' });
    const callersFirst = view.frame.getByRole('checkbox', { name: 'Callers first' });
    const isChecked = async (): Promise<boolean> => (await inTime.getAttribute('aria-checked')) === 'true';
    await callersFirst.click();
    await inTime.click();
    await eventually('the order of time, no callers first', async () => {
      const other = await callersFirst.getAttribute('aria-checked');
      return (await isChecked()) && other === 'false';
    });
    await view.search('Materializer');
    await eventually('more boxes than ways', async () => (await boxesFound()) > 1);
    const entered = await boxesFound();
    await view.frame.getByLabel('Flame graph: arrow keys').focus();
    await keyboard.press('t');
    await eventually('fewer boxes, heaviest first', async () => !(await isChecked()) && (await boxesFound()) < entered);
    await keyboard.press('t');
    await eventually('all boxes again', async () => (await isChecked()) && (await boxesFound()) === entered);
    await view.drawn();
  });
  await picture('time order');
  await keyboard.press('t');
  await view.search('');

  await step('a search is walked box by box, with Enter and with F3', async () => {
    await view.tab('Flame graph').click();
    await view.search('Materializer');
    await view.says(/\d+ boxes · \d+\.\d % of/);
    await view.searchField.press('Enter');
    const at = async (): Promise<number> =>
      Number(/(\d+) of \d+ boxes/.exec((await view.frame.locator('.search-found').textContent()) ?? '')?.[1] ?? 0);
    const first = await eventually('a match', at);
    await eventually('its box', async () => (await view.selectedBox())?.includes('Materializer'));
    await keyboard.press('F3');
    const second = await eventually('another match', async () => {
      const now = await at();
      return now !== first ? now : 0;
    });
    await keyboard.press('Shift+F3');
    await eventually('the first again', async () => (await at()) === first);
    if (second !== first + 1) throw new Error(`after ${first} came ${second}`);
  });
  await picture('search');
  await view.search('');

  await step('a row that is selected in the view is selected in the side bar', async () => {
    await editor.openSideBar('Allocation Hotspots');
    await editor.sideBarRow(second.text).waitFor();
    await view.tab('Hot lines').click();
    await view
      .rows()
      .filter({ hasText: `${fileName(second.path)}:${second.line}` })
      .first()
      .click();
    await eventually('the selected row', async () =>
      /selected/.test((await editor.sideBarRow(second.text).getAttribute('class')) ?? ''),
    );
  });

  await step('the cursor of the editor selects its line in the view while it is followed', async () => {
    await view.frame.getByRole('button', { name: 'Follow cursor' }).click();
    await view.frame.getByRole('button', { name: 'Follow cursor', pressed: true }).waitFor();
    await editor.line(near.text).click();
    await eventually('the row of the line', async () =>
      (await view.frame.locator('.grid-row[aria-selected=true]:visible').textContent())?.includes(
        `${fileName(near.path)}:${near.line}`,
      ),
    );
  });
  await picture('one selection');

  await step('what the filters leave is exported as CSV, beside the profile', async () => {
    await view.frame.getByRole('button', { name: 'My code only' }).click();
    await editor.runCommand('Allocation Hotspots: Export Profile…');
    await editor.quickRow('What the filters leave').filter({ hasText: 'My code only' }).click();
    await editor.quickRow('CSV of methods').click();
    const file = profiles.before.replace(/\.dump$/, '.csv');
    // The dialog of a browser asks for a path where the palette is.
    await eventually('the path to save to', async () => (await editor.quickInput().inputValue()).endsWith(file));
    await keyboard.press('Enter');
    await editor.notification(/Exported to .*\.csv/).waitFor();
    const [title, ...rows] = (await readFile(path.join(workspace, file), 'utf8')).trimEnd().split('\r\n');
    if (title?.startsWith('method,file,path,line,self_samples') !== true) throw new Error(`Not the table: ${title}`);
    const others = rows.filter((row) => !/^[^,]*,[^,]*,[^,]+,/.test(row));
    if (rows.length === 0 || others.length > 0) throw new Error(`${rows.length} rows, not mine: ${others[0]}`);
  });
}
