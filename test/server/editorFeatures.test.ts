import { afterEach, describe, expect, test } from 'vitest';
import {
  type CodeAction,
  type CodeLens,
  DiagnosticSeverity,
  type Hover,
  type MarkupContent,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import { commands, linkCommands } from '../../src/protocol/ids';
import { HotTree, type HotTreeResult, type Settings } from '../../src/protocol/requests';
import { applyEdits } from '../../src/ruby/textRange';
import { profileFromText } from '../support/profileFromText';
import { eventually, startTestServer, type TestServer, type TestSetup, uriOf } from '../support/serverHarness';

const path = '/work/app/app/jobs/sync_job.rb';
const uri = uriOf(path);
const ruby = `class SyncJob
  def perform
    User.where(active: true).each do |user|
      sync(user)
    end
  end

  def sync(user)
    Record.new(user)
  end
end
`;
const profile = profileFromText(
  `
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:3 > ActiveRecord::Delegation#each@/gems/activerecord-7.2.0/lib/d.rb#5:6 > ActiveRecord::Relation#exec_queries@/gems/activerecord-7.2.0/lib/r.rb#7:8 > Class#new@<cfunc>  300
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:3 > ActiveRecord::Delegation#each@/gems/activerecord-7.2.0/lib/d.rb#5:6 > SyncJob#perform@/srv/app/jobs/sync_job.rb#2:4 > SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > Class#new@<cfunc>  650
  Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9  50
  `,
  { interval: 50, missedSamples: 49_000 },
);

let server: TestServer;
afterEach(() => server.stop());

async function start(setup: TestSetup = {}): Promise<void> {
  server = await startTestServer({ files: { [path]: ruby }, profiles: { '/dumps/a.json': profile }, ...setup });
  await server.open('/dumps/a.json');
  await server.openDocument(path, ruby);
  await server.activate('/dumps/a.json');
}

describe('hover', () => {
  const hover = async (line: number): Promise<string | null> => {
    const answer = await server.ask<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line, character: 4 },
    });
    return answer === null ? null : (answer.contents as MarkupContent).value;
  };

  test('says how much, beneath what, from where, and how sure', async () => {
    await start();
    const text = await hover(2);
    expect(text).toContain('**≈15,000 objects** · **30.0 %** allocated by this line (charged to my code)');
    expect(text).toContain('≈47,500 objects · 95.0 % allocated with this line on the stack');
    expect(text).toContain('300 samples own, 950 samples through, of 1,000 samples');
    expect(text).toContain('- `ActiveRecord::Delegation#each` 100.0 % · ≈47.5 k objects');
    expect(text).toContain('In `SyncJob#perform`');
    expect(text).toContain('Exact line');
    expect(text).toContain('One allocation in 50 was sampled');
    expect(text).toContain('interval 50');
  });

  test('a line that only calls is not said to allocate nothing', async () => {
    await start();
    await server.activate('/dumps/a.json', 'recorded');
    const text = await hover(8);
    expect(text).toContain("No sample of the line's own (as recorded)");
    expect(text).toContain('≈32,500 objects · 65.0 % allocated with this line on the stack');
  });

  test('names the callers of the method', async () => {
    await start();
    expect(await hover(8)).toContain('In `SyncJob#sync`, called by `SyncJob#perform` 100.0 %.');
  });

  test('links only run commands that the editor trusts', async () => {
    await start();
    const links = [...(await hover(8))!.matchAll(/command:([\w.]+)/g)].map((match) => match[1]);
    expect(links).toContain(commands.revealInFlameGraph);
    for (const link of links) expect(linkCommands).toContain(link);
    const target = /command:[\w.]+revealInFlameGraph\?([^ )]+)/.exec((await hover(8))!)![1]!;
    expect(JSON.parse(decodeURIComponent(target))).toEqual([
      { profile: uriOf('/dumps/a.json'), file: '/srv/app/jobs/sync_job.rb', line: 9 },
    ]);
  });

  test('is silent elsewhere: no sample is not "allocates nothing"', async () => {
    await start();
    expect(await hover(0)).toBeNull();
    expect(await hover(5)).toBeNull();
  });

  test('reads names as text, not as markup', async () => {
    const hostile = '[x](command:evil)`**a**`<img src=x>\n# h';
    const strange = profileFromText(
      'SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > NAME@/gems/a-1.0/a.rb:3 10'.replace('NAME', 'N'),
    );
    const named = { ...strange, strings: strange.strings.map((text) => (text === 'N' ? hostile : text)) };
    await start({ profiles: { '/dumps/a.json': named } });
    expect(await hover(8)).toContain('- ``[x](command:evil)`**a**`<img src=x> # h`` 100.0 %');
  });

  test('without lines in the stacks the figure is called an estimate or a bound', async () => {
    const text = `
      SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > Class#new@<cfunc>     10
      SyncJob#sync@/srv/app/jobs/sync_job.rb#8:10 > Hash#dup@<cfunc>     5
      SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9   5
    `;
    for (const detail of ['raw', 'aggregate'] as const) {
      await start({ profiles: { '/dumps/a.json': profileFromText(text, { detail }) } });
      expect(await hover(8), detail).toMatch(/_(Estimate|At most)/);
      server.stop();
    }
  });
});

