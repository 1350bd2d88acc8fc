import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyseProfile } from '../../src/cli/analyseProfile';
import { reportFindings } from '../../src/cli/reportFindings';
import { cliRun } from '../support/cliRun';

const fixtures = path.resolve(__dirname, '../fixtures/detector-cases');
const profile = path.join(fixtures, 'merge-loop-hash/profile.json.gz');
const before = readFileSync(path.join(fixtures, 'merge-loop-hash/before.rb'), 'utf8');

let app = '';
beforeEach(() => {
  app = mkdtempSync(path.join(tmpdir(), 'hotspots-findings-'));
});
afterEach(() => rmSync(app, { recursive: true, force: true }));

const report = async (...args: string[]): Promise<string> => {
  const { exitCode, output, errors } = await cliRun(['report', profile, '--path-map', `/app=${app}`, ...args], app);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  return output;
};
const noParser = (): never => {
  throw new Error('Prism was loaded');
};
const findingsWithout = async (file: string) => {
  const result = await analyseProfile(profile, { root: app, pathMappings: { '/app': app } }, app);
  if (!result.ok) throw new Error(`${file}: ${result.error.message}`);
  return reportFindings(result.analysis, noParser);
};

describe('findings of report', () => {
  it('are the known causes on hot lines, with their edits', async () => {
    writeFileSync(path.join(app, 'before.rb'), before);
    const { findings } = JSON.parse(await report('--format', 'json'));
    expect(findings).toEqual([
      {
        ...{ id: 'merge-in-loop', file: 'before.rb', line: 4, column: expect.any(Number) },
        ...{ endLine: 4, endColumn: expect.any(Number), share: 200 / 423, objects: 200, gain: 'objects' },
        ...{ safety: 'safe', title: expect.any(String), savedObjects: expect.any(Number) },
        fix: { title: expect.any(String), edits: expect.any(Array) },
      },
    ]);
    const lines = before.split('\n');
    for (const edit of findings[0].fix.edits.toReversed()) {
      expect(Object.keys(edit)).toEqual(['path', 'startLine', 'startColumn', 'endLine', 'endColumn', 'newText']);
      const [line, { startLine, startColumn, endLine, endColumn, path: file, newText }] = [
        lines[edit.startLine - 1]!,
        edit,
      ];
      expect([file, startLine]).toEqual(['before.rb', endLine]);
      lines[startLine - 1] = line.slice(0, startColumn) + newText + line.slice(endColumn);
    }
    expect(lines.join('\n')).toBe(readFileSync(path.join(fixtures, 'merge-loop-hash/after.rb'), 'utf8'));
  });

  it('are a table of the page', async () => {
    writeFileSync(path.join(app, 'before.rb'), before);
    const page = await report();
    expect(page).toMatch(/\nFindings \(1, .*\n.*\n +47\.3 % +before\.rb:4 +merge-in-loop +safe +≈200 objects\n/);
  });

  it('follow the lines of methods that moved since the recording', async () => {
    writeFileSync(path.join(app, 'before.rb'), `# moved\n\n${before}`);
    const { findings } = JSON.parse(await report('--format', 'json'));
    expect(findings.map(({ line }: { line: number }) => line)).toEqual([6]);
  });

  it('have no edits in a file with syntax errors', async () => {
    writeFileSync(path.join(app, 'before.rb'), `${before}\ndef (\n`);
    const { findings } = JSON.parse(await report('--format', 'json'));
    for (const { fix, safety } of findings) expect([fix, safety]).toEqual([null, 'advice']);
  });

  it('are not looked for, and Prism is not loaded, where no hot line is in a Ruby file here', async () => {
    expect(await findingsWithout('nothing')).toEqual([]);
    expect(await report()).not.toContain('Findings');
    writeFileSync(path.join(app, 'before.rb'), before);
    await expect(findingsWithout('before.rb')).rejects.toThrow('Prism was loaded');
  });
});
