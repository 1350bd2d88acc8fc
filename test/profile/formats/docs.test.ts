import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '../../..');
const types = readFileSync(join(root, 'src/profile/problem.ts'), 'utf8');
const page = readFileSync(join(root, 'docs/formats.md'), 'utf8');

/** Members of the string unions of problem.ts. */
const declared = [...types.matchAll(/^\s+\| '([a-z-]+)'/gm)].map((match) => match[1]!);

describe('docs/formats.md', () => {
  it('lists every problem code and error reason, and no other', () => {
    const listed = [...page.slice(page.indexOf('## Problems')).matchAll(/^\| `([a-z-]+)` \|/gm)].map(
      (match) => match[1]!,
    );
    expect(listed.sort()).toEqual([...declared].sort());
  });
});
