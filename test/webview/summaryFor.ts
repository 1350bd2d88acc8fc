import type { ProfileSummary } from '../../src/protocol/requests';

/** The summary of a small object profile, changed by `with_`. */
export function summaryFor(with_: Partial<ProfileSummary> = {}): ProfileSummary {
  return {
    uri: 'file:///a.dump',
    name: 'a.dump',
    format: 'stackprof-marshal',
    compressed: false,
    fileBytes: 1000,
    mode: 'object',
    interval: 50,
    samples: 100,
    missedSamples: 4900,
    gcSamples: 0,
    measure: { unit: 'objects', total: 5000, exact: true, perSample: 50 },
    detail: 'raw_lines',
    timeline: null,
    problems: [],
    parts: [],
    metadata: [],
    methods: 10,
    maxDepth: 4,
    mapping: { rules: [], ambiguous: [], missingFiles: 0, mappedFiles: 3 },
    baseline: null,
    loadMs: 1,
    ...with_,
  };
}
