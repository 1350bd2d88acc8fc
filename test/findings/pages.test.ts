import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { causeFile, findingIndex, findingPage, patternHeader } from '../../scripts/findingPage.mjs';
import { applyFixes } from '../../src/findings/applyFixes';
import { causes } from '../../src/findings/causes';
import { judgeConfiguration } from '../../src/findings/configuration/judgeConfiguration';
import { hotAllEvidence } from '../../src/findings/evidence';
import { type Finding, judge } from '../../src/findings/judge';
import { matchPatterns } from '../../src/ruby/matchPatterns';
import type { RubyParser } from '../../src/ruby/parseRuby';
import { patterns } from '../../src/ruby/patternTable';
import { readSchema } from '../../src/ruby/schema';
import { caseSchema } from '../support/detectorCase';
import { prism } from '../support/prism';

const root = path.resolve(__dirname, '../..');
const fresh = 'run node scripts/findingDocs.mjs';

describe.each(causes)('$id', (pattern) => {
  const { id } = pattern;
  const header = patternHeader(readFileSync(path.join(root, causeFile(pattern)), 'utf8'));

  it('has a documented example, which is what its fix does', async () => {
    expect(header.what).not.toBe('');
    const found = await findingsOf(id, header.before);
    expect(found).not.toEqual([]);
    if (pattern.safety === 'advice') expect(found.map(({ fix }) => fix)).toEqual(found.map(() => null));
    else expect(applyFixes(header.before, fixesOf(found))).toBe(header.after);
    expect(fixesOf(await findingsOf(id, header.after))).toEqual([]);
  });

  it('has a page that is current', () => {
    expect(page(`${id}.md`), fresh).toBe(findingPage(pattern, header));
  });
});

it('has an index that is current, and no page of nothing', () => {
  expect(page('README.md'), fresh).toBe(findingIndex(causes));
  const files = readdirSync(path.join(root, 'docs/findings'));
  expect(files.sort(), fresh).toEqual(['README.md', ...causes.map(({ id }) => `${id}.md`)].sort());
});

/** Where every line is hot, with the schema of the Active Record cases; on Ruby of no known version. */
async function findingsOf(id: string, text: string): Promise<Finding[]> {
  const parser = await prism();
  if (!patterns.some((pattern) => pattern.id === id)) return configurationFindings(parser, text);
  const schema = readSchema(parser, caseSchema());
  const candidates = matchPatterns(parser, text, { ruby: null, rails: null, schema });
  const likely = candidates.filter(({ pattern }) => pattern.id === id).map((one) => ({ ...one, likely: true }));
  return judge(likely, hotAllEvidence('example.rb'), 0);
}

/** What a Dockerfile is told in an application with Sidekiq. */
function configurationFindings(parser: RubyParser, text: string): Finding[] {
  const gems = { path: '/app/Gemfile', place: 'Gemfile', kind: 'ruby', text: 'gem "sidekiq"' } as const;
  const image = { path: '/app/Dockerfile', place: 'Dockerfile', kind: 'dockerfile', text } as const;
  return judgeConfiguration([gems, image], { hasProfile: true, verdict: null }, parser);
}

function fixesOf(findings: readonly Finding[]): NonNullable<Finding['fix']>[] {
  return findings.flatMap(({ fix }) => (fix === null ? [] : [fix]));
}

function page(file: string): string {
  return readFileSync(path.join(root, 'docs/findings', file), 'utf8');
}
