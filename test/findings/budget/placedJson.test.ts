import { describe, expect, it } from 'vitest';
import { type PlacedValue, parsePlacedJson } from '../../../src/findings/budget/placedJson';
import { randomSource } from '../../support/randomSource';

/** The value without its lines. */
function plain(value: PlacedValue): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'array':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
    default:
      return value.value;
  }
}

function readText(text: string): unknown {
  const result = parsePlacedJson(text);
  return result.ok ? plain(result.value) : `line ${result.error.line}: ${result.error.message}`;
}

describe('parsePlacedJson', () => {
  it.each([
    '{}',
    '[]',
    'null',
    'true',
    '-0.5e+3',
    '"a\\n\\u00e9\\"\\\\"',
    '{"a": [1, {"b": null}, "c"], "": false}',
    ' \r\n\t[ 1 ,2 ] ',
  ])('reads %s as JSON.parse does', (text) => {
    expect(readText(text)).toEqual(JSON.parse(text));
  });

  it('reads comments and commas at the end', () => {
    const text = '\ufeff// one\n{ /* two\n three */ "a": 1, // four\n "b": [1, 2,], }\n// five';
    expect(readText(text)).toEqual({ a: 1, b: [1, 2] });
  });

  it('says the lines of values and keys', () => {
    const result = parsePlacedJson('{\n"a":\n\n[1,\n2]}');
    if (!result.ok || result.value.kind !== 'object') throw new Error('not an object');
    const [entry] = result.value.entries;
    expect([result.value.line, entry?.line, entry?.value.line]).toEqual([1, 2, 4]);
    expect(entry?.value).toMatchObject({ items: [{ line: 4 }, { line: 5 }] });
  });

  it.each([
    ['', 'line 1: The file ends too early'],
    ['{\n"a": 1\n', 'line 3: The file ends too early'],
    ['{"a": 1,\n "a": 2}', 'line 2: "a" stands here twice'],
    ['{\n"a" 1}', "line 2: '1' is not expected here"],
    ['{a: 1}', "line 1: 'a' is not expected here"],
    ['[1 2]', "line 1: '2' is not expected here"],
    ['[,]', "line 1: ',' is not expected here"],
    ['[NaN]', "line 1: 'NaN' is no JSON value"],
    ['[01]', "line 1: '01' is no JSON value"],
    ['[0x10]', "line 1: '0x10' is no JSON value"],
    ['[+1]', "line 1: '+1' is no JSON value"],
    ['[1_000]', "line 1: '1_000' is no JSON value"],
    ["['a']", `line 1: ''a'' is no JSON value`],
    ['["a]', 'line 1: The text in quotes does not end'],
    ['["a\nb"]', 'line 1: The text in quotes does not end'],
    ['["\\x"]', 'line 1: The text in quotes has a character or an escape that JSON does not allow'],
    ['[]\n[]', 'line 2: Something follows the end of the JSON'],
    ['/* a', 'line 1: The comment does not end'],
    ['/ a', "line 1: '/' is not expected here"],
    ['['.repeat(100_000), 'line 1: Brackets are nested more than 20 deep'],
  ])('refuses %j', (text, error) => {
    expect(readText(text)).toBe(error);
  });

  it('accepts what JSON.parse accepts and answers to every damage', () => {
    const whole = '{"schema": 1, "budgets": [{"job": "A::B", "objects": 1.5e3, "why": "\\u00e4"}, {"total": true}]}';
    const random = randomSource(7);
    for (let round = 0; round < 3000; round++) {
      const at = Math.floor(random() * whole.length);
      const length = Math.floor(random() * 3);
      const put = '{}[]",:/*\\\n01-e.tn'[Math.floor(random() * 18)]!;
      const text = whole.slice(0, at) + put + whole.slice(at + length);
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expect(() => parsePlacedJson(text)).not.toThrow();
        continue;
      }
      const result = parsePlacedJson(text);
      // A key twice, and a value too deep, are the only things that it refuses.
      if (result.ok) expect(plain(result.value)).toEqual(expected);
      else expect(result.error.message).toMatch(/twice|deep/);
    }
  });
});
