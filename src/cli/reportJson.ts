import type { Lens } from '../profile/lens';
import type { Analysis } from './analyseProfile';
import { hotLines, hottestRows, rounded } from './hotLines';
import { JSON_SCHEMA, jsonText, lineJson, mappingJson, methodsJson, profileJson } from './profileJson';

/** The report as JSON text; every row unless `top` is given. */
export function reportJson(analysis: Analysis, lens: Lens, top: number | null): string {
  return jsonText({
    schema: JSON_SCHEMA,
    profile: profileJson(analysis),
    lens,
    elsewhere: rounded(analysis.lines.elsewhere[lens]),
    mapping: mappingJson(analysis),
    methods: methodsJson(analysis, top),
    lines: hotLines(analysis, lens, hottestRows(analysis, lens, top)).map(lineJson),
    findings: [],
  });
}
