import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { causes } from '../../src/findings/causes';
import { patterns } from '../../src/ruby/patternTable';
import { cliRun } from '../support/cliRun';
import { type DetectorCase, detectorCases } from '../support/detectorCase';
import { sarifErrors } from '../support/sarifErrors';

interface Finding {
  id: string;
  file: string;
  line: number;
  column: number;
  safety: string;
  fix: { title: string; edits: Array<{ path: string; startLine: number; newText: string }> } | null;
}

const fixtures = path.resolve(__dirname, '../fixtures/detector-cases');
const profileOf = ({ name }: DetectorCase): string => path.join(fixtures, name, 'profile.json.gz');
const built = new Set(patterns.map(({ id }) => id));
const cases = detectorCases().filter(({ detector, evidence }) => built.has(detector) && evidence !== null);
const recordedCase = detectorCases().find(({ name }) => name === 'merge-loop-hash')!;

let app = '';
beforeEach(() => {
  app = mkdtempSync(path.join(tmpdir(), 'hotspots-suggest-'));
  mkdirSync(path.join(app, 'db'));
  writeFileSync(path.join(app, 'db/schema.rb'), readFileSync(path.join(fixtures, 'schema.rb')));
});
afterEach(() => rmSync(app, { recursive: true, force: true }));

const put = (text: string | Uint8Array, name = 'before.rb'): void => writeFileSync(path.join(app, name), text);
const textOf = (name = 'before.rb'): string => readFileSync(path.join(app, name), 'utf8');
const suggest = (...args: string[]) => cliRun(['suggest', ...args], app);
const findings = async (...args: string[]): Promise<Finding[]> => {
  const { exitCode, output, errors } = await suggest(...args, '--format', 'json');
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  return JSON.parse(output).findings;
};