describe('CodeLens', () => {
  const lenses = (): Promise<CodeLens[]> => server.ask<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });

  test('above each method: through and own, with a link to the flame graph', async () => {
    await start();
    expect((await lenses()).map(({ range, command }) => [range.start.line, command?.title])).toEqual([
      [1, '≈47.5 k objects · 95.0 % through · 30.0 % own'],
      [7, '≈32.5 k objects · 65.0 % through · 65.0 % own'],
    ]);
    expect((await lenses())[1]?.command).toMatchObject({
      command: commands.revealInFlameGraph,
      arguments: [{ profile: uriOf('/dumps/a.json'), file: '/srv/app/jobs/sync_job.rb', line: 8 }],
    });
  });

  test('moves with edits', async () => {
    await start();
    await server.edit(path, 'class', '# top\nclass');
    expect((await lenses()).map(({ range }) => range.start.line)).toEqual([2, 8]);
  });

  test('is left out below the threshold, and when switched off', async () => {
    await start({ settings: { hotLineThreshold: 70 } });
    expect(await lenses()).toHaveLength(1);
    await changeSettings({ codeLens: false });
    expect(await lenses()).toEqual([]);
  });
});

describe('diagnostics', () => {
  test('hot lines and findings of an open document', async () => {
    await start();
    const [first, second, third] = server.diagnostics(path);
    expect(first).toEqual({
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 43 } },
      severity: DiagnosticSeverity.Information,
      source: 'allocation-hotspots',
      code: 'hot-line',
      message:
        'Hot line: ≈15.0 k objects, 30.0 % of all objects allocated while recording; mostly beneath ActiveRecord::Delegation#each.',
    });
    expect(second).toMatchObject({ code: 'hot-line', range: { start: { line: 8 } } });
    expect(third).toMatchObject({
      code: 'relation-each',
      severity: DiagnosticSeverity.Information,
      codeDescription: { href: 'file:///docs/findings/relation-each.md' },
    });
    expect(third?.message).toContain('95.0 % of all allocated objects (≈47.5 k objects)');
    expect(server.diagnostics(path)).toHaveLength(3);
  });

  test('follow edits: a changed line has none', async () => {
    await start();
    await server.edit(path, 'Record.new(user)', 'Record.new(user.id)');
    await eventually(() => !server.diagnostics(path).some(({ range }) => range.start.line === 8));
    await server.edit(path, 'Record.new(user.id)', 'Record.new(user)');
    await eventually(() => server.diagnostics(path).some(({ range }) => range.start.line === 8));
  });

  test('are gone when the fix is made', async () => {
    await start();
    await server.edit(path, '.each do', '.find_each do');
    await eventually(() => !server.diagnostics(path).some(({ code }) => code === 'relation-each'));
  });

  test('go with the active profile, the document, the setting and the threshold', async () => {
    await start();
    expect(server.diagnostics(path)).not.toEqual([]);
    await server.activate(null);
    expect(server.diagnostics(path)).toEqual([]);
    await server.activate('/dumps/a.json');
    expect(server.diagnostics(path)).toHaveLength(3);
    await changeSettings({ hotLineThreshold: 60 });
    await eventually(() => server.diagnostics(path).length === 2);
    await changeSettings({ diagnostics: false });
    await eventually(() => server.diagnostics(path).length === 0);
    await changeSettings({});
    await eventually(() => server.diagnostics(path).length === 3);
    await server.closeDocument(path);
    await eventually(() => server.diagnostics(path).length === 0);
  });

  test('of a profile of time say so, and have no findings', async () => {
    const text = 'SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 10';
    await start({ profiles: { '/dumps/a.json': profileFromText(text, { mode: 'cpu', interval: 1000 }) } });
    expect(server.diagnostics(path).map(({ message }) => message)).toEqual([
      'Hot line: ≈10.0 ms, 100.0 % of all CPU time sampled.',
    ]);
  });
});

