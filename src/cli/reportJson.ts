import { relative } from 'node:path';
import type { Lens } from '../profile/lens';
import type { Analysis } from './analyseProfile';
import { findingJson } from './findingJson';
import { hotLines, hottestRows, rounded } from './hotLines';
import { JSON_SCHEMA, jsonChunks, linesJson, mappingJson, methodsJson, profileJson } from './profileJson';
import type { PlacedFinding } from './reportFindings';

/** The report as JSON text, in parts; every row unless `top` is given. */
export function reportJson(
  analysis: Analysis,
  lens: Lens,
  top: number | null,
  findings: readonly PlacedFinding[],
): Generator<string> {
  return jsonChunks({
    schema: JSON_SCHEMA,
    profile: profileJson(analysis),
    lens,
    elsewhere: rounded(analysis.lines.elsewhere[lens]),
    mapping: mappingJson(analysis),
    methods: methodsJson(analysis, top),
    lines: linesJson(hotLines(analysis, lens, hottestRows(analysis, lens, top))),
    findings: findingsJson(findings, analysis.root),
  });
}

function* findingsJson(findings: readonly PlacedFinding[], root: string) {
  const nameOf = (path: string): string => relative(root, path).replaceAll('\\', '/');
  for (const { finding, file } of findings) yield findingJson(finding, file, nameOf);
}