describe('suggest --profile', () => {
  it.each(cases)('says of $name what the catalogue does, and makes its rewrite', async (one) => {
    put(one.before);
    const args = ['before.rb', '--profile', profileOf(one), '--ruby', one.ruby ?? '3.3.8', '--only', one.detector];
    const found = (await findings(...args)).filter(({ line, id }) => line === one.line && id === one.detector);
    const fixes = found.map(({ safety }) => safety);
    switch (one.expected) {
      case 'safe':
      case 'review':
      case 'advice':
        expect(new Set(fixes)).toEqual(new Set([one.expected]));
        break;
      case 'no-safe':
        expect(fixes).not.toContain('safe');
        break;
      case 'no-autofix':
        expect(found.filter(({ fix }) => fix !== null)).toEqual([]);
        break;
      case 'silent':
      case 'silent-all':
        expect(found).toEqual([]);
        break;
    }
    const isFixed = one.expected === 'safe' || one.expected === 'review';
    const level = isFixed ? one.expected : 'safe';
    expect((await suggest(...args, '--apply', level)).exitCode).toBe(0);
    if (isFixed) expect(textOf()).toBe(one.after);
    const once = textOf();
    expect(once).not.toBe(one.naive);
    await suggest(...args, '--apply', level);
    expect(textOf()).toBe(once);
  });

  it('knows a file that is recorded elsewhere only when its text fits', async () => {
    put('def other\nend\n');
    const { exitCode, output } = await suggest('before.rb', '--profile', profileOf(recordedCase), '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(output).findings).toEqual([]);
  });

  it('says which files no profile has samples of', async () => {
    put('x = 1\n', 'other.rb');
    const { output } = await suggest('other.rb', '--profile', profileOf(recordedCase), '--format', 'json');
    expect(JSON.parse(output)).toMatchObject({
      schema: 1,
      findings: [],
      problems: [{ code: 'not-in-profile', file: 'other.rb' }],
    });
  });
});

describe('suggest --hot all', () => {
  it('has nothing safe that needs a witness, and the edits the file needs', async () => {
    put('def total(hash)\n  hash.keys.each { |key| puts key }\n  nil\nend\n');
    const [finding] = await findings('before.rb', '--hot', 'all');
    expect(finding).toEqual({
      ...{ id: 'keys-each', file: 'before.rb', line: 2, column: 7, endLine: 2, endColumn: 16 },
      ...{ share: null, objects: null, gain: 'objects', safety: 'review', savedObjects: null },
      title: expect.any(String),
      fix: {
        title: 'Use each_key',
        edits: [{ path: 'before.rb', startLine: 2, startColumn: 7, endLine: 2, endColumn: 16, newText: 'each_key' }],
      },
    });
    expect(await findings('before.rb')).toEqual([finding]);
  });

  it('prints a patch of what --apply review makes', async () => {
    put('def total(hash)\n  hash.keys.each { |key| puts key }\n  nil\nend\n');
    const { output } = await suggest('before.rb');
    expect(output).toContain('before.rb: 1 finding\n  2  keys-each · review · fewer objects\n');
    expect(output).toContain(
      '--- a/before.rb\n+++ b/before.rb\n@@ -1,4 +1,4 @@\n def total(hash)\n-  hash.keys.each { |key| puts key }\n+  hash.each_key { |key| puts key }\n',
    );
    expect(textOf()).toContain('hash.keys.each');
    expect((await suggest('before.rb', '--apply', 'safe')).output).toContain('Nothing changed (--apply safe)');
    const applied = (await suggest('before.rb', '--apply', 'review')).output;
    expect(applied).toContain('2  keys-each · review · Use each_key\n');
    expect(textOf()).toContain('  hash.each_key {');
    expect((await suggest('before.rb', '--apply', 'review')).output).toContain('nothing found');
  });

  it('keeps the byte order mark, CRLF and Latin-1 around its edits', async () => {
    const text = '# encoding: iso-8859-1\r\ndef a(h)\r\n  h.keys.each { |k| puts "ä#{k}" }\r\n  nil\r\nend\r\n';
    const after = text.replace('keys.each', 'each_key');
    put(Buffer.from(text, 'latin1'), 'latin.rb');
    put(`\ufeff${text}`, 'bom.rb');
    await suggest('latin.rb', 'bom.rb', '--apply', 'review');
    expect(readFileSync(path.join(app, 'latin.rb'), 'latin1')).toBe(after);
    expect(textOf('bom.rb')).toBe(`\ufeff${after}`);
  });

  it('applies only what --only names, and tells the changes in JSON', async () => {
    put('def a(h)\n  h.keys.each { |k| puts k }\n  nil\nend\n');
    await suggest('before.rb', '--apply', 'review', '--only', 'merge-in-loop');
    expect(textOf()).toContain('keys.each');
    const { output } = await suggest('before.rb', '--apply', 'review', '--only', 'keys-each', '--format', 'json');
    expect(JSON.parse(output).changes).toEqual([
      { path: 'before.rb', fixes: [{ id: 'keys-each', line: 2, safety: 'review', title: 'Use each_key' }] },
    ]);
  });

  it('edits no file with syntax errors', async () => {
    const broken = 'def a(h)\n  h.keys.each { |k| puts k }\n  nil\n';
    put(broken);
    const { exitCode, output } = await suggest('before.rb', '--apply', 'review', '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ problems: [{ code: 'syntax-errors' }], changes: [] });
    expect(JSON.parse(output).findings.every(({ fix }: Finding) => fix === null)).toBe(true);
    expect(textOf()).toBe(broken);
  });

  it('respects the comments that switch findings off', async () => {
    const text = 'def a(h)\n  h.keys.each { |k| puts k } # allocation-hotspots:disable keys-each\n  nil\nend\n';
    put(text);
    expect(await findings('before.rb')).toEqual([]);
    await suggest('before.rb', '--apply', 'review');
    expect(textOf()).toBe(text);
  });

  it('looks into no template', async () => {
    for (const name of ['a.html.erb', 'a.haml']) {
      put('- h.keys.each { |k| puts k }\n<% h.keys.each do |k| %>\n', name);
      const { exitCode, output } = await suggest(name, '--format', 'json');
      expect([exitCode, JSON.parse(output)]).toMatchObject([0, { findings: [], problems: [{ code: 'not-ruby' }] }]);
    }
  });

  it('takes the version of Ruby from the command line, else from the folder', async () => {
    const text = 'def a(rows)\n  rows.each { |row| row.select { |x| x.size > 1 }.first }\nend\n';
    put(text);
    const gains = async (...args: string[]): Promise<number> =>
      (await findings('before.rb', ...args)).filter(({ id }) => id === 'select-first').length;
    const [old, now] = [await gains('--ruby', '3.3'), await gains('--ruby', '4.0')];
    for (const [version, expected] of [
      ['3.3.8', old],
      ['4.0.1', now],
    ] as const) {
      put(version, '.ruby-version');
      expect(await gains()).toBe(expected);
    }
  });

  it('goes through a file of 50,000 lines', async () => {
    const method = 'def a(h)\n  h.keys.each { |k| puts k }\n  nil\nend\n\n';
    put(`${method}${'A = 1\n'.repeat(250)}`.repeat(200));
    expect(await findings('before.rb')).toHaveLength(200);
    await suggest('before.rb', '--apply', 'review');
    expect(textOf().match(/\.keys\.each|\.each_key/g)).toEqual(Array(200).fill('.each_key'));
  });
});

describe('suggest --format sarif', () => {
  it('is a log with a rule per pattern, 1-based regions and replacements', async () => {
    put('def a(h)\n  h.keys.each { |k| puts k }\n  nil\nend\n', 'ä b.rb');
    const { exitCode, output } = await suggest('ä b.rb', 'no.rb', '--format', 'sarif');
    expect(exitCode).toBe(3);
    expect(sarifErrors(output)).toEqual([]);
    const log = JSON.parse(output);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/sarif-schema-2\.1\.0\.json$/) });
    const [run] = log.runs;
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(causes.map(({ id }) => id));
    for (const rule of run.tool.driver.rules) {
      expect(['warning', 'note']).toContain(rule.defaultConfiguration.level);
      for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
        expect(text).not.toBe('');
    }
    expect(run.originalUriBaseIds['%SRCROOT%'].uri).toMatch(/^file:\/\/\/.*\/$/);
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'unreadable' } }],
    });
    const location = { uri: '%C3%A4%20b.rb', uriBaseId: '%SRCROOT%' };
    const region = { startLine: 2, startColumn: 5, endLine: 2, endColumn: 14 };
    const [result] = run.results;
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result).toMatchObject({
      ruleId: 'keys-each',
      level: 'warning',
      message: { text: expect.stringContaining('The keys of this hash') },
      locations: [{ physicalLocation: { artifactLocation: location, region } }],
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: location,
              replacements: [{ deletedRegion: region, insertedContent: { text: 'each_key' } }],
            },
          ],
        },
      ],
    });
  });
});

