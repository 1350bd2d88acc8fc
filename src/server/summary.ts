import { ownOf } from '../profile/lineIndex';
import type { ProfileSummary, Settings } from '../protocol/requests';
import { nameOf, type OpenProfile } from './openProfile';

/** What the summary strip says about an open profile. `hotLines`: lines of the workspace's code at or above the threshold. */
export function summaryOf(open: OpenProfile, settings: Settings): ProfileSummary {
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
    problems: open.problems,
    metadata: profile.metadata,
    methods: countMethods(open),
    hotLines: countHotLines(open, settings.hotLineThreshold / 100),
    maxDepth: open.maxDepth,
    mapping: view.map.summary,
    loadMs: open.loadMs,
  };
}

function countMethods({ profile }: OpenProfile): number {
  let count = 0;
  for (const samples of profile.frames.total) if (samples > 0) count++;
  return count;
}

function countHotLines({ profile, view }: OpenProfile, threshold: number): number {
  let count = 0;
  for (const samples of ownOf(view.lines, 'mine')) if (samples > 0 && samples >= threshold * profile.samples) count++;
  return count;
}
