import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../../src/profile/integrity';
import type { ProblemCode } from '../../../src/profile/problem';
import type { Profile } from '../../../src/profile/profile';
import expected from '../../fixtures/stackprof/expected.json';
import { fixtureBytes, fixtureNames } from '../../support/fixture';
import { decode, methodLines, profileOf, stackLines } from '../../support/stackprofHash';

/** Recordings with something to say about them; all others have no problem. */
const PROBLEMS: Readonly<Record<string, readonly ProblemCode[]>> = {
  '0.2.28-farline.dump': ['line-overflow'],
  'fin_inl_deep2500_i100.dump': ['depth-capped'],
  'merged.dump': ['merged'],
};

interface Expected {
  readonly mode: string;
  readonly interval: number | null;
  readonly samples: number;
  readonly missed: number;
  readonly detail: string;
  readonly frames: number;
  /** Null where Ruby would need too long to count them. */
  readonly stacks: number | null;
  readonly self_sum: number;
  readonly total_sum: number;
  readonly top: readonly string[];
}

const recordings: readonly (readonly [string, Expected])[] = Object.entries(expected);

describe('decodeProfile on real dumps', () => {
  it.each(recordings)('%s reads as Ruby reads it', async (file, wanted) => {
    const name = file.replace(/\.gz$/, '');
    const result = await decode(fixtureBytes(name));
    if (!result.ok) throw new Error(result.error.message);
    const { profile, problems } = result;
    expect(brokenInvariants(profile)).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual(PROBLEMS[name] ?? []);
    expect({
      mode: profile.mode,
      interval: profile.interval,
      samples: profile.samples,
      missed: profile.missedSamples,
      detail: profile.detail,
      frames: profile.frames.length,
      stacks: wanted.stacks === null ? null : profile.stacks.length,
      self_sum: sum(profile.frames.self),
      total_sum: sum(profile.frames.total),
      top: topMethods(profile, wanted.top.length),
    }).toEqual(wanted);
  });

  it.each(fixtureNames('', /\.json$/).filter((name) => name !== 'expected.json'))(
    '%s and the Marshal of the same run give equal profiles',
    async (name) => {
      const json = await profileOf(fixtureBytes(name));
      const dump = await profileOf(fixtureBytes(name.replace('.json', '.dump')));
      expect(json.format).toBe('stackprof-json');
      // A Time reads differently: JSON has what its to_s gave.
      expect({ ...json, format: null, fileBytes: 0, metadata: [] }).toEqual({
        ...dump,
        format: null,
        fileBytes: 0,
        metadata: [],
      });
    },
  );

  it.each(['0.2.28-object-raw.dump', '0.2.17-object-raw.dump', 'names.dump', 'merged.json', 'fin_inl_wall_gc.json'])(
    '%s reads the same in chunks of any size',
    async (name) => {
      const bytes = fixtureBytes(name);
      const whole = await decode(bytes);
      for (const chunkBytes of [1, 7, 64, 1000]) expect(await decode(bytes, chunkBytes)).toEqual(whole);
    },
  );

  it('restores lines above 65,535 from the table of lines', async () => {
    const profile = await profileOf(fixtureBytes('0.2.28-farline.dump'));
    expect(Math.max(...profile.stacks.line)).toBe(70_001);
    expect([...profile.stacks.line]).not.toContain(70_001 - 65_536);
  });

  it('reads names in the encodings that Ruby wrote them in', async () => {
    const { strings } = await profileOf(fixtureBytes('fin_inl_zoo_i1.dump'));
    expect(strings).toEqual(expect.arrayContaining(['RuleZoo.latin_café', 'RuleZoo.kana_かな', 'RuleZoo.bin_ÿþ']));
    expect(strings).toContain('RuleZoo::Größenprüfung#🚀');
  });

  it('keeps samples of garbage collection on their own roots', async () => {
    const stacks = stackLines(await profileOf(fixtureBytes('0.2.17-cpu-raw.dump')));
    expect(stacks.filter((stack) => stack.startsWith('(garbage collection)')).sort()).toEqual([
      '(garbage collection) > (marking) 2',
      '(garbage collection) > (sweeping) 5',
    ]);
  });

  it('shows metadata without building its objects', async () => {
    const { metadata } = await profileOf(fixtureBytes('broken/prof_custom_object_in_metadata.dump'));
    expect(metadata).toEqual([
      { key: 'who', value: '#<Account>' },
      { key: 'at', value: '1970-01-01 00:00:00 UTC' },
    ]);
  });
});

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function topMethods(profile: Profile, count: number): string[] {
  const { frames, strings } = profile;
  const rows = methodLines(profile).map((_, row) => ({
    key: [strings[frames.name[row]!]!, strings[frames.file[row]!]!, frames.line[row]!] as const,
    self: frames.self[row]!,
    total: frames.total[row]!,
  }));
  rows.sort((a, b) => b.self - a.self || b.total - a.total || compareKeys(a.key, b.key));
  return rows.slice(0, count).map(({ key, self, total }) => `${key.join('|')} ${self} ${total}`);
}

/** Ruby's order of arrays: text by its bytes. */
function compareKeys(a: readonly [string, string, number], b: readonly [string, string, number]): number {
  return (
    Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])) ||
    Buffer.compare(Buffer.from(a[1]), Buffer.from(b[1])) ||
    a[2] - b[2]
  );
}
