import { basename, resolve } from 'node:path';
import { fileSource, gunzipSource } from '../host/nodeByteSource';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { type DecodeResult, decodeProfile } from '../profile/formats/decodeProfile';
import { buildLineIndex, type LineIndex } from '../profile/lineIndex';
import { type Measure, trustedMeasure } from '../profile/measure';
import type { MergedPart } from '../profile/mergeProfiles';
import type { DecodeError, Problem } from '../profile/problem';
import { numberProblems } from '../profile/problems';
import type { Profile } from '../profile/profile';
import { mapFiles, type SourceMap } from '../source/mapFiles';
import type { ProfileArguments } from './parseArguments';

/** A profile with everything the commands say about it. */
export interface Analysis {
  /** The argument. */
  readonly input: string;
  readonly profile: Profile;
  /** The profiles it was merged from; empty for one that is whole as it was recorded. */
  readonly parts: readonly MergedPart[];
  readonly problems: readonly Problem[];
  readonly measure: Measure;
  /** Absolute. */
  readonly root: string;
  readonly sources: SourceMap;
  readonly lines: LineIndex;
}

export type AnalysisResult =
  | { readonly ok: true; readonly analysis: Analysis }
  | { readonly ok: false; readonly error: DecodeError };

/** Reads one profile and maps its files below the root. `folder`: what relative arguments start from. */
export async function analyseProfile(
  input: string,
  options: Pick<ProfileArguments, 'root' | 'pathMappings'>,
  folder: string,
): Promise<AnalysisResult> {
  const decoded = await readProfile(resolve(folder, input));
  if (!decoded.ok) return decoded;
  const { profile, problems } = decoded;
  return { ok: true, analysis: await analysisOf({ input, profile, parts: [], problems }, input, options, folder) };
}

/** Decodes a file. `path`: absolute. */
export async function readProfile(path: string): Promise<DecodeResult> {
  const source = fileSource(path);
  return decodeProfile(source, { gunzip: gunzipSource }).finally(() => source.close());
}

/** Maps a profile's files below the root and counts its lines. `at`: one of its files, from `folder`. */
export async function analysisOf(
  { input, profile, parts, problems: known }: Pick<Analysis, 'input' | 'profile' | 'parts' | 'problems'>,
  at: string,
  options: Pick<ProfileArguments, 'root' | 'pathMappings'>,
  folder: string,
): Promise<Analysis> {
  const root = resolve(folder, options.root ?? '.');
  const sources = await mapFiles(profile, {
    roots: [{ path: root.replaceAll('\\', '/'), name: basename(root) }],
    files: nodeFileSystem(),
    pathMappings: options.pathMappings,
    remembered: {},
    profilePath: resolve(folder, at),
  });
  const problems = [...known, ...numberProblems(profile)];
  return {
    input,
    profile,
    parts,
    problems,
    measure: trustedMeasure(profile, problems),
    root,
    sources,
    lines: buildLineIndex(profile, sources.origin),
  };
}