describe('the fix of a finding', () => {
  const actionsAt = (line: number, only?: string[]): Promise<CodeAction[]> =>
    server.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      context: { diagnostics: server.diagnostics(path), ...(only === undefined ? {} : { only }) },
    });
  const resolved = (action: CodeAction): Promise<CodeAction> => server.ask<CodeAction>('codeAction/resolve', action);

  test('is offered on its line without an edit, and made when it is chosen', async () => {
    await start();
    const actions = await actionsAt(2);
    expect(actions.map(({ title, kind, edit }) => [title, kind, edit])).toEqual([
      ['Use find_each (review)', 'quickfix', undefined],
      ['Use in_batches(of: 200).each_record (review)', 'quickfix', undefined],
    ]);
    expect(actions[0]).toMatchObject({ isPreferred: false, diagnostics: [{ code: 'relation-each' }] });
    const { edit } = await resolved(actions[0]!);
    const [change] = edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
    const edits = (change as { edits: TextEdit[] }).edits;
    expect(applyEdits(ruby, edits)).toBe(ruby.replace('.each do', '.find_each do'));
  });

  test('asks for a preview, because somebody should look at it', async () => {
    await start();
    const { edit } = await resolved((await actionsAt(2))[0]!);
    expect(Object.values(edit?.changeAnnotations ?? {})).toEqual([
      expect.objectContaining({ label: 'Use find_each', needsConfirmation: true }),
    ]);
  });

  test('is made for the text as it is', async () => {
    await start();
    await server.edit(path, 'class', '# top\nclass');
    const { edit } = await resolved((await actionsAt(3))[0]!);
    const [change] = edit?.documentChanges ?? [];
    const text = server.textOf(path);
    expect(change).toMatchObject({ textDocument: { version: 2 } });
    expect(applyEdits(text, (change as { edits: TextEdit[] }).edits)).toContain('.find_each do |user|');
  });

  test('is withdrawn when the text or the profile changed since it was offered', async () => {
    await start();
    const [action] = await actionsAt(2);
    await server.edit(path, 'class', '# top\nclass');
    await expect(resolved(action!)).rejects.toThrow('ask for it again');
    const [again] = await actionsAt(3);
    await server.activate(null);
    await expect(resolved(again!)).rejects.toThrow('ask for it again');
    await expect(resolved({ title: 'x', data: { uri: 5 } })).rejects.toThrow('ask for it again');
  });

  test('is not offered elsewhere, nor to those who want something else', async () => {
    await start();
    expect(await actionsAt(8)).toEqual([]);
    expect(await actionsAt(2, ['refactor'])).toEqual([]);
    expect(await actionsAt(2, ['quickfix'])).toHaveLength(2);
    await server.edit(path, '.each do', '.find_each do');
    expect(await actionsAt(2)).toEqual([]);
  });
});

describe('tree of hot lines', () => {
  const tree = (groupBy: 'file' | 'method'): Promise<HotTreeResult> =>
    server.ask<HotTreeResult>(HotTree, { uri: uriOf('/dumps/a.json'), lens: 'mine', groupBy });

  test('by file', async () => {
    await start();
    const { groups } = await tree('file');
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ label: 'app/jobs/sync_job.rb', description: '95.0 %', uri });
    expect(groups[0]?.tooltip).toContain('in 2 hot lines');
    expect(groups[0]?.lines.map(({ label, description, line }) => [label, description, line])).toEqual([
      ['Record.new(user)', '65.0 % · ≈32.5 k objects', 8],
      ['User.where(active: true).each do |user|', '30.0 % · ≈15.0 k objects', 2],
    ]);
    expect(groups[0]?.lines[0]).toMatchObject({ uri, file: '/srv/app/jobs/sync_job.rb', recordedLine: 9 });
  });

  test('by method', async () => {
    await start();
    const { groups } = await tree('method');
    expect(groups.map(({ label, description }) => [label, description])).toEqual([
      ['SyncJob#sync', '65.0 % · app/jobs/sync_job.rb'],
      ['SyncJob#perform', '30.0 % · app/jobs/sync_job.rb'],
    ]);
  });

  test('a flat profile lists its heaviest lines although none is lit', async () => {
    const flat = Array.from({ length: 400 }, (_, i) => `SyncJob#a@/srv/app/jobs/sync_job.rb:${i + 1} 5`).join('\n');
    await start({
      profiles: { '/dumps/a.json': profileFromText(flat) },
      files: { [path]: `${ruby}${'x\n'.repeat(400)}` },
    });
    expect((await tree('file')).groups[0]?.lines).toHaveLength(50);
  });

  test('lines are where they are now', async () => {
    await start();
    await server.edit(path, 'class', '# top\nclass');
    expect((await tree('file')).groups[0]?.lines.map(({ line }) => line)).toEqual([9, 3]);
  });
});

async function changeSettings(settings: Partial<Settings>): Promise<void> {
  server.settings = settings;
  const changes = server.heatChanges.length;
  await server.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await eventually(() => server.heatChanges.length > changes);
}
