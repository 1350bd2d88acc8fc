import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const EXAMPLE = path('examples/finance-sync');
const BEFORE = 'profiles/before/stackprof_process_88444_1767225600.dump';
const AFTER = 'profiles/after/stackprof_process_88512_1767229200.dump';
/** One job without stacks, every allocation counted. */
const JOB_BEFORE = relative(EXAMPLE, path('test/fixtures/compare/sync14_before.dump.gz'));
const JOB_AFTER = relative(EXAMPLE, path('test/fixtures/compare/sync14_after.dump.gz'));
const WALL = path('test/fixtures/stackprof/fin_inl_wall_gc.dump.gz');

interface Change {
  before: number;
  after: number;
  delta: number;
}
interface Diff {
  schema: number;
  before: { objects: number | null };
  after: { objects: number | null };
  total: Change;
  methods: Array<Change & { name: string; file: string; own: Change; self: Change; fate: string }>;
  lines: Array<
    Change & { file: string; path: string | null; line: number; lineBefore: number | null; own: Change; fate: string }
  >;
}

const json = async (...args: string[]): Promise<Diff> => {
  const { exitCode, output, errors } = await cliRun(['diff', ...args, '--format', 'json'], EXAMPLE);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  return JSON.parse(output);
};

describe('diff --format json', () => {
  it('has the figures of StackProf on both sides', async () => {
    const diff = await json(JOB_BEFORE, JOB_AFTER);
    expect(diff).toMatchObject({
      schema: 1,
      before: { objects: 61_427 },
      after: { objects: 45_427 },
      total: { before: 61_427, after: 45_427, delta: -16_000 },
    });
    const method = (name: string) => diff.methods.find((row) => row.name === name);
    expect(method('Class#new')).toMatchObject({
      file: '<cfunc>',
      before: 15_615,
      after: 9_367,
      delta: -6_248,
      self: { before: 8_303, after: 4_329, delta: -3_974 },
      fate: 'shrunk',
    });
    expect(method('Kernel#dup')).toMatchObject({ before: 8_648, after: 110, self: { before: 2_432, after: 110 } });
    // Its share of all grew, its objects did not.
    expect(method('Holding::PortfolioCache#prices')).toMatchObject({ before: 29_531, after: 29_531, fate: 'same' });
  });

  it('finds the lines that a fix removed, under their present path', async () => {
    const { lines } = await json(BEFORE, AFTER);
    expect(lines[0]).toMatchObject({
      file: '/app/app/models/balance/sync_cache.rb',
      path: 'app/models/balance/sync_cache.rb',
      line: 43,
      after: 0,
      fate: 'vanished',
    });
    expect(lines.every((row) => Math.abs(row.after - row.before - row.delta) < 0.02)).toBe(true);
  });

  it('finds nothing in the same file twice, and the opposite the other way round', async () => {
    const same = await json(BEFORE, BEFORE);
    expect(same.methods.length).toBeGreaterThan(100);
    expect([...same.methods, ...same.lines].filter((row) => row.delta !== 0 || row.fate !== 'same')).toEqual([]);

    const [there, back] = [await json(BEFORE, AFTER), await json(AFTER, BEFORE)];
    const sum = (rows: Change[]): number => rows.reduce((total, row) => total + row.delta, 0);
    expect(sum(back.lines.map((row) => row.own))).toBeCloseTo(-sum(there.lines.map((row) => row.own)), 0);
    expect(back.lines.filter((row) => row.fate === 'new').length).toBe(
      there.lines.filter((row) => row.fate === 'vanished').length,
    );
  });

  it('scales', async () => {
    const shares = await json(JOB_BEFORE, JOB_AFTER, '--normalize');
    expect(shares.total).toEqual({ before: 61_427, after: 61_427, delta: 0 });
    const perJob = await json(JOB_BEFORE, JOB_AFTER, '--jobs-before', '1', '--jobs-after', '2');
    expect(perJob.total).toEqual({ before: 61_427, after: 22_713.5, delta: -38_713.5 });
  });
});

describe('diff', () => {
  it('is a text that says both totals and the largest changes', async () => {
    const { exitCode, output, errors } = await cliRun(['diff', BEFORE, AFTER, '--top', '2'], EXAMPLE);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(output).toContain('1,155,978 -> 629,899 objects allocated: -526,079 (-45.5 %)');
    expect(output).toMatch(/≈149,997 +· +≈-149,997 +vanished +≈-149,997 +app\/models\/balance\/sync_cache\.rb:43\n/);
    expect(output).toContain('…ache#converted_holdings');
    for (const line of output.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('is a comment in Markdown', async () => {
    const { output } = await cliRun(['diff', BEFORE, AFTER, '--format', 'markdown'], EXAMPLE);
    expect(output).toMatch(/^### Allocations: `stackprof_process_88444_1767225600\.dump` -> /);
    expect(output).toContain(
      '| `app/models/balance/sync_cache.rb:43` | ≈149,997 | · | ≈-149,997 | vanished | ≈-149,997 |\n',
    );
    const cells = output.split('\n').filter((line) => line.startsWith('|'));
    expect(cells.every((line) => line.match(/(?<!\\)\|/g)?.length === 7)).toBe(true);
  });

  it('says that nothing changed', async () => {
    const { output } = await cliRun(['diff', BEFORE, BEFORE], EXAMPLE);
    expect(output).toContain('Lines: nothing changed');
    expect(output).toContain('Methods: nothing changed');
  });
});

describe('wrong input of diff', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotspots-diff-'));
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'text.dump'), 'no profile');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names every file that cannot be read', async () => {
    const { exitCode, output, errors } = await cliRun(['diff', 'missing.dump', 'text.dump'], folder);
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
    expect(errors).toMatch(/missing\.dump: .*\n.*text\.dump: .*\n/);
  });

  it('refuses profiles of different units', async () => {
    const { exitCode, errors } = await cliRun(['diff', BEFORE, WALL], EXAMPLE);
    expect(exitCode).toBe(2);
    expect(errors).toContain('measures objects and');
    expect(errors).toContain('cannot be compared');
  });

  it.each([
    [['one.dump'], 'diff needs two profiles: BEFORE AFTER'],
    [['a', 'b', 'c'], 'diff needs two profiles: BEFORE AFTER'],
    [['a', 'b', '--format', 'sarif'], "Unknown format 'sarif': use text, json or markdown"],
    [['a', 'b', '--jobs-before', '3'], 'Use --jobs-before and --jobs-after together'],
    [['a', 'b', '--jobs-before', '3', '--jobs-after', '0'], "Not a number of jobs: '0'"],
    [['a', 'b', '--normalize', '--jobs-before', '3', '--jobs-after', '4'], 'not both'],
    [['a', 'b', '--file', 'x.rb'], 'diff has no option --file'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, errors } = await cliRun(['diff', ...args], folder);
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });
});
