import { describe, expect, it } from 'vitest';
import { compileQuery, findFrames } from '../../src/profile/search';
import { profileFromText } from '../support/profileFromText';

describe('findFrames', () => {
  const profile = profileFromText('A#run@app/a.rb:1 > B#run@app/b.rb:2 > Class#new@<cfunc> 1');
  const names = (text: string): string[] => {
    const { found, count, error } = findFrames(profile, compileQuery(text));
    const rows = [...found.keys()].filter((frame) => found[frame] === 1);
    expect([rows.length, error]).toEqual([count, null]);
    return rows.map((frame) => profile.strings[profile.frames.name[frame]!]!);
  };

  it('finds text in names and paths, whatever its case', () => {
    expect(names('APP/')).toEqual(['A#run', 'B#run']);
    expect(names('class#new')).toEqual(['Class#new']);
    expect(names('nothing like it')).toEqual([]);
  });

  it('takes a slashed text for a regular expression', () => {
    expect(names('/^(a|class)#/')).toEqual(['A#run', 'Class#new']);
    expect(names('app/b.rb')).toEqual(['B#run']);
  });

  it('matches nothing for an empty text', () => {
    expect(names('  ')).toEqual([]);
  });
});

describe('compileQuery', () => {
  it('says why an expression cannot be used', () => {
    expect(compileQuery('/(/').error).toMatch(/regular expression/i);
    expect(compileQuery(`/${'x'.repeat(300)}/`).error).toMatch(/longer/);
    const profile = profileFromText('A@a.rb:1 1');
    const { count, error } = findFrames(profile, compileQuery('/(/'));
    expect([count, error]).toEqual([0, expect.stringMatching(/regular expression/i)]);
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
