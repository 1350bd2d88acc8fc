import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('uses tr or delete', () => {
  it.each([
    ['x = "😀"; s.gsub("a", "b")', 'x = "😀"; s.tr("a", "b")'],
    ["s.gsub(/-/, '_')", "s.tr('-', '_')"],
    ["s.gsub(/'/, '')", 's.delete("\'")'],
    ['s.gsub(/"/, "x")', 's.tr(\'"\', "x")'],
    ['s.gsub "é", "e"', 's.tr "é", "e"'],
    ['s.gsub(",", "").to_i', 's.delete(",").to_i'],
    ['s&.gsub(/,/, "")', 's&.delete(",")'],
    ['s\n  .gsub(",",\n        ".")', 's\n  .tr(",",\n        ".")'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('gsub-tr', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'safe']);
    expect((await patternOutcome('gsub-tr', after)).candidates).toEqual([]);
  });
});

it.each([
  's.gsub("ab", "c")',
  's.gsub("a", "bc")',
  's.gsub(/./, "x")',
  's.gsub(/\\d/, "x")',
  's.gsub(/\\./, "x")',
  's.gsub(/a/i, "x")',
  's.gsub("\\\\", "/")',
  's.gsub("/", "\\\\")',
  's.gsub("^", "")',
  's.gsub("a") { "b" }',
  's.gsub("a", "b" => "c")',
  's.gsub(/a/, x)',
  'gsub("a", "b")',
  'def m\n  s.gsub("a", "b")\n  $~\nend',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('gsub-tr', text)).safety).toBeNull();
});
