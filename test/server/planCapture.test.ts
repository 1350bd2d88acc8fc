import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CapturePlan } from '../../src/capture/planCapture';
import { PlanCapture } from '../../src/protocol/captureRequests';
import { applyEdits } from '../../src/ruby/textRange';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

let server: TestServer;
afterEach(() => server.stop());

const kitFolder = path.resolve(__dirname, '../../kit');
const kit: { files: string[] } = JSON.parse(readFileSync(path.join(kitFolder, 'manifest.json'), 'utf8'));
const kitText = (file: string): string => readFileSync(path.join(kitFolder, file), 'utf8');
const railsApp = { Gemfile: 'gem "rails"\ngem "sidekiq"\n' };
const [initializer = '', recorder = ''] = kit.files;

async function plan(files: Readonly<Record<string, string>>, intent: 'add' | 'remove' = 'add'): Promise<CapturePlan> {
  const placed = Object.entries(files).map(([file, text]) => [`/workspace/app/${file}`, text]);
  server = await startTestServer({ files: Object.fromEntries(placed) });
  return server.ask<CapturePlan>(PlanCapture, { folder: uriOf('/workspace/app'), intent });
}

/** The files as they are when every change was made. */
function applied(files: Readonly<Record<string, string>>, answer: CapturePlan): Record<string, string> {
  if (!answer.ok) throw new Error(answer.message);
  const made: Record<string, string> = { ...files };
  for (const change of answer.changes) {
    if (change.kind === 'delete') delete made[change.path];
    else if (change.kind === 'edit') made[change.path] = applyEdits(made[change.path] ?? '', change.edits);
    else made[change.path] = change.text;
  }
  return made;
}

describe('adding', () => {
  test('writes every file of the kit and lists the gem; a second time there is nothing to do', async () => {
    const first = await plan(railsApp);
    expect(first).toMatchObject({ ok: true, notes: [] });
    const made = applied(railsApp, first);
    expect(Object.keys(made).sort()).toEqual(['Gemfile', ...kit.files].sort());
    for (const file of kit.files) expect(made[file]).toBe(kitText(file));
    expect(made.Gemfile).toBe(
      'gem "rails"\ngem "sidekiq"\n# For allocation capture.\ngem "stackprof", ">= 0.2.26", require: false\n',
    );
    server.stop();
    expect(await plan(made)).toEqual({ ok: true, changes: [], notes: [] });
  });

  test('reads the Gemfile as it is in its editor', async () => {
    await plan(railsApp);
    await server.openDocument('/workspace/app/Gemfile', 'gem "sidekiq"\ngem "rails"\ngem "stackprof"\n');
    const answer = await server.ask<CapturePlan>(PlanCapture, { folder: uriOf('/workspace/app'), intent: 'add' });
    expect(answer.ok && answer.changes.some(({ kind }) => kind === 'edit')).toBe(false);
  });

  test('asks about files that are older or were changed, and leaves those with other line ends', async () => {
    const old = kitText(recorder).replace(/kit, version \d+/, 'kit, version 0');
    const crlf = kitText(initializer).replaceAll('\n', '\r\n');
    const guard = kit.files.find((file) => file.endsWith('guard.rb')) ?? '';
    const own = `${kitText(guard)}# mine\n`;
    const answer = await plan({ ...railsApp, [initializer]: crlf, [recorder]: old, [guard]: own });
    const replaced = answer.ok ? answer.changes.filter(({ kind }) => kind === 'replace') : [];
    expect(replaced).toEqual([
      { kind: 'replace', path: recorder, text: kitText(recorder), was: 'older' },
      { kind: 'replace', path: guard, text: kitText(guard), was: 'changed' },
    ]);
    expect(answer.ok && answer.changes.some(({ path: changed }) => changed === initializer)).toBe(false);
  });

  test.each([
    [{}, /no Gemfile/],
    [{ Gemfile: 'gem "rails"\n' }, /names no sidekiq.*Profile Allocations of This File/],
    [{ ...railsApp, [recorder]: 'module Sidekiq\nend\n' }, /^lib\/sidekiq\/allocation_capture\.rb is there already/],
    [{ ...railsApp, [recorder]: kitText(recorder).replace(/kit, version \d+/, 'kit, version 999') }, /newer version/],
  ])('%j is refused', async (files, message) => {
    expect(await plan(files)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  test('where Sidekiq comes with another gem, the lock file says so', async () => {
    const lock = 'GEM\n  specs:\n    sidekiq (7.3.0)\n';
    expect(await plan({ Gemfile: 'gem "rails"\ngem "sidekiq-cron"\n', 'Gemfile.lock': lock })).toMatchObject({
      ok: true,
    });
  });

  test('says what it cannot do: the Gemfile, an application without Rails, another recording', async () => {
    const files = {
      Gemfile: 'gem "sidekiq"\ngem "stackprof" if ENV["PROFILE"]\n',
      'config/initializers/sidekiq.rb': 'StackProf.start(mode: :object) if ENV["SIDEKIQ_FLAMEGRAPH"]\n',
    };
    const answer = await plan(files);
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.changes).toHaveLength(kit.files.length);
    expect(answer.notes).toEqual([
      expect.stringMatching(/depends on a condition/),
      expect.stringMatching(/no Rails application: require config\/initializers\/allocation_capture in/),
      expect.stringMatching(/^config\/initializers\/sidekiq\.rb starts StackProf too/),
    ]);
  });
});

describe('removing', () => {
  test('takes back all that was written', async () => {
    const first = applied(railsApp, await plan(railsApp));
    server.stop();
    const second = await plan(first, 'remove');
    expect(second).toMatchObject({ ok: true, notes: [] });
    expect(applied(first, second)).toEqual(railsApp);
    server.stop();
    expect(await plan(railsApp, 'remove')).toEqual({ ok: true, changes: [], notes: [] });
  });

  test("marks what was changed since, and never touches what is not the kit's", async () => {
    const files = { [initializer]: `${kitText(initializer)}# mine\n`, [recorder]: 'class Other\nend\n' };
    expect(await plan(files, 'remove')).toEqual({
      ok: true,
      changes: [{ kind: 'delete', path: initializer, was: 'changed' }],
      notes: [`Take the require of ${initializer} out of the file that Sidekiq is started with.`],
    });
  });
});

test('refuses what is no question', async () => {
  server = await startTestServer();
  await expect(server.ask(PlanCapture, { folder: uriOf('/workspace/app'), intent: 'burn' })).rejects.toThrow(
    '"intent"',
  );
  await expect(server.ask(PlanCapture, { folder: 'git:/x', intent: 'add' })).rejects.toThrow('"folder"');
});