describe('exit codes of suggest', () => {
  it.each([
    [['suggest']],
    [['suggest', 'a.rb', '--hot', 'some']],
    [['suggest', 'a.rb', '--hot', 'all', '--profile', 'p.dump']],
    [['suggest', 'a.rb', '--apply', 'advice']],
    [['suggest', 'a.rb', '--only', 'no-such-finding']],
    [['suggest', 'a.rb', '--ruby', 'newest']],
    [['suggest', 'a.rb', '--format', 'xml']],
    [['suggest', 'a.rb', '--lens', 'mine']],
    [['suggest', 'a.rb', '--root', 'no-such-folder']],
    [['report', 'p.dump', '--format', 'sarif']],
    [['report', 'p.dump', '--apply', 'safe']],
  ])('%j is wrong usage', async (args) => {
    const { exitCode, output, errors } = await cliRun(args, app);
    expect([exitCode, output]).toEqual([2, '']);
    expect(errors).toMatch(/^allocation-hotspots: .+\n$/);
    expect(errors.trim()).not.toContain('\n');
  });

  it('goes on past a file that cannot be read, with one line and 3', async () => {
    put('def a(h)\n  h.keys.each { |k| puts k }\n  nil\nend\n');
    const { exitCode, output, errors } = await suggest('no.rb', 'before.rb', 'before.rb');
    expect(exitCode).toBe(3);
    expect(errors).toBe('allocation-hotspots: no.rb: There is no such file.\n');
    expect(output.match(/1 finding/g)).toHaveLength(1);
  });

  it('stops at a profile that cannot be read', async () => {
    put('x\n');
    expect(await suggest('before.rb', '--profile', 'no.dump')).toMatchObject({ exitCode: 3, output: '' });
  });
});
