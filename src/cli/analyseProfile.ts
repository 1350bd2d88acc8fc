import { basename, resolve } from 'node:path';
import { fileSource, gunzipSource } from '../host/nodeByteSource';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { decodeProfile } from '../profile/formats/decodeProfile';
import { buildLineIndex, type LineIndex } from '../profile/lineIndex';
import { type Measure, trustedMeasure } from '../profile/measure';
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
  const path = resolve(folder, input);
  const source = fileSource(path);
  const decoded = await decodeProfile(source, { gunzip: gunzipSource }).finally(() => source.close());
  if (!decoded.ok) return decoded;
  const { profile } = decoded;
  const root = resolve(folder, options.root ?? '.');
  const sources = await mapFiles(profile, {
    roots: [{ path: root.replaceAll('\\', '/'), name: basename(root) }],
    files: nodeFileSystem(),
    pathMappings: options.pathMappings,
    remembered: {},
    profilePath: path,
  });
  const problems = [...decoded.problems, ...numberProblems(profile)];
  return {
    ok: true,
    analysis: {
      input,
      profile,
      problems,
      measure: trustedMeasure(profile, problems),
      root,
      sources,
      lines: buildLineIndex(profile, sources.origin),
    },
  };
}
