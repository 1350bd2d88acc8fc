import { describe, expect, test } from 'vitest';
import { fullTotal, progressFraction, progressText, samplingText, shortTotal } from '../../src/extension/summaryText';
import type { ProfileSummary } from '../../src/protocol/requests';

const objects: ProfileSummary = {
  uri: 'file:///a.dump',
  name: 'a.dump',
  format: 'stackprof-marshal',
  compressed: false,
  fileBytes: 1,
  mode: 'object',
  interval: 50,
  samples: 75_036,
  missedSamples: 3_676_777,
  gcSamples: 0,
  measure: { unit: 'objects', total: 3_751_813, exact: true, perSample: 50 },
  detail: 'raw_lines',
  timeline: null,
  problems: [],
  parts: [],
  metadata: [],
  methods: 1,
  maxDepth: 1,
  mapping: { rules: [], ambiguous: [], missingFiles: 0, mappedFiles: 0 },
  baseline: null,
  loadMs: 1,
};

describe('a profile in words', () => {
  test('objects, counted', () => {
    expect(shortTotal(objects, 'en')).toBe('3.75 M objects');
    expect(fullTotal(objects, 'en')).toBe('3,751,813 objects allocated');
    expect(samplingText(objects, 'en')).toBe('1 in 50 allocations, exact lines');
  });

  test('objects, estimated', () => {
    const estimated: ProfileSummary = { ...objects, detail: 'raw', measure: { ...objects.measure, exact: false } };
    expect(shortTotal(estimated, 'en')).toBe('≈3.75 M objects');
    expect(samplingText(estimated, 'en')).toBe('1 in 50 allocations, stacks of methods');
  });

  test('every allocation', () => {
    expect(samplingText({ ...objects, interval: 1, detail: 'aggregate' }, 'en')).toBe('every allocation, no stacks');
  });

  test('time', () => {
    const measure = { unit: 'microseconds', total: 2_500_000, exact: false, perSample: 1000 } as const;
    const wall: ProfileSummary = { ...objects, mode: 'wall', interval: 1000, measure };
    expect(shortTotal(wall, 'en')).toBe('≈2.50 s');
    expect(samplingText(wall, 'en')).toBe('wall time, every 1,000 µs, exact lines');
  });

  test('no interval', () => {
    expect(samplingText({ ...objects, mode: 'custom', interval: null }, 'en')).toBe('exact lines');
  });
});

describe('progress', () => {
  test('has a share while reading a file of known size', () => {
    const reading = { uri: '', bytes: 42, totalBytes: 100, phase: 'reading' } as const;
    expect(progressText(reading)).toBe('Reading 42 %');
    expect(progressFraction({ ...reading, bytes: 300 })).toBe(1);
    expect(progressFraction({ ...reading, totalBytes: 0 })).toBeNull();
    expect(progressText({ ...reading, totalBytes: null })).toBe('Reading');
  });

  test('names the phase otherwise', () => {
    expect(progressText(null)).toBe('Opening');
    expect(progressText({ uri: '', bytes: 1, totalBytes: 1, phase: 'counting' })).toBe('Counting');
    expect(progressText({ uri: '', bytes: 1, totalBytes: 1, phase: 'mapping' })).toBe('Finding your files');
  });
});
