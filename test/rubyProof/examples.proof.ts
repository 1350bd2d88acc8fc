import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { patternHeader, patternName } from '../../scripts/findingPage.mjs';
import { patterns } from '../../src/ruby/patternTable';
import { runInRuby } from './runInRuby';

const folder = path.resolve(__dirname, '../../src/ruby/patterns');
const examples = patterns.flatMap(({ id }) => {
  const { before, after } = patternHeader(readFileSync(path.join(folder, `${patternName(id)}.ts`), 'utf8'));
  return [
    { id: `${id} before`, text: before },
    { id: `${id} after`, text: after },
  ];
});
const { compiled } = await runInRuby(examples, []);

describe('the documented example', () => {
  it.each(examples)('$id compiles', ({ id, text }) => {
    expect(text).not.toBe('');
    expect(compiled.get(id)?.error, text).toBe(null);
  });
});
