import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageExtension, vsixFile } from '../scripts/package.mjs';
import { shippedReadme } from '../scripts/shippedReadme.mjs';
import { type ZipEntry, zipListing } from './support/zipListing';

/** What users download. A new file here is a decision, not an accident. */
const shipped = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/cli.js',
  'extension/dist/engine.js',
  'extension/dist/extension.js',
  'extension/dist/prism.wasm',
  'extension/dist/server.js',
  'extension/dist/webview.css',
  'extension/dist/webview.js',
  'extension/docs/findings/README.md',
  'extension/docs/findings/… pages',
  'extension/kit/config/initializers/allocation_capture.rb',
  'extension/kit/lib/sidekiq/… Ruby',
  'extension/kit/manifest.json',
  'extension/media/activity.svg',
  'extension/media/help/round-intervals.md',
  'extension/media/icon.png',
  'extension/media/ruby/profile_allocations.rb',
  'extension/media/sample/finance-sync/… Ruby',
  'extension/media/sample/finance_sync.stackprof.dump.gz',
  'extension/media/walkthrough/lens.md',
  'extension/media/walkthrough/open.md',
  'extension/media/walkthrough/prove.md',
  'extension/media/walkthrough/read.md',
  'extension/media/walkthrough/record.md',
  'extension/media/walkthrough/triage.md',
  'extension/package.json',
  'extension/readme.md',
];
/** Listed as one each: the capture kit; the app of the sample profile; the pages that diagnostics link to, one per finding. */
const families: ReadonlyArray<readonly [files: RegExp, name: string]> = [
  [/^extension\/kit\/lib\/sidekiq\/\w+\.rb$/, 'extension/kit/lib/sidekiq/… Ruby'],
  [/^extension\/media\/sample\/finance-sync\/(?:.*\.rb|script\/\w+)$/, 'extension/media/sample/finance-sync/… Ruby'],
  [/^extension\/docs\/findings\/[a-z-]+\.md$/, 'extension/docs/findings/… pages'],
];
const budgetBytes = 1_250_000;

let entries: ZipEntry[] = [];
beforeAll(async () => {
  await packageExtension();
  entries = zipListing(await readFile(vsixFile));
}, 120_000);

describe('the VSIX', () => {
  test('has these files and no others', () => {
    const names = entries.map(({ name }) => families.find(([files]) => files.test(name))?.[1] ?? name);
    expect([...new Set(names)].sort()).toEqual(shipped);
  });

  test(`is at most ${budgetBytes / 1_000_000} MB, and no file in it is empty`, () => {
    const bytes = entries.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
    expect(bytes).toBeLessThan(budgetBytes);
    expect(entries.filter((entry) => entry.bytes === 0)).toEqual([]);
  });
});

test('its README has no link or picture that its page in VS Code cannot follow', () => {
  const readme = shippedReadme(readFileSync(path.resolve(__dirname, '../README.md'), 'utf8'));
  const targets = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target ?? '');
  expect(targets.filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
  expect(readme).not.toMatch(/^More:|!\[/m);
  expect(readme).toContain('a pattern of the catalogue');
  expect(readme.length).toBeGreaterThan(2000);
});

test('the lock file has no download addresses, so that npm ci uses the registry of whoever runs it', async () => {
  const lock = await readFile(path.resolve(__dirname, '../package-lock.json'), 'utf8');
  expect(lock).not.toMatch(/"resolved": "https?:/);
});
