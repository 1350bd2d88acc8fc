import type { ProfileSummary } from '../protocol/requests';
import { nameOf, type OpenProfile } from './openProfile';

/** What the summary strip says about an open profile. */
export function summaryOf(open: OpenProfile): ProfileSummary {
  const { profile, view } = open;
  return {
    uri: open.uri,
    name: nameOf(open.uri),
    format: profile.format,
    compressed: profile.compressed,
    fileBytes: profile.fileBytes,
    mode: profile.mode,
    interval: profile.interval,
    samples: profile.samples,
    missedSamples: profile.missedSamples,
    gcSamples: profile.gcSamples,
    measure: open.measure,
    detail: profile.detail,
    timeline: timelineOf(open),
    problems: open.problems,
    parts: open.parts,
    metadata: profile.metadata,
    methods: countMethods(open),
    maxDepth: open.maxDepth,
    mapping: view.map.summary,
    baseline: open.baseline && { ...open.baseline, name: nameOf(open.baseline.uri) },
    loadMs: open.loadMs,
  };
}

function timelineOf({ profile: { timeline } }: OpenProfile): ProfileSummary['timeline'] {
  if (timeline === null) return null;
  return timeline.timed ? 'timed' : 'untimed';
}

function countMethods({ profile }: OpenProfile): number {
  let count = 0;
  for (const samples of profile.frames.total) if (samples > 0) count++;
  return count;
}
