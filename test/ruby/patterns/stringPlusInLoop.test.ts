import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('string-plus-in-loop', text);
const loop = (statement: string, start = 's = +""'): string => `${start}\nrows.each { |r| ${statement} }\ns`;

it.each([
  ['s += r', 's << r'],
  ['s = s + r', 's << r'],
  ['s += r.to_s + "\\n"', 's << r.to_s + "\\n"'],
  ['s += r ? "a" : "b"', 's << (r ? "a" : "b")'],
  ['s += "#{r}é" if r', 's << "#{r}é" if r'],
  ['s += name r', 's << (name r)'],
  ['s += a || b', 's << (a || b)'],
  ['s+=r', 's << r'],
  ['s +=\n  r', 's << r'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(loop(before));
  expect([text, safety]).toEqual([loop(after), 'safe']);
});

it.each([
  ['s = ""', 's = +""'],
  ["s='😀'", "s=+'😀'"],
  ['s = "".dup', 's = "".dup'],
  ['s = "a" \\\n  "b"', 's = +"a" \\\n  "b"'],
])('from %o to %o', async (before, after) => {
  expect((await outcome(loop('s += r', before))).text).toBe(loop('s << r', after));
});

it('leaves a filled text as it is where Ruby does not freeze it', async () => {
  const text = loop('s += r', 's = "#{a}"');
  expect((await patternOutcome('string-plus-in-loop', text, { ruby: '3.3.8' })).text).toBe(
    loop('s << r', 's = "#{a}"'),
  );
  expect((await patternOutcome('string-plus-in-loop', text, { ruby: '2.7.1' })).text).toBe(
    loop('s << r', 's = +"#{a}"'),
  );
});

it('rewrites all of a loop', async () => {
  const text = 's = ""\nuntil done?\n  s += a\n  s += b\nend\nputs s';
  expect((await outcome(text)).text).toBe('s = +""\nuntil done?\n  s << a\n  s << b\nend\nputs s');
});

it.each([
  loop('s += r; kept << s'),
  loop('s += s[0] + r'),
  loop('s += r; s = "" if r'),
  's = ""\nt = s\nrows.each { |r| s += r }',
  's = ""\ns.freeze\nrows.each { |r| s += r }',
  's = "ab"\ns.each_char { |c| s += c }',
  's = ""\nrows.map { |r| s += r }',
  loop('s += # more\n r'),
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  's = ""\ns += a',
  'def m(s)\n  rows.each { |r| s += r }\nend',
  's = other\nrows.each { |r| s += r }',
  's = 0\nrows.each { |r| s += r }',
  's = ""\nrows.each { |r| s += 1 }',
  's = ""\nrows.each { |r| s -= r }',
  's = ""\nrows.each { |r| s = r + s }',
  '@s = ""\nrows.each { |r| @s += r }',
  'S = "".freeze\ns = S\nrows.each { |r| s += r }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
