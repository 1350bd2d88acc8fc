import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';
import { profileFromText } from '../support/profileFromText';
import { readPprof } from '../support/readProto';
import { stackprofJson } from '../support/stackprofJson';

const STACKS = 'A#a@/srv/app/models/a.rb#1:2 > Kernel#dup@<cfunc>   5\n A#a@/srv/app/models/a.rb#1:3   2';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'hotspots-convert-'));
  mkdirSync(path.join(root, 'app/models'), { recursive: true });
  writeFileSync(path.join(root, 'app/models/a.rb'), 'def a\n  1\n  2\nend\n');
  writeFileSync(path.join(root, 'a.json'), stackprofJson(profileFromText(STACKS)));
  writeFileSync(path.join(root, 'sums.json'), stackprofJson(profileFromText(STACKS, { detail: 'aggregate' })));
  symlinkSync('a.json', path.join(root, 'link.json'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const convert = (...args: string[]) => cliRun(['convert', ...args], root);
const read = (name: string): Buffer => readFileSync(path.join(root, name));

describe('convert', () => {
  it('writes to standard output', async () => {
    const { exitCode, bytes, errors } = await convert('a.json', '--to', 'folded');
    expect([exitCode, errors]).toEqual([0, '']);
    expect(bytes.toString()).toBe('A#a 2\nA#a;Kernel#dup 5\n');
    const lines = await convert('a.json', '--to', 'folded', '--by', 'line');
    expect(lines.bytes.toString()).toContain('A#a - /srv/app/models/a.rb:3 2\n');
    expect(JSON.parse((await convert('a.json', '--to', 'speedscope')).bytes.toString())).toMatchObject({
      name: 'a.json',
    });
    const csv = await convert('a.json', '--to', 'csv', '--lens', 'recorded');
    expect(csv.bytes.toString()).toContain('\r\nA#a,/srv/app/models/a.rb,app/models/a.rb,1,2,2,0.285714,7,7,1\r\n');
  });

  it('gzips pprof', async () => {
    const { bytes } = await convert('a.json', '--to', 'pprof');
    const { samples } = readPprof(gunzipSync(bytes));
    expect(samples.map(({ values }) => values)).toEqual([
      [5, 5],
      [2, 2],
    ]);
    expect(samples[0]?.stack.map(({ mapping }) => mapping)).toEqual(['app', 'ruby']);
  });

  it('adds several up', async () => {
    const { bytes } = await convert('a.json', 'a.json', '--to', 'folded');
    expect(bytes.toString()).toBe('A#a 4\nA#a;Kernel#dup 10\n');
  });

  it('writes a file whole, in place of one that is there, and nothing else', async () => {
    const before = readdirSync(root).length;
    writeFileSync(path.join(root, 'out.folded'), 'x'.repeat(1000));
    const { exitCode, bytes, output } = await convert('a.json', '--to', 'folded', '--out', 'out.folded');
    expect([exitCode, bytes.length, output]).toEqual([0, 0, '']);
    expect(read('out.folded').toString()).toBe('A#a 2\nA#a;Kernel#dup 5\n');
    expect(readdirSync(root)).toHaveLength(before + 1);
  });

  it('says what to keep in mind', async () => {
    const { exitCode, errors, bytes } = await convert('sums.json', '--to', 'folded');
    expect(exitCode).toBe(0);
    expect(errors).toMatch(/^! The profile has no stacks/);
    expect(bytes.toString()).toContain('A#a;Kernel#dup 5\n');
  });

  it.each([
    [['a.json'], 2, 'convert needs --to FORMAT: folded, speedscope, pprof, csv or svg'],
    [['a.json', '--to', 'png'], 2, "Unknown format 'png': use folded, speedscope, pprof, csv or svg"],
    [['a.json', '--to', 'csv', '--by', 'file'], 2, "--by takes method or line, not 'file'"],
    [['a.json', '--to', 'pprof', '--by', 'line'], 2, 'pprof has methods and lines anyway: leave --by out'],
    [['a.json', '--to', 'csv', '--out', ''], 2, '--out takes the path of a file'],
    [['a.json', '--to', 'csv', '--out', 'app'], 2, '--out app is a folder'],
    [['a.json', '--to', 'csv', '--out', './a.json'], 2, '--out ./a.json is one of the profiles'],
    [['a.json', '--to', 'csv', '--out', 'link.json'], 2, '--out link.json is one of the profiles'],
    [['a.json', '--to', 'csv', '--out', 'no/such.csv'], 3, 'no/such.csv: The file could not be written: ENOENT'],
    [['no.json', '--to', 'csv', '--out', 'new.csv'], 3, 'no.json: There is no such file.'],
    [['a.json', '--to', 'csv', '--top', '3'], 2, 'convert has no option --top'],
  ])('%j ends with %i and one line', async (args, code, message) => {
    const before = [read('a.json'), readdirSync(root)];
    const { exitCode, output, bytes, errors } = await convert(...args);
    expect([exitCode, output, bytes.length]).toEqual([code, '', 0]);
    expect(errors).toContain(`allocation-hotspots: ${message}`);
    expect([read('a.json'), readdirSync(root)]).toEqual(before);
  });

  it('keeps bytes from a screen', async () => {
    const { exitCode, bytes, errors } = await cliRun(['convert', 'a.json', '--to', 'pprof'], root, true);
    expect([exitCode, bytes.length]).toEqual([2, 0]);
    expect(errors).toContain('pprof is no text for a screen: use --out FILE, or a pipe');
  });
});
