import type { StringIndex } from '../profile/profile';
import type { RubyParser } from '../ruby/parseRuby';
import type { Analysis } from './analyseProfile';
import { Application } from './application';
import { findingsInText } from './findingsInText';
import { projectContext } from './projectContext';
import { recordedEvidence } from './recordedEvidence';
import type { PlacedFinding } from './reportFindings';
import { RubyFileError, readRubyFile } from './rubyFile';

/** The findings of some files, by file and place. `files`: local path -> the recorded files that it is. */
export async function findInFiles(
  analysis: Analysis,
  files: ReadonlyMap<string, readonly StringIndex[]>,
  parser: RubyParser,
): Promise<PlacedFinding[]> {
  const context = await projectContext(analysis.root, parser, analysis.profile.metadata);
  const application = new Application(analysis.root, parser, context);
  const found: PlacedFinding[] = [];
  for (const [path, recorded] of files) {
    const text = await textOf(path);
    const evidence = text === null ? null : recordedEvidence(analysis, recorded, path);
    if (text === null || evidence === null) continue;
    const file = analysis.sources.relative[recorded[0]!] ?? path;
    const alone = findingsInText(parser, text, context, [evidence(text)]);
    await application.prepareFor(alone);
    const findings = application.consider(alone, new Map());
    for (const finding of findings) found.push({ finding, file });
  }
  return found;
}

/** A file that cannot be read any more has no findings; the report is about the profile. */
async function textOf(path: string): Promise<string | null> {
  try {
    return (await readRubyFile(path)).text;
  } catch (error) {
    if (error instanceof RubyFileError) return null;
    throw error;
  }
}
