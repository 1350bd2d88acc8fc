import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/corpus/${name}.dump.gz`, import.meta.url));
const WITH_LINES = fixture('fin_small_new0227_i500');
const AGGREGATE = fixture('fin_inl_sync14_i1_noraw');
const TICK = fixture('fin_inl_tick_i1_raw');

/** Files of the recorded application that are enough to find it again; the text does not matter to the mapping. */
const APP_FILES = [
  'app/jobs/sync_job.rb',
  'app/jobs/price_tick_job.rb',
  'app/models/account.rb',
  'app/models/money.rb',
  'app/models/balance/materializer.rb',
  'app/models/balance/sync_cache.rb',
  'app/models/holding/portfolio_cache.rb',
  'script/inline.rb',
];

interface LineRow {
  file: string;
  path: string | null;
  line: number;
  own: number;
  through: number;
  mostly: { name: string; samples: number } | null;
  callees: Array<{ name: string; samples: number }>;
  certainty: string;
  throughCertainty: string;
}
interface Report {
  schema: number;
  profile: Record<string, unknown> & { problems: Array<{ code: string; message: string }> };
  lens: string;
  elsewhere: number;
  methods: Array<{ name: string; file: string; line: number | null; self: number; total: number }>;
  lines: LineRow[];
  findings: unknown[];
}

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hotspots-cli-'));
  for (const file of APP_FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `# ${file}\n`.repeat(60));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const json = async (...args: string[]): Promise<Report> => {
  const { exitCode, output, errors } = await cliRun([...args, '--format', 'json'], root);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  return JSON.parse(output);
};

describe('report --format json', () => {
  it('tells the profile, its methods and its lines', async () => {
    const report = await json('report', WITH_LINES);
    expect(Object.keys(report)).toEqual([
      'schema',
      'profile',
      'lens',
      'elsewhere',
      'mapping',
      'methods',
      'lines',
      'findings',
    ]);
    expect(report).toMatchObject({ schema: 1, lens: 'mine', findings: [] });
    expect(report.profile).toMatchObject({
      format: 'stackprof-marshal',
      compressed: true,
      mode: 'object',
      interval: 500,
      samples: 419,
      missedSamples: 209_255,
      objects: 209_674,
      objectsExact: true,
      detail: 'raw_lines',
      problems: [{ code: 'round-interval' }],
    });
    expect(report.methods[0]).toEqual({
      name: 'ActiveModel::Type::Date#fast_string_to_date',
      file: '/usr/share/rubygems-integration/all/gems/activemodel-6.1.7.10/lib/active_model/type/date.rb',
      line: 30,
      self: 56,
      total: 62,
    });
    expect(report.methods.find((method) => method.name === 'Class#new')).toMatchObject({ file: '<cfunc>', line: null });
  });

  it('charges every sample to the deepest line below the root, heaviest first', async () => {
    const { lines, elsewhere, profile } = await json('report', WITH_LINES);
    expect(lines[0]).toMatchObject({
      file: '/srv/www/corpus/app/app/models/holding/portfolio_cache.rb',
      path: 'app/models/holding/portfolio_cache.rb',
      line: 28,
      own: 123,
      through: 123,
      certainty: 'exact',
      throughCertainty: 'exact',
    });
    expect(lines.reduce((sum, line) => sum + line.own, elsewhere)).toBe(profile.samples);
    for (let at = 1; at < lines.length; at++) {
      const [before, here] = [lines[at - 1]!, lines[at]!];
      const order =
        here.own - before.own || (before.file < here.file ? -1 : before.file > here.file ? 1 : before.line - here.line);
      expect(order).toBeLessThan(0);
    }
    for (const line of lines) expect(line.through).toBeGreaterThan(0);
  });

  it('parts the samples through a line among its callees', async () => {
    const { lines } = await json('report', WITH_LINES, '--lens', 'recorded');
    for (const { own, through, callees } of lines) {
      expect(callees.reduce((sum, callee) => sum + callee.samples, own)).toBe(through);
      expect(new Set(callees.map((callee) => callee.name)).size).toBe(callees.length);
    }
  });

  it("names what makes most of a line's own, not of what passes through it", async () => {
    const { lines } = await json('report', WITH_LINES);
    expect(lines[0]!.mostly).toEqual(lines[0]!.callees[0]);
    for (const { own, mostly } of lines) if (mostly !== null) expect(mostly.samples).toBeLessThanOrEqual(own);
    const passing = lines.filter(({ own, callees }) => own > 0 && (callees[0]?.samples ?? 0) > own);
    expect(passing.length).toBeGreaterThan(0);
    for (const { mostly, callees } of passing) expect(mostly).not.toEqual(callees[0]);
  });

  it('charges by the lens', async () => {
    const total = async (lens: string): Promise<number> =>
      (await json('report', WITH_LINES, '--lens', lens)).lines
        .filter((line) => line.path !== null)
        .reduce((sum, line) => sum + line.own, 0);
    const [recorded, caller, mine] = [await total('recorded'), await total('caller'), await total('mine')];
    expect(recorded).toBeLessThan(caller);
    expect(caller).toBeLessThan(mine);
  });

  it('shows as many rows as asked for', async () => {
    const { lines, methods } = await json('report', WITH_LINES, '--top', '3');
    expect([lines.length, methods.length]).toEqual([3, 3]);
  });

  it('marks what it estimates', async () => {
    const { lines, profile } = await json('report', AGGREGATE);
    expect(profile).toMatchObject({ detail: 'aggregate', objects: 61_427, objectsExact: true });
    expect(profile.problems.map((problem) => problem.code)).toEqual(['no-stacks', 'inflated-lines']);
    expect(new Set(lines.map((line) => line.certainty))).toEqual(new Set(['estimate', 'exact']));
    for (const line of lines) expect(line.own).toBeLessThanOrEqual(line.through);
  });

  it('maps by --path-map and leaves other files alone', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'hotspots-empty-'));
    try {
      const args = [
        'report',
        WITH_LINES,
        '--root',
        root,
        '--path-map',
        `/srv/www/corpus/app=${root}`,
        '--format',
        'json',
      ];
      const { output } = await cliRun(args, elsewhere);
      const report: Report = JSON.parse(output);
      const paths = new Set(report.lines.map((line) => line.path));
      expect(paths).toContain('app/models/balance/sync_cache.rb');
      expect(paths).toContain(null);
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('adds several profiles up, and says what cannot be read', async () => {
    const { exitCode, output, errors } = await cliRun(
      ['report', WITH_LINES, 'no-such.dump', TICK, '--format', 'json', '--top', '1'],
      root,
    );
    const whole: Report = JSON.parse(output);
    expect(exitCode).toBe(3);
    expect(whole).toMatchObject({
      schema: 1,
      profile: {
        input: '2 profiles',
        detail: 'raw',
        processes: [
          { input: WITH_LINES, samples: 419, objects: 209_674, interval: 500, pid: null },
          { input: TICK, samples: 395 },
        ],
      },
    });
    expect(JSON.parse(errors)).toMatchObject({ error: { code: 'unreadable', offset: null, input: 'no-such.dump' } });
  });
});

