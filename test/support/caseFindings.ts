import { type Evidence, hotAllEvidence } from '../../src/findings/evidence';
import { type Finding, judge } from '../../src/findings/judge';
import { profileEvidence } from '../../src/findings/profileEvidence';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import { Origin } from '../../src/profile/origin';
import type { Profile } from '../../src/profile/profile';
import type { MatchContext } from '../../src/ruby/matchContext';
import { matchPatterns } from '../../src/ruby/matchPatterns';
import { readSchema } from '../../src/ruby/schema';
import { caseProfile, caseSchema, type DetectorCase } from './detectorCase';
import { prism } from './prism';

/** The path of a case's `before.rb` in its profile. */
export const recordedFile = '/app/before.rb';

/** What is found in a text of a case, for the Ruby that recorded it. */
export async function caseFindings(one: DetectorCase, text: string, evidence: Evidence): Promise<Finding[]> {
  const parser = await prism();
  const context: MatchContext = { ruby: one.ruby, rails: null, schema: readSchema(parser, caseSchema()) };
  return judge(matchPatterns(parser, text, context), evidence, 0.01);
}

/** What the case's profile says of its file; that every line is hot where it could not be recorded. */
export async function caseEvidence({ name }: DetectorCase): Promise<Evidence> {
  const profile = await caseProfile(name);
  return profile === null ? hotAllEvidence(recordedFile) : evidenceIn(profile);
}

function evidenceIn(profile: Profile): Evidence {
  const origin = Uint8Array.from(profile.strings, (file) => (file === recordedFile ? Origin.Mine : Origin.Other));
  return profileEvidence({
    profile,
    measure: measureOf(profile),
    lines: buildLineIndex(profile, origin),
    files: [profile.strings.indexOf(recordedFile)],
    origin,
    path: recordedFile,
  });
}
