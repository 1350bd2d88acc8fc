import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyFixes } from '../../src/findings/applyFixes';
import { caseEvidence, caseFindings } from '../support/caseFindings';
import { cliRun } from '../support/cliRun';
import { caseProfileFile, caseSchema, type DetectorCase } from '../support/detectorCase';
import { preferredFixes } from '../support/preferredFixes';

/** What the fixers of a case's own detector make of it. */
export interface OwnRewrite {
  /** With the edits of the case's own detector in it; as before where it has none. */
  readonly own: string;
  /** Objects that those findings are estimated to save, of all that the recorded run made; null where nothing is said. */
  readonly saved: number | null;
}

/** What the fixers make of a case. */
export interface CaseTexts extends OwnRewrite {
  /** What `suggest --apply` makes of it, with every detector, once and again. */
  readonly safe: readonly [once: string, again: string];
  readonly review: readonly [once: string, again: string];
}

export async function caseTexts(one: DetectorCase): Promise<CaseTexts> {
  return { ...(await ownRewrite(one)), safe: await suggested(one, 'safe'), review: await suggested(one, 'review') };
}

export async function ownRewrite(one: DetectorCase): Promise<OwnRewrite> {
  const evidence = await caseEvidence(one);
  const own = (await caseFindings(one, one.before, evidence)).filter(({ id }) => id === one.detector);
  const saved = own.reduce<number | null>(
    (sum, { savedObjects }) => (sum === null || savedObjects === null ? null : sum + savedObjects),
    0,
  );
  return {
    own: applyFixes(one.before, preferredFixes(own)),
    saved: own.length === 0 ? null : saved,
  };
}

/** Applies twice through the command line, in a folder of its own. */
async function suggested(one: DetectorCase, level: 'safe' | 'review'): Promise<[string, string]> {
  const app = mkdtempSync(path.join(tmpdir(), 'hotspots-proof-'));
  const file = path.join(app, 'before.rb');
  const args = ['suggest', 'before.rb', '--ruby', one.ruby ?? '3.3.8', '--apply', level];
  const profile = one.evidence === null ? [] : ['--profile', caseProfileFile(one.name)];
  const apply = async (): Promise<string> => {
    const { exitCode, errors } = await cliRun([...args, ...profile], app);
    if (exitCode !== 0) throw new Error(`${one.name}: suggest --apply ${level} ended with ${exitCode}: ${errors}`);
    return readFileSync(file, 'utf8');
  };
  try {
    mkdirSync(path.join(app, 'db'));
    writeFileSync(path.join(app, 'db/schema.rb'), caseSchema());
    writeFileSync(file, one.before);
    const once = await apply();
    return [once, await apply()];
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}
