import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../../src/profile/integrity';
import type { Profile } from '../../../src/profile/profile';
import { asJson, asMarshal, decode, type HashText, profileOf } from '../../support/stackprofHash';

/** A > B, A, none, A > C, A > B; the second A > B at another line. */
const recorded: HashText = {
  frames: [
    [10, 'A a.rb:1 2 9'],
    [11, 'B b.rb:1 4 4'],
    [12, 'C c.rb:1 3 3'],
  ],
  raw: [2, 10, 11, 1, 1, 10, 2, 0, 5, 2, 10, 12, 3, 2, 10, 11, 3],
  rawLines: [2, 1, 5, 1, 1, 2, 2, 0, 5, 2, 1, 7, 3, 2, 1, 6, 3],
  with: { samples: 14 },
};

/** One entry per run: `A:1 > B:5 1`. */
function runs({ timeline, stacks, frames, strings }: Profile): string[] {
  const path = (node: number): string => {
    const name = strings[frames.name[stacks.frame[node]!]!]!;
    const here = stacks.line[node]! > 0 ? `${name}:${stacks.line[node]}` : name;
    return stacks.parent[node]! < 0 ? here : `${path(stacks.parent[node]!)} > ${here}`;
  };
  return Array.from(timeline!.stack, (node, run) => `${node < 0 ? '-' : path(node)} ${timeline!.count[run]}`);
}

const withLines = ['A:1 > B:5 1', 'A:2 2', '- 5', 'A:1 > C:7 3', 'A:1 > B:6 3'];
const withoutLines = ['A > B 1', 'A 2', '- 5', 'A > C 3', 'A > B 3'];

describe.each([
  ['Marshal', asMarshal],
  ['JSON', asJson],
] as const)('%s', (_, write) => {
  it.each([
    ['raw_lines', recorded, withLines],
    ['raw', { ...recorded, rawLines: undefined }, withoutLines],
    ['frames last', { ...recorded, order: ['raw', 'raw_lines'] }, withLines],
    ['lines first', { ...recorded, order: ['raw_lines', 'raw'] }, withLines],
    ['raw, frames last', { ...recorded, rawLines: undefined, order: ['raw'] }, withoutLines],
    ['lines that do not fit', { ...recorded, rawLines: [1, 1, 1] }, withoutLines],
  ])('keeps the order of the runs: %s', async (_name, { rawLines, ...spec }, expected) => {
    const profile = await profileOf(write(rawLines === undefined ? spec : { ...spec, rawLines }));
    expect(brokenInvariants(profile)).toEqual([]);
    expect(runs(profile)).toEqual(expected);
    expect(profile.timeline?.timed).toBe(false);
  });

  it.each(['raw_sample_timestamps', 'raw_timestamp_deltas'])('knows that there are times: %s', async (key) => {
    const times = Array.from({ length: 9 }, (_unused, at) => at * 1000);
    const profile = await profileOf(write({ ...recorded, with: { samples: 14, [key]: times } }));
    expect(profile.timeline?.timed).toBe(true);
  });

  it('has none without stacks', async () => {
    const { raw: _raw, rawLines: _lines, ...sums } = recorded;
    expect((await profileOf(write(sums))).timeline).toBeNull();
  });

  it('has the runs that could be read of a file that ends early', async () => {
    const bytes = write(recorded);
    for (let length = bytes.length - 40; length < bytes.length; length++) {
      const result = await decode(bytes.subarray(0, length));
      if (!result.ok) continue;
      expect(brokenInvariants(result.profile)).toEqual([]);
      if (result.profile.timeline === null) continue;
      const read = runs(result.profile);
      const whole = result.profile.detail === 'raw_lines' ? withLines : withoutLines;
      expect(read).toEqual(whole.slice(0, read.length));
    }
  });
});
