import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../src/profile/formats/decodeProfile';
import type { Profile } from '../../src/profile/profile';

const folder = path.resolve(__dirname, '../fixtures/detector-cases');

/** What should be said of a line: a finding with a class of fix, or one of the ways to say nothing wrong. */
export type Expected =
  | 'safe'
  | 'review'
  | 'advice'
  /** The detector does not fire on the line. */
  | 'silent'
  /** It may, without an edit. */
  | 'no-autofix'
  /** It may, but not as safe. */
  | 'no-safe'
  /** No detector fires on the line. */
  | 'silent-all';

/** A Ruby file with a recorded profile of it and what should be found on one of its lines. */
export interface DetectorCase {
  readonly name: string;
  readonly detector: string;
  /** 1-based. */
  readonly line: number;
  readonly expected: Expected;
  readonly before: string;
  readonly after: string;
  /** The tempting rewrite, which behaves differently; null where there is none. */
  readonly naive: string | null;
  /** What the recording's own tool saw of the line; null without a profile. */
  readonly evidence: RecordedEvidence | null;
  /** Version of Ruby that recorded the profile. */
  readonly ruby: string | null;
  /** How it is run; null for the few that cannot be. */
  readonly run: { readonly call: string; readonly records: boolean } | null;
  /** What falls when `before` becomes `after`, in words; null where nothing is to be rewritten. */
  readonly gain: string | null;
  /** Objects that runs allocated, by version of Ruby as in `3.1`. */
  readonly measured: ReadonlyMap<string, MeasuredRun>;
}

/** Of one call, its input and result included. */
export interface MeasuredRun {
  readonly before: number;
  /** Null where nothing is to be rewritten. */
  readonly after: number | null;
}

export interface RecordedEvidence {
  readonly samples: number;
  readonly lineTotal: number;
  readonly lineSelf: number;
  readonly perRow: boolean;
}

export function detectorCases(): DetectorCase[] {
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'case.json')));
  return names.map((name) => {
    const read = (file: string): string => readFileSync(path.join(folder, name, file), 'utf8');
    const { detector, line, fix, expect, evidence, env, call, gain, measured } = JSON.parse(read('case.json'));
    return {
      name,
      detector,
      line,
      expected: fix ?? expect,
      before: read('before.rb'),
      after: read('after.rb'),
      naive: existsSync(path.join(folder, name, 'naive.rb')) ? read('naive.rb') : null,
      evidence: evidence
        ? {
            samples: evidence.samples,
            lineTotal: evidence.line_total,
            lineSelf: evidence.line_self,
            perRow: evidence.per_row,
          }
        : null,
      ruby: evidence?.ruby ?? null,
      run: call ? { call, records: env === 'ar' } : null,
      gain: gain ?? null,
      measured: measuredRuns(measured ?? {}),
    };
  });
}

function measuredRuns(
  measured: Readonly<Record<string, { before: number; after?: number }>>,
): DetectorCase['measured'] {
  return new Map(
    Object.entries(measured).map(([ruby, { before, after = null }]) => [ruby.replace('ruby ', ''), { before, after }]),
  );
}

/** The profile of a case's `before.rb`, recorded as `/app/before.rb`; null for the few that cannot run. */
export async function caseProfile(name: string): Promise<Profile | null> {
  const file = caseProfileFile(name);
  if (!existsSync(file)) return null;
  const decoded = await decodeProfile(bytesSource(new Uint8Array(gunzipSync(readFileSync(file)))));
  if (!decoded.ok) throw new Error(`${name}: ${decoded.error.message}`);
  return decoded.profile;
}

/** The `db/schema.rb` of the Active Record cases. */
export function caseSchema(): string {
  return readFileSync(path.join(folder, 'schema.rb'), 'utf8');
}

export function caseProfileFile(name: string): string {
  return path.join(folder, name, 'profile.json.gz');
}
