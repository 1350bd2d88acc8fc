import type { Lens } from '../profile/lens';
import type { StringIndex } from '../profile/profile';
import type { Analysis } from './analyseProfile';
import { hotLines } from './hotLines';
import { JSON_SCHEMA, jsonChunks, linesJson, mappingJson, profileJson } from './profileJson';

/** The lines of the chosen files as JSON text in parts, by line. `file` and `path` are null when the profile has no such file. */
export function fileJson(
  analysis: Analysis,
  lens: Lens,
  files: readonly StringIndex[],
  rows: readonly number[],
): Generator<string> {
  const file = files[0];
  return jsonChunks({
    schema: JSON_SCHEMA,
    profile: profileJson(analysis),
    lens,
    mapping: mappingJson(analysis),
    file: file === undefined ? null : analysis.profile.strings[file]!,
    path: file === undefined ? null : (analysis.sources.relative[file] ?? null),
    lines: linesJson(hotLines(analysis, lens, rows)),
  });
}