describe('report', () => {
  it('prints a page that people can read', async () => {
    const { exitCode, output, errors } = await cliRun(['report', WITH_LINES, '--top', '5'], root);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(output).toContain('209,674 objects allocated (exact) · 1 in 500 sampled · 419 samples');
    expect(output).toContain('! Captured at interval 500:');
    expect(output).toMatch(/123 +29\.4 % +≈61,551 +123 +app\/models\/holding\/portfolio_cache\.rb:28 /);
    expect(output).not.toContain('\u001b');
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('colours only for a terminal', async () => {
    expect((await cliRun(['report', TICK], root, true)).output).toContain('\u001b[1m');
  });

  it('charges calling lines when no file of the application is found', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'hotspots-empty-'));
    try {
      const { output } = await cliRun(['report', WITH_LINES], empty);
      expect(output).toContain('tell --root or --path-map');
      expect(output).toContain('Hot lines, charged to the calling line');
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });

  it('says which folders a recorded one could be, and takes the choice', async () => {
    const copies = mkdtempSync(join(tmpdir(), 'hotspots-copies-'));
    try {
      for (const copy of ['blue', 'green']) {
        for (const file of APP_FILES) {
          mkdirSync(dirname(join(copies, copy, file)), { recursive: true });
          writeFileSync(join(copies, copy, file), '');
        }
      }
      const candidates = [join(copies, 'blue'), join(copies, 'green')];
      const from = '/srv/www/corpus/app';
      const asJson = await cliRun(['report', WITH_LINES, '--format', 'json'], copies);
      expect(JSON.parse(asJson.output).mapping).toMatchObject({
        rules: [],
        mappedFiles: 0,
        ambiguous: [{ from, candidates }],
      });
      const asText = (await cliRun(['report', WITH_LINES], copies)).output.replace(/\n +/g, ' ');
      expect(asText).toContain(
        `! ${from} could be ${candidates.join(' or ')}: choose with --path-map ${from}=${candidates[0]}.`,
      );
      const chosen = await cliRun(['report', WITH_LINES, '--path-map', `${from}=${candidates[1]}`], copies);
      expect(chosen.output).not.toContain('could be');
      expect(chosen.output).toContain('green/app/models/balance/sync_cache.rb');
    } finally {
      rmSync(copies, { recursive: true, force: true });
    }
  });

  it('says of what several profiles are the sum', async () => {
    const { output } = await cliRun(['report', TICK, WITH_LINES, '--top', '1'], root);
    expect(output).toContain('Added up from 2 profiles:');
    expect(output).toContain(`${WITH_LINES}: 209,674 objects (`);
  });

  it('is nothing when no profile can be read', async () => {
    const { exitCode, output, errors } = await cliRun(['report', 'one.dump', 'two.dump'], root);
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
    expect(errors.trim().split('\n')).toHaveLength(2);
  });
});

