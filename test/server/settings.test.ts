import { expect, test } from 'vitest';
import { defaultSettings } from '../../src/protocol/requests';
import { parseSettings } from '../../src/server/settings';
import { throttle } from '../../src/server/throttle';

test('settings of the right type and range are taken, the default stands for everything else', () => {
  expect(parseSettings(null)).toEqual(defaultSettings);
  expect(parseSettings([1])).toEqual(defaultSettings);
  expect(parseSettings({ hotLineThreshold: '5', codeLens: 'yes', diagnostics: null, pathMappings: [] })).toEqual(
    defaultSettings,
  );
  expect(parseSettings({ hotLineThreshold: -1 })).toEqual(defaultSettings);
  expect(parseSettings({ hotLineThreshold: Number.NaN })).toEqual(defaultSettings);
  expect(
    parseSettings({
      hotLineThreshold: 2.5,
      codeLens: false,
      diagnostics: false,
      pathMappings: { '/app': '/x', b: 5 },
      ignoredPatterns: ['keys-each', 5],
    }),
  ).toEqual({
    hotLineThreshold: 2.5,
    codeLens: false,
    diagnostics: false,
    pathMappings: { '/app': '/x' },
    ignoredPatterns: ['keys-each'],
  });
});

test('throttle lets the first call through and drops those that follow at once', () => {
  const calls: number[] = [];
  const call = throttle(3_600_000, (value: number) => calls.push(value));
  for (const value of [1, 2, 3]) call(value);
  expect(calls).toEqual([1]);
  const every = throttle(0, (value: number) => calls.push(value));
  for (const value of [4, 5]) every(value);
  expect(calls).toEqual([1, 4, 5]);
});
