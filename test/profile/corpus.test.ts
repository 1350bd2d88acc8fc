import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gunzipSource } from '../../src/host/nodeByteSource';
import { callersOf } from '../../src/profile/callers';
import { chargeFrames } from '../../src/profile/chargedFrames';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../src/profile/formats/decodeProfile';
import { buildLineIndex, rowOfLine } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import { Origin } from '../../src/profile/origin';
import type { Profile } from '../../src/profile/profile';

/**
 * Real recordings of a Sidekiq worker against what StackProf's own reports and a script over the raw hash say of them
 * (`*.expected.json`; `calls` from `stackprof --method`, `lines` from `--file`, the others counted from the stacks).
 */
interface Expected {
  readonly mode: string;
  readonly interval: number;
  readonly samples: number;
  readonly missedSamples: number;
  readonly gcSamples: number;
  readonly objects: number | null;
  readonly methods: ReadonlyArray<MethodFigures>;
  readonly calls: ReadonlyArray<MethodFigures & { callers: Record<string, number>; callees: Record<string, number> }>;
  /** file -> line -> [appearances, self]. */
  readonly lines: Record<string, Record<string, [number, number]>>;
  readonly through: Record<string, number> | null;
  readonly mine: Record<string, number> | null;
  readonly mineByMethod: Record<string, number> | null;
  readonly noMine: number | null;
}

interface MethodFigures {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly self: number;
  readonly total: number;
}

const APP = '/srv/www/corpus/app/';
const RECORDINGS = [
  'fin_small_new0227_i500',
  'fin_inl_sync13_i500_raw',
  'fin_inl_tick_i1_raw',
  'fin_inl_wall_gc',
  'fin_inl_sync14_i1_noraw',
];

describe.each(RECORDINGS)('%s', async (recording) => {
  const expected: Expected = JSON.parse(read(`${recording}.expected.json`).toString('utf8'));
  const profile = await decoded(recording);
  const origin = Uint8Array.from(profile.strings, (text) => (text.startsWith(APP) ? Origin.Mine : Origin.Gem));
  const index = buildLineIndex(profile, origin);
  const rowAt = (place: string): number => {
    const colon = place.lastIndexOf(':');
    return rowOfLine(index, profile.strings.indexOf(APP + place.slice(0, colon)), Number(place.slice(colon + 1)));
  };

  it('has the counters of the file', () => {
    const { mode, interval, samples, missedSamples, gcSamples } = profile;
    const { mode: m, interval: i, samples: s, missedSamples: ms, gcSamples: g } = expected;
    expect({ mode, interval, samples, missedSamples, gcSamples }).toEqual({
      mode: m,
      interval: i,
      samples: s,
      missedSamples: ms,
      gcSamples: g,
    });
    if (expected.objects !== null) {
      expect(measureOf(profile)).toMatchObject({ unit: 'objects', total: expected.objects, exact: true });
    }
  });

  it("counts methods as StackProf's report does", () => {
    const found = expected.methods.map(({ name, file, line }) => figures(profile, name, file, line));
    expect(found).toEqual(expected.methods);
  });

  it('counts callers and callees as stackprof --method does', () => {
    for (const { name, file, line, self, total, callers, callees } of expected.calls) {
      const calls = callersOf(profile, frameOf(profile, name, file, line));
      const byName = (rows: ReadonlyArray<{ frame: number; samples: number }>) => {
        const sums: Record<string, number> = {};
        for (const { frame, samples } of rows) {
          const called = profile.strings[profile.frames.name[frame]!]!;
          sums[called] = (sums[called] ?? 0) + samples;
        }
        return sums;
      };
      expect({ self: calls.self, total: calls.total }).toEqual({ self, total });
      expect(byName(calls.callers)).toEqual(callers);
      expect(byName(calls.callees)).toEqual(callees);
    }
  });

  it('gives lines their own samples, and no more through them than StackProf counts appearances', () => {
    for (const [file, lines] of Object.entries(expected.lines)) {
      for (const [line, [appearances, self]] of Object.entries(lines)) {
        const row = rowAt(`${file}:${line}`);
        expect(index.ownRecorded[row], `${file}:${line}`).toBe(self);
        expect(index.through[row], `${file}:${line}`).toBeLessThanOrEqual(appearances);
        expect(index.through[row], `${file}:${line}`).toBeGreaterThan(0);
      }
    }
  });

  const { through, mine, mineByMethod, noMine } = expected;
  if (through !== null && mine !== null) {
    it('counts samples through a line once each', () => {
      const found = Object.keys(through).map((place) => [place, index.through[rowAt(place)]]);
      expect(Object.fromEntries(found)).toEqual(through);
    });

    it('charges samples to the deepest line of the application', () => {
      const found = Object.keys(mine).map((place) => [place, index.ownMine[rowAt(place)]]);
      expect(Object.fromEntries(found)).toEqual(mine);
      expect(index.elsewhere.mine).toBe(noMine);
    });
  }
  if (mineByMethod !== null) {
    it('charges samples to the deepest method of the application', () => {
      const charge = chargeFrames(profile, 'mine', origin);
      const sums: Record<string, number> = {};
      charge.own.forEach((samples, frame) => {
        if (samples === 0) return;
        const { frames, strings } = profile;
        const key = `${strings[frames.name[frame]!]} ${strings[frames.file[frame]!]}`.replace(APP, '');
        sums[key] = (sums[key] ?? 0) + samples;
      });
      expect(sums).toEqual(mineByMethod);
      expect(charge.elsewhere).toBe(noMine);
    });
  }
});

function read(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/corpus/${name}`, import.meta.url));
}

async function decoded(recording: string): Promise<Profile> {
  const result = await decodeProfile(bytesSource(read(`${recording}.dump.gz`)), { gunzip: gunzipSource });
  if (!result.ok) throw new Error(result.error.message);
  return result.profile;
}

function frameOf({ frames, strings }: Profile, name: string, file: string, line: number): number {
  return frames.name.findIndex(
    (text, frame) => strings[text] === name && strings[frames.file[frame]!] === file && frames.line[frame] === line,
  );
}

function figures(profile: Profile, name: string, file: string, line: number): MethodFigures {
  const frame = frameOf(profile, name, file, line);
  return { name, file, line, self: profile.frames.self[frame]!, total: profile.frames.total[frame]! };
}
