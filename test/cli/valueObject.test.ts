import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';
import { ledgerApp, ledgerAppAfter, ledgerStacks } from '../support/ledgerApp';
import { profileFromText } from '../support/profileFromText';
import { sarifErrors } from '../support/sarifErrors';
import { stackprofJson } from '../support/stackprofJson';

const calculator = 'app/models/balance/calculator.rb';
const writer = 'app/models/balance/writer.rb';

let app = '';
beforeEach(() => {
  app = mkdtempSync(path.join(tmpdir(), 'hotspots-ledger-'));
  for (const [name, text] of Object.entries(ledgerApp)) {
    mkdirSync(path.dirname(path.join(app, name)), { recursive: true });
    writeFileSync(path.join(app, name), text);
  }
  writeFileSync(path.join(app, 'a.json'), stackprofJson(profileFromText(ledgerStacks('/srv/app'))));
});
afterEach(() => rmSync(app, { recursive: true, force: true }));

const textOf = (name: string): string => readFileSync(path.join(app, name), 'utf8');
const texts = (): Record<string, string> => ({ [calculator]: textOf(calculator), [writer]: textOf(writer) });
const suggest = (...args: string[]) => cliRun(['suggest', calculator, '--profile', 'a.json', ...args], app);

it('prints a patch of all files that the fix changes, and writes none of them', async () => {
  const { exitCode, output } = await suggest();
  expect(exitCode).toBe(0);
  expect(output).toContain(`${calculator}: 1 finding\n`);
  expect(output).toContain(`${writer}: changes with the others\n`);
  expect(output).toContain('-    Balance.new(account_id:');
  expect(output).toContain(`--- a/${writer}\n+++ b/${writer}\n`);
  expect(textOf(writer)).toBe(ledgerApp[writer]);
});

it('writes all files with --apply review; once more does nothing', async () => {
  expect((await suggest('--apply', 'safe')).output).toContain('Nothing changed (--apply safe)');
  const { output } = await suggest('--apply', 'review');
  expect(texts()).toEqual(ledgerAppAfter);
  expect(output).toContain(`  ${calculator}:11  model-new-per-row · review · Replace Balance by a Struct in 2 files`);
  expect((await suggest('--apply', 'review')).output).toContain('nothing found');
  expect(texts()).toEqual(ledgerAppAfter);
});

it('makes the same of files that are named together', async () => {
  const all = ['--apply', 'review', '--only', 'model-new-per-row'];
  await cliRun(['suggest', writer, calculator, '--profile', 'a.json', ...all], app);
  expect(texts()).toEqual(ledgerAppAfter);
});

it('names the file of each edit in JSON', async () => {
  const [finding] = JSON.parse((await suggest('--format', 'json')).output).findings;
  expect(finding).toMatchObject({ id: 'model-new-per-row', file: calculator, line: 11, safety: 'review' });
  expect(finding.fix.edits.map(({ path: name }: { path: string }) => name)).toEqual([calculator, writer]);
  const { changes } = JSON.parse((await suggest('--apply', 'review', '--format', 'json')).output);
  expect(changes).toMatchObject([
    { path: calculator, fixes: [{ id: 'model-new-per-row', line: 11 }] },
    { path: writer, fixes: [{ id: 'model-new-per-row', line: 11, file: calculator }] },
  ]);
});

it('has an artifact change for each file, and the places of others, in SARIF', async () => {
  const { output } = await suggest('--format', 'sarif');
  expect(sarifErrors(output)).toEqual([]);
  const [run] = JSON.parse(output).runs;
  const [result] = run.results;
  const uris = (list: { artifactLocation: { uri: string } }[]) =>
    list.map(({ artifactLocation }) => artifactLocation.uri);
  expect(uris(result.fixes[0].artifactChanges)).toEqual([calculator, writer]);
  expect(result.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe(writer);
});

it('has the edits of all files in a report', async () => {
  const { output } = await cliRun(['report', 'a.json', '--format', 'json'], app);
  const finding = JSON.parse(output).findings.find(({ id }: { id: string }) => id === 'model-new-per-row');
  expect(finding.fix.edits.map(({ path: name }: { path: string }) => name)).toEqual([calculator, writer]);
});
