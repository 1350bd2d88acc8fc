import { describe, expect, it } from 'vitest';
import { pathPattern } from '../../src/source/pathPattern';

describe('pathPattern', () => {
  it.each([
    ['app/models/a.rb', 'app/models/a.rb', true],
    ['app/models/a.rb', 'app/models/a.rbx', false],
    ['app/models/a.rb', 'x/app/models/a.rb', false],
    ['app/models/*.rb', 'app/models/a.rb', true],
    ['app/models/*.rb', 'app/models/x/a.rb', false],
    ['app/models/*.rb', 'app/models/.rb', true],
    ['app/**/*.rb', 'app/a.rb', true],
    ['app/**/*.rb', 'app/x/y/a.rb', true],
    ['app/**/*.rb', 'lib/x/a.rb', false],
    ['app/**', 'app/x/y', true],
    ['**', 'any/thing', true],
    ['**/a.rb', 'a.rb', true],
    ['**/x/**/a.rb', 'x/y/x/z/a.rb', true],
    ['**/x/**/a.rb', 'y/z/a.rb', false],
    ['app/**/models/**/*_job.rb', 'app/models/app/models/b_job.rb', true],
    ['a?.rb', 'ab.rb', true],
    ['a?.rb', 'a/.rb', false],
    ['a?.rb', 'a.rb', false],
    ['app/{models,jobs}/*.rb', 'app/jobs/a.rb', true],
    ['app/{models,jobs}/*.rb', 'app/views/a.rb', false],
    ['{a,b}{c,d{e,f}}', 'bdf', true],
    ['{a,b}{c,d{e,f}}', 'bd', false],
    ['a{b', 'a{b', true],
    ['a{b}', 'a{b}', true],
    ['a+(b).rb', 'a+(b).rb', true],
    ['a.rb', 'axrb', false],
    ['', '', true],
    ['', 'a', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(pathPattern(pattern)(path)).toBe(expected);
  });

  it('does not explode, whatever the pattern', () => {
    const stars = pathPattern(`${'a*'.repeat(300)}b`);
    expect(stars('a'.repeat(2000))).toBe(false);
    const folders = pathPattern(`${'**/a/'.repeat(100)}b`);
    expect(folders('a/'.repeat(500))).toBe(false);
    const braces = pathPattern('{a,b}'.repeat(100));
    expect(braces('a'.repeat(100))).toBe(false);
  });
});
