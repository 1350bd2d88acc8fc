import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ProfileBuilder } from '../../src/profile/builder';
import type { Profile } from '../../src/profile/profile';

const folder = path.resolve(__dirname, '../fixtures/detector-cases');

/** A Ruby file with a recorded profile of it and what should be found on one of its lines. */
export interface DetectorCase {
  readonly name: string;
  readonly detector: string;
  /** 1-based. */
  readonly line: number;
  /** The class of the fix; null for cases without one. */
  readonly fix: string | null;
  /** For cases without a fix: `silent`, `silent-all` or `no-autofix`. */
  readonly expect: string | null;
  readonly before: string;
  readonly after: string;
  /** Recorded as `/app/before.rb`. */
  readonly profile: Profile;
}

export function detectorCases(): DetectorCase[] {
  return readdirSync(folder).map((name) => {
    const read = (file: string): string => readFileSync(path.join(folder, name, file), 'utf8');
    const about = JSON.parse(read('case.json'));
    return {
      name,
      detector: about.detector,
      line: about.line,
      fix: about.fix ?? null,
      expect: about.expect ?? null,
      before: read('before.rb'),
      after: read('after.rb'),
      profile: profileOf(JSON.parse(read('profile.json'))),
    };
  });
}

interface RecordedProfile {
  readonly samples: number;
  readonly frames: Record<string, { readonly name: string; readonly file: string; readonly line: number | null }>;
  readonly raw: number[];
  readonly raw_lines: number[];
}

function profileOf(recorded: RecordedProfile): Profile {
  const builder = new ProfileBuilder();
  builder.samples = recorded.samples;
  const ids = new Map(
    Object.entries(recorded.frames).map(([id, frame]) => [
      Number(id),
      builder.addFrame({ ...frame, line: frame.line ?? 0 }),
    ]),
  );
  for (let at = 0; at < recorded.raw.length; ) {
    const end = at + 1 + recorded.raw[at]!;
    const frames = recorded.raw.slice(at + 1, end).map((id) => ids.get(id)!);
    builder.addStack(frames, recorded.raw_lines.slice(at + 1, end), recorded.raw[end]!);
    at = end + 1;
  }
  return builder.finish();
}
