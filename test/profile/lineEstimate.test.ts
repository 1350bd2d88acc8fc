import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { gunzipSource } from '../../src/host/nodeByteSource';
import { ProfileBuilder } from '../../src/profile/builder';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../src/profile/formats/decodeProfile';
import { buildLineIndex, type LineIndex, rowOfLine } from '../../src/profile/lineIndex';
import { Origin } from '../../src/profile/origin';
import type { Profile } from '../../src/profile/profile';

/**
 * How far the lines of a profile without lines in its stacks are off: recordings that have the lines, against what is made
 * of them when the lines are taken away. `mine` and `caller`: the most samples, in percent, that may be on a wrong line.
 */
const APP = /^(?:\/app\/|\/srv\/www\/corpus\/app\/|script\/)(?!.*\/gems\/)/;
const RECORDINGS = [
  { file: '../../examples/finance-sync/profiles/before', raw: { mine: 1, caller: 1 }, sums: { mine: 26, caller: 15 } },
  { file: '../../examples/finance-sync/profiles/after', raw: { mine: 2, caller: 3 }, sums: { mine: 30, caller: 10 } },
  { file: '../../examples/finance-sync/profiles/sidekiq', raw: { mine: 1, caller: 2 }, sums: { mine: 24, caller: 17 } },
  { file: '../../examples/finance-sync/profiles/digest', raw: { mine: 0, caller: 0 }, sums: { mine: 12, caller: 3 } },
  {
    file: '../fixtures/corpus/fin_small_new0227_i500.dump.gz',
    raw: { mine: 1, caller: 1 },
    sums: { mine: 26, caller: 15 },
  },
];

describe.each(RECORDINGS)('the estimate of lines of $file', ({ file, raw, sums }) => {
  it('is near with stacks of methods', async () => {
    const exact = await decoded(file);
    const estimate = withoutLines(exact, 'raw');
    expect(misplaced(exact, estimate, APP, 'ownMine')).toBeLessThanOrEqual(raw.mine);
    expect(misplaced(exact, estimate, APP, 'ownCaller')).toBeLessThanOrEqual(raw.caller);
  });

  it('is rough without stacks', async () => {
    const exact = await decoded(file);
    const estimate = withoutLines(exact, 'aggregate');
    expect(misplaced(exact, estimate, APP, 'ownMine')).toBeLessThanOrEqual(sums.mine);
    expect(misplaced(exact, estimate, APP, 'ownCaller')).toBeLessThanOrEqual(sums.caller);
  });
});

/** Some dozen lines of Ruby each, recorded at interval 1. */
const CASES = path.join(__dirname, '../fixtures/detector-cases');

describe('the estimate of lines of short scripts', () => {
  it('is right for nearly all of them with stacks of methods', async () => {
    const wrong: number[] = [];
    for (const name of readdirSync(CASES)) {
      const file = [`${name}/profile.json`, `${name}/profile.json.gz`].find((each) =>
        existsSync(path.join(CASES, each)),
      );
      if (file === undefined) continue;
      const exact = await decoded(path.join(CASES, file));
      wrong.push(misplaced(exact, withoutLines(exact, 'raw'), /^\/app\//, 'ownMine'));
    }
    expect(wrong.length).toBeGreaterThan(10);
    expect(wrong.filter((percent) => percent <= 1).length / wrong.length).toBeGreaterThan(0.95);
  });
});

describe('sums that StackProf wrote itself', () => {
  it('give the same estimate as sums made from stacks with lines', async () => {
    const text = bytesOf('../../examples/finance-sync/profiles/digest').toString('utf8');
    const written: unknown = JSON.parse(text, (key, value) => (key === 'raw_lines' ? undefined : value));
    const sums = await decodedBytes(Buffer.from(JSON.stringify(written)));
    const exact = await decodedBytes(Buffer.from(text));
    expect(sums.detail).toBe('raw');
    expect(misplaced(sums, withoutLines(exact, 'raw'), APP, 'ownMine')).toBe(0);
    expect(misplaced(sums, withoutLines(exact, 'raw'), APP, 'ownCaller')).toBe(0);
  });
});

/** Percent of all samples that stand on another line in `estimate`. */
function misplaced(exact: Profile, estimate: Profile, mine: RegExp, own: 'ownMine' | 'ownCaller'): number {
  const truth = linesOf(exact, mine);
  const guess = linesOf(estimate, mine);
  let wrong = 0;
  for (let row = 0; row < truth.length; row++) {
    const file = estimate.strings.indexOf(exact.strings[truth.file[row]!]!);
    const same = rowOfLine(guess, file, truth.line[row]!);
    wrong += Math.abs((same < 0 ? 0 : guess[own][same]!) - truth[own][row]!) / 2;
  }
  return Math.round((1000 * wrong) / exact.samples) / 10;
}

function linesOf(profile: Profile, mine: RegExp): LineIndex {
  return buildLineIndex(
    profile,
    Uint8Array.from(profile.strings, (file) => (mine.test(file) ? Origin.Mine : Origin.Gem)),
  );
}

/** The same recording as StackProf before 0.2.26 writes it: stacks of methods or none; lines and edges summed per appearance. */
function withoutLines(exact: Profile, detail: 'raw' | 'aggregate'): Profile {
  const { frames, stacks, strings } = exact;
  const builder = new ProfileBuilder();
  builder.detail = detail;
  builder.samples = exact.samples;
  for (let frame = 0; frame < frames.length; frame++) {
    const name = strings[frames.name[frame]!]!;
    const file = strings[frames.file[frame]!]!;
    const [self, total] = [frames.self[frame]!, frames.total[frame]!];
    builder.addFrame({ name, file, line: frames.line[frame]!, self, total });
  }
  if (detail === 'raw') builder.useStacks({ ...stacks, line: null });
  for (let node = 0; node < stacks.length; node++) {
    const [frame, total, parent] = [stacks.frame[node]!, stacks.total[node]!, stacks.parent[node]!];
    if (stacks.line[node]! > 0) builder.addFrameLine(frame, stacks.line[node]!, total, stacks.self[node]!);
    if (detail === 'aggregate' && parent >= 0) builder.addEdge(stacks.frame[parent]!, frame, total);
  }
  return builder.finish();
}

/** A file, or the one recording of a folder. */
function bytesOf(file: string): Buffer {
  const full = path.resolve(__dirname, file);
  return readFileSync(/\.\w+$/.test(full) ? full : path.join(full, readdirSync(full)[0]!));
}

async function decoded(file: string): Promise<Profile> {
  return decodedBytes(bytesOf(file));
}

async function decodedBytes(bytes: Buffer): Promise<Profile> {
  const result = await decodeProfile(bytesSource(bytes), { gunzip: gunzipSource });
  if (!result.ok) throw new Error(result.error.message);
  return result.profile;
}
