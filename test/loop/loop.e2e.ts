import { writeFile } from 'node:fs/promises';
import { inRepository, say } from '../../scripts/run.mjs';
import { eventually } from '../e2e/support/eventually';
import { fileName } from '../e2e/support/example';
import type { Journey } from '../e2e/support/journey';
import { ProfileView } from '../e2e/support/profileView';
import { appText, type Recorded, type ReportedFinding, recordWorker } from './exampleWorker';
import { type FindingRow, findingRows, promisedBy } from './findingRows';
import { loopReport, type MadeFix } from './loopReport';

export const title = 'Record, fix, record again';

/** How much less than promised a new recording may show, as a share of the promise. More is no broken promise; it is printed. */
const tolerance = 0.1;
/** More than the example has: a fix that does not go away when it is made would never end the journey. */
const mostFixes = 40;

/** The promise of every quick fix, held against a new recording of the same jobs by a real worker. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const made: MadeFix[] = [];
  let before: Recorded | null = null;
  let after: Recorded | null = null;

  await step('a Sidekiq worker of the app is recorded', async () => {
    before = await recordWorker(workspace, 'before');
  });

  await step('its dump opens in VS Code', async () => {
    const { dump, objects } = known(before);
    // High enough for all findings at once.
    await editor.page.setViewportSize({ width: 1400, height: 1900 });
    await editor.open(address());
    await editor.openFromExplorer(dump);
    await view.headline(`${objects.toLocaleString('en-US')} objects`);
    await view.drawn();
  });

  await step('the Findings view lists what can be fixed', async () => {
    await editor.openSideBar('Allocation Hotspots');
    for (const other of ['Profiles', 'Hot Lines']) await editor.collapsePane(other);
    await eventually('findings', async () => (await fixable(await findingRows(editor))).length > 0);
  });
  await picture('findings before');

  await step('every quick fix is made, what saves most first', async () => {
    const { findings } = known(before);
    const files = [...new Set(findings.map(({ file }) => file))];
    for (let next = await heaviest(); next !== null; next = await heaviest()) {
      if (made.length === mostFixes) throw new Error(`${next.label} is still there after ${mostFixes} fixes`);
      const { id, file, line, safety } = next;
      const fixTitle = reportedFor(next, findings)?.fixTitle;
      if (fixTitle === undefined || fixTitle === null) throw new Error(`the report has no fix for ${next.label}`);
      const rows = await findingRows(editor);
      const text = await appText(workspace, files);
      await editor.page.locator('.sidebar').getByRole('treeitem', { name: next.label, exact: true }).first().click();
      await editor.activeTab(file).waitFor();
      await eventually(`the cursor on line ${line}`, async () => (await editor.cursorLine()) === line);
      await editor.chooseQuickFix(fixTitle);
      if (safety === 'review') await editor.applyPreviewedChanges();
      await eventually(`${id} on disk`, async () => {
        // The change may still be on its way into the editor, which may also save it by itself.
        await editor.save();
        return (await appText(workspace, files)) !== text;
      });
      const left = await eventually(`${next.label} to be gone`, async () => {
        const now = await findingRows(editor);
        return now.some(({ label }) => label === next?.label) ? null : now;
      });
      made.push({ id, file, line, safety, fixTitle, promised: promisedBy(rows) - promisedBy(left) });
      await picture(`fixed ${made.length} ${id}`);
    }
  });

  await step('the worker is recorded again, and writes the same', async () => {
    after = await recordWorker(workspace, 'after');
    if (after.written !== known(before).written) {
      throw new Error(`before ${known(before).written}\nafter  ${after.written}`);
    }
  });

  await step('the new recording has at least the saving that was promised', async () => {
    const report = loopReport(known(before), known(after), made);
    await writeFile(inRepository('test-results/loop/loop.md'), report.text);
    say(report.text);
    if (made.length === 0 || report.measured < (1 - tolerance) * report.promised) {
      throw new Error(`promised ${report.promised} objects, measured ${report.measured}`);
    }
  });

  await step('VS Code opens the new recording', async () => {
    const { dump, objects } = known(after);
    await editor.openSideBar('Explorer');
    await editor.openFromExplorer(dump);
    await view.headline(`${objects.toLocaleString('en-US')} objects`);
    await view.drawn();
  });
  await picture('after');

  await step('compared with the recording from before, it shows the saving', async () => {
    const change = known(after).objects / known(before).objects - 1;
    await view.tab('Compare').click();
    await view.frame.getByRole('button', { name: 'Choose a baseline…' }).click();
    await editor
      .quickRow(fileName(known(before).dump))
      .first()
      .click();
    await view.frame
      .getByRole('button', { name: `${(change * 100).toFixed(1)} % vs ${fileName(known(before).dump)}` })
      .waitFor();
    await view.rows().filter({ hasText: 'vanished' }).first().waitFor();
  });
  await picture('saving');

  async function heaviest(): Promise<FindingRow | null> {
    const [first] = fixable(await findingRows(editor)).sort((a, b) => b.saves - a.saves);
    return first ?? null;
  }
}

/** The finding of the report behind a row, which has no folder: of files with equal names, the one whose line is nearest. */
function reportedFor(row: FindingRow, findings: readonly ReportedFinding[]): ReportedFinding | undefined {
  return findings
    .filter(({ id, file, fixTitle }) => id === row.id && fileName(file) === row.file && fixTitle !== null)
    .sort((a, b) => Math.abs(a.line - row.line) - Math.abs(b.line - row.line))[0];
}

function fixable(rows: readonly FindingRow[]): FindingRow[] {
  return rows.filter(({ safety }) => safety !== 'advice');
}

function known(recorded: Recorded | null): Recorded {
  if (recorded === null) throw new Error('nothing was recorded');
  return recorded;
}