describe('lines', () => {
  const FILE = 'app/models/balance/sync_cache.rb';

  it('gives one file, by line', async () => {
    const report = await json('lines', WITH_LINES, '--file', FILE);
    expect(report).toMatchObject({ schema: 1, path: FILE, file: `/srv/www/corpus/app/${FILE}` });
    expect(report.lines.map((line) => line.line)).toEqual([7, 11, 15, 23, 27, 31, 32, 33, 34, 40, 41, 42]);
    expect(report.lines.find((line) => line.line === 41)).toMatchObject({ own: 20, through: 20 });
  });

  it('finds the file by every name it has', async () => {
    const names = [FILE, `./${FILE}`, join(root, FILE), `/srv/www/corpus/app/${FILE}`, 'sync_cache.rb'];
    for (const name of names) expect((await json('lines', WITH_LINES, '--file', name)).lines).toHaveLength(12);
  });

  it('asks which one when an ending fits several files', async () => {
    const { exitCode, errors } = await cliRun(['lines', WITH_LINES, '--file', 'materializer.rb'], root);
    expect(exitCode).toBe(2);
    expect(errors).toContain('balance/materializer.rb');
    expect(errors).toContain('holding/materializer.rb');
  });

  it('has no lines for a file without samples', async () => {
    expect(await json('lines', WITH_LINES, '--file', 'app/models/never.rb')).toMatchObject({ file: null, lines: [] });
    const { exitCode, output } = await cliRun(['lines', WITH_LINES, '--file', 'app/models/never.rb'], root);
    expect(exitCode).toBe(0);
    expect(output).toContain('app/models/never.rb: no samples in this profile.');
  });

  it('shows the source beside the figures', async () => {
    const { output } = await cliRun(['lines', WITH_LINES, '--file', FILE], root);
    expect(output).toMatch(/41 +20 +4\.8 % +≈10,008 +20 +100\.0 % +Kernel#dup +# app\/models/);
  });

  it('keeps the hottest lines with --top, still by line', async () => {
    const { lines } = await json('lines', WITH_LINES, '--file', FILE, '--top', '3');
    expect(lines.map((line) => line.line)).toEqual([31, 32, 41]);
  });
});

describe('errors and exit codes', () => {
  it.each([
    [[], 'No command'],
    [['explode'], "Unknown command 'explode'"],
    [['report'], 'report needs a PROFILE'],
    [['lines', 'a.dump'], 'lines needs --file'],
    [['report', 'a.dump', '--file', 'b'], 'report has no option --file'],
    [['report', 'a.dump', '--lens', 'all'], "Unknown lens 'all'"],
    [['report', 'a.dump', '--format', 'xml'], "Unknown format 'xml'"],
    [['report', 'a.dump', '--top', '0'], '--top takes'],
    [['report', 'a.dump', '--path-map', 'here'], '--path-map takes FROM=TO'],
    [['report', 'a.dump', '--root', 'no/such/folder'], '--root no/such/folder is not a folder'],
    [['report', 'a.dump', '--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is wrong usage', async (args, message) => {
    const { exitCode, output, errors } = await cliRun(args, root);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
    expect(errors).toMatch(/^allocation-hotspots: [^\n]+\n$/);
    expect(errors).toContain(message);
  });

  it('answers in JSON when asked to, even for what it cannot parse', async () => {
    const { exitCode, errors } = await cliRun(['report', '--nonsense', '--format=json'], root);
    expect(exitCode).toBe(2);
    expect(JSON.parse(errors)).toEqual({
      error: { code: 'usage', message: "Unknown option '--nonsense'", offset: null },
    });
  });

  it('says what an unreadable file is', async () => {
    writeFileSync(join(root, 'program'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]));
    const text = await cliRun(['report', 'program'], root);
    expect(text).toMatchObject({ exitCode: 3, output: '' });
    expect(text.errors).toMatch(/^allocation-hotspots: program: [^\n]+\n$/);
    const asJson = await cliRun(['report', 'program', '--format', 'json'], root);
    const { error } = JSON.parse(asJson.errors);
    expect(error).toMatchObject({ input: 'program' });
    expect(Object.keys(error)).toEqual(['code', 'message', 'offset', 'input']);
  });

  it('never lets a name from a file reach the terminal as control characters', async () => {
    const name = 'Evil\u001b]0;owned\u0007#m\u202e';
    const profile = {
      version: 1.2,
      mode: 'object',
      interval: 1,
      samples: 2,
      gc_samples: 0,
      missed_samples: 0,
      frames: { 1: { name, file: '/x/\u001b[31m.rb', line: 1, total_samples: 2, samples: 2, lines: { 2: [2, 2] } } },
    };
    writeFileSync(join(root, 'evil.json'), JSON.stringify(profile));
    const { exitCode, output } = await cliRun(['report', 'evil.json'], root);
    expect(exitCode).toBe(0);
    expect(output).toContain('Evil\\u001b]0;owned\\u0007#m\\u202e');
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('explains itself', async () => {
    expect(await cliRun(['--help'], root)).toMatchObject({ exitCode: 0, errors: '' });
    expect((await cliRun(['--help'], root)).output).toContain('Usage: allocation-hotspots COMMAND FILE...');
    expect((await cliRun(['--version'], root)).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
