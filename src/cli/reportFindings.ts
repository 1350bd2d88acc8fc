import { type Finding, isConfiguration } from '../findings/judge';
import { Origin } from '../profile/origin';
import type { StringIndex } from '../profile/profile';
import type { Analysis } from './analyseProfile';
import { configurationReport } from './configuration';
import { countsObjects, hotFiles } from './recordedEvidence';
import { isRubyName } from './rubyFile';
import type { ParserSource } from './rubyParser';

/** A finding with the path to print: relative to the root. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly file: string;
}

/**
 * The known causes on the hot lines of the application's files, most objects first. Only files with such a line are read. Most
 * profiles from elsewhere have none here: then neither Prism nor the patterns are loaded. What the application's configuration says
 * follows, where a file of the profile was found at all.
 */
export async function reportFindings(analysis: Analysis, parser: ParserSource): Promise<PlacedFinding[]> {
  if (!countsObjects(analysis)) return [];
  const found = await lineFindings(analysis, parser);
  found.sort((a, b) => (b.finding.objects ?? 0) - (a.finding.objects ?? 0));
  const isHere = analysis.sources.summary.mappedFiles > 0;
  return isHere ? [...found, ...(await configurationReport(analysis.root, parser))] : found;
}

async function lineFindings(analysis: Analysis, parser: ParserSource): Promise<PlacedFinding[]> {
  const files = hotRubyFiles(analysis);
  if (files.size === 0) return [];
  const { findInFiles } = await import('./findInFiles');
  const found = await findInFiles(analysis, files, await parser());
  return found.filter(({ finding }) => !isConfiguration(finding));
}

/** Local path -> the recorded files that it is. */
function hotRubyFiles(analysis: Analysis): Map<string, StringIndex[]> {
  const { sources, profile, lines } = analysis;
  const hot = hotFiles(analysis);
  const paths = new Set<string>();
  for (const file of hot) {
    const path = sources.path[file] ?? null;
    if (path !== null && sources.origin[file] === Origin.Mine && isRubyName(path)) paths.add(path);
  }
  const byPath = new Map([...paths].sort().map((path): [string, StringIndex[]] => [path, []]));
  if (byPath.size === 0) return byPath;
  for (const file of new Set(lines.file)) byPath.get(sources.path[file] ?? '')?.push(file);
  for (const files of byPath.values()) files.sort((a, b) => compare(profile.strings[a]!, profile.strings[b]!));
  return byPath;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
