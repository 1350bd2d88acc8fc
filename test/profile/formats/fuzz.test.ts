import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../../src/profile/formats/decodeProfile';
import { brokenInvariants } from '../../../src/profile/integrity';
import { fixtureBytes } from '../../support/fixture';
import { randomSource } from '../../support/randomSource';
import { asJson, asMarshal, decode, type HashText, profileOf, stackLines } from '../../support/stackprofHash';

const RUN: HashText = {
  frames: [
    [0x7f12_3456_7890, 'Job#perform job.rb:3 1 9'],
    [0x5555_0000_1238, 'Array#map <cfunc>: 0 8'],
    [60, 'Money#* money.rb:12 8 8'],
  ],
  raw: [
    3, 0x7f12_3456_7890, 0x5555_0000_1238, 60, 5, 1, 0x7f12_3456_7890, 1, 3, 0x7f12_3456_7890, 0x5555_0000_1238, 60, 3,
  ],
  rawLines: [3, 4, 0, 13, 5, 1, 9, 1, 3, 5, 0, 300, 3],
  with: { raw_sample_timestamps: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
};

/** Small files of both dialects, made and recorded. */
const files: readonly (readonly [string, Uint8Array])[] = [
  ['a made dump', asMarshal(RUN)],
  ['made JSON', asJson(RUN)],
  ['indented JSON', asJson(RUN, 1)],
  ['0.2.17-object-raw.dump', fixtureBytes('0.2.17-object-raw.dump')],
  ['0.2.28-farline.dump', fixtureBytes('0.2.28-farline.dump')],
  ['object-agg.dump', fixtureBytes('object-agg.dump')],
  ['merged.json', fixtureBytes('merged.json')],
];

/** An answer that keeps its promises: a profile without broken invariants, or an error with a sentence. */
async function answer(bytes: Uint8Array): Promise<'profile' | 'problems' | 'error'> {
  const result = await decodeProfile(bytesSource(bytes));
  if (!result.ok) {
    expect(result.error.message).toMatch(/\.$/);
    return 'error';
  }
  expect(brokenInvariants(result.profile)).toEqual([]);
  return result.problems.length > 0 ? 'problems' : 'profile';
}

describe('any bytes get an answer', () => {
  it.each(files)('%s: every prefix is called cut or is an error', async (_, bytes) => {
    for (let length = 0; length < bytes.length; length += length < 400 ? 1 : 23) {
      const result = await decode(bytes.subarray(0, length));
      if (!result.ok)
        expect(['truncated', 'empty', 'unknown-format'], `${length} bytes`).toContain(result.error.reason);
      // The text of a JSON file may lack only its last brace's line end.
      else
        expect(
          result.problems.map((problem) => problem.code),
          `${length} bytes`,
        ).toContain('truncated');
    }
  });

  it.each(files)('%s: a prefix never shows more than the file', async (_, bytes) => {
    const whole = new Map(stackLines(await profileOf(bytes)).map((line) => split(line)));
    for (let length = 0; length < bytes.length; length += 29) {
      const result = await decode(bytes.subarray(0, length));
      if (!result.ok || result.profile.detail !== 'raw_lines') continue;
      for (const line of stackLines(result.profile)) {
        const [stack, samples] = split(line);
        expect(samples).toBeLessThanOrEqual(whole.get(stack) ?? 0);
      }
    }
  });

  it.each(files)('%s: bytes that were flipped, cut out or doubled', async (_, bytes) => {
    const random = randomSource(2024);
    const seen = { profile: 0, problems: 0, error: 0 };
    for (let round = 0; round < 200; round++) seen[await answer(damaged(bytes, random))]++;
    expect(seen.error).toBeGreaterThan(10);
    expect(seen.profile + seen.problems).toBeGreaterThan(10);
  });

  it('noise in the list of stacks is never a profile without problems', async () => {
    const bytes = asMarshal({ frames: RUN.frames, raw: RUN.raw! });
    const random = randomSource(5);
    const start = bytes.length - 60;
    let silent = 0;
    for (let round = 0; round < 500; round++) {
      const copy = bytes.slice();
      copy[start + Math.floor(random() * 60)]! ^= 1 << Math.floor(random() * 8);
      const result = await decode(copy);
      if (!result.ok || result.problems.length > 0) continue;
      silent++;
      expect(stackLines(result.profile)).toEqual(stackLines(await profileOf(bytes)));
    }
    expect(silent).toBeLessThan(100);
  });

  it('large claims take no memory', async () => {
    const claims = [
      '04087b063a0b6672616d65737b04ffffff3f',
      '04087b063a0b6672616d65735b04ffffff3f',
      '04087b063a0872617 75b04ffffff3f69'.replace(' ', ''),
      '04087b063a0d6d657461646174617b066904ffffff3f2204ffffff3f',
      `04087b063a0d6d65746164617461${'5b04ffffff3f'.repeat(60)}`,
    ];
    for (const hex of claims) expect(await answer(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe('error');
  });
});

function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const span = 1 + Math.floor(random() * 12);
  switch (Math.floor(random() * 4)) {
    case 0:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + span)]);
    case 1:
      return Uint8Array.from([...bytes.subarray(0, at + span), ...bytes.subarray(at)]);
    default: {
      const copy = bytes.slice();
      const flips = 1 + Math.floor(random() * 4);
      for (let flip = 0; flip < flips; flip++)
        copy[Math.floor(random() * copy.length)]! ^= 1 << Math.floor(random() * 8);
      return copy;
    }
  }
}

function split(line: string): readonly [string, number] {
  const space = line.lastIndexOf(' ');
  return [line.slice(0, space), Number(line.slice(space + 1))];
}
