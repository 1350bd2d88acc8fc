import { describe, expect, it } from 'vitest';
import { compileQuery, searchFrames } from '../../src/profile/search';
import { type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  SyncJob#perform@app/jobs/sync_job.rb#1:2 > Array#each@<cfunc> > Balance#build@app/models/balance.rb#1:5 > Class#new@<cfunc>   6
  SyncJob#perform@app/jobs/sync_job.rb#1:2 > Balance#build@app/models/balance.rb#1:5 > Balance#build@app/models/balance.rb#1:6   3
  Poller#wait@lib/poller.rb#1:2                                                                                                  1
`;

const search = (text: string, options: ProfileText = {}) =>
  searchFrames(profileFromText(STACKS, options), compileQuery(text));

describe('searchFrames', () => {
  it('finds text in names and paths, whatever its case, and counts a sample once', () => {
    expect(search('balance')).toEqual({ frames: 1, samples: 9, exact: true, error: null });
    expect(search('APP/')).toEqual({ frames: 2, samples: 9, exact: true, error: null });
    expect(search('class#new')).toMatchObject({ frames: 1, samples: 6 });
    expect(search('nothing like it')).toMatchObject({ frames: 0, samples: 0, error: null });
  });

  it('takes a slashed text for a regular expression', () => {
    expect(search('/^(array|class)#/')).toMatchObject({ frames: 2, samples: 6 });
    expect(search('/\\.rb$/')).toMatchObject({ frames: 3, samples: 10 });
    expect(search('app/models/')).toMatchObject({ frames: 1, samples: 9 });
  });

  it('matches nothing for an empty text', () => {
    expect(search('  ')).toEqual({ frames: 0, samples: 0, exact: true, error: null });
  });

  it('estimates from edges when there are no stacks', () => {
    expect(search('balance', { detail: 'aggregate' })).toEqual({ frames: 1, samples: 9, exact: false, error: null });
  });
});

describe('compileQuery', () => {
  it('says why an expression cannot be used', () => {
    expect(compileQuery('/(/').error).toMatch(/regular expression/i);
    expect(compileQuery(`/${'x'.repeat(300)}/`).error).toMatch(/longer/);
    expect(search('/(/')).toMatchObject({ frames: 0, samples: 0 });
    expect(search('/(/').error).not.toBeNull();
  });

  it('refuses expressions that can take forever', () => {
    const explosive = [
      '/(a+)+$/',
      '/(a*)*$/',
      '/([a-z]+)*x/',
      '/(a|a)*$/',
      '/((ab)+c?){5}/',
      '/(a?){30}b/',
      '/(.)\\1+/',
      '/(?<x>a)\\k<x>/',
      '/.*.*.*=/',
      `/${'a?'.repeat(20)}b/`,
    ];
    for (const text of explosive) expect(compileQuery(text).error, text).not.toBeNull();
  });

  it('accepts what people write', () => {
    const usual = [
      '/^Balance::/',
      '/#(new|allocate)$/',
      '/active_?record.*\\.rb/',
      '/a+b*c{2,3}/i',
      '/[(+*]+/',
      '/x*?y/',
      '/(foo)+/',
      '/\\(a\\+\\)\\+/',
    ];
    for (const text of usual) expect(compileQuery(text).error, text).toBeNull();
  });

  it('is done soon with the worst it accepts', () => {
    const query = compileQuery('/.*.*=$/');
    expect(query.error).toBeNull();
    const names = Array.from({ length: 200 }, (_, at) => 'x'.repeat(100_000) + at);
    // Either all were compared, or it gave up and says so.
    expect(names.filter((name) => query.matches(name, ''))).toEqual([]);
  });
});
