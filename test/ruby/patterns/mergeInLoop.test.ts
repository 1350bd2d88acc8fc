import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('merge-in-loop', text);
const loop = (statement: string, start = 'h = {}'): string => `${start}\nrows.each { |r| ${statement} }\nh`;

it.each([
  ['h = h.merge(r => 1)', 'h[r] = 1'],
  ['h = h.merge(id: r)', 'h[:id] = r'],
  ['h = h.merge("full name": r)', 'h[:"full name"] = r'],
  ['h = h.merge(r:)', 'h[:r] = r'],
  ['h = h.merge({ r => r ? 1 : 2 })', 'h[r] = r ? 1 : 2'],
  ['h = h.merge(r => h[r] + 1)', 'h[r] = h[r] + 1'],
  ['h = h.merge(a: 1, b: 2)', 'h.merge!(a: 1, b: 2)'],
  ['h = h.merge(r)', 'h.merge!(r)'],
  ['h = h.merge(**r)', 'h.merge!(**r)'],
  ['h = h.merge(r, s)', 'h.merge!(r, s)'],
  ['h = h.merge r', 'h.merge! r'],
  ['h = h.merge(r => 1) { |_, a, b| a + b }', 'h.merge!(r => 1) { |_, a, b| a + b }'],
  ['h = h.merge(r => 1); puts h.size', 'h[r] = 1; puts h.size'],
])('%s -> %s', async (before, after) => {
  const { text, safety } = await outcome(loop(before));
  expect([text, safety]).toEqual([loop(after), 'safe']);
});

it('takes Hash.new, and the outermost loop after it', async () => {
  const text = (statement: string): string =>
    `as.each do |a|\n  h = Hash.new(0)\n  a.each { |r| ${statement} }\n  save(h)\nend`;
  expect((await outcome(text('h = h.merge(r)'))).text).toBe(text('h.merge!(r)'));
});

it.each([
  'def m(h, rows)\n  rows.each { |r| h = h.merge(r => 1) }\n  h\nend',
  loop('h = h.merge(r)', 'h = defaults'),
  loop('h = h.merge(r)', 'h = {}\nh = defaults'),
  loop('h = h.merge(r); all << h'),
  loop('h = h.merge(r); @last = h'),
  loop('h = h.merge(r => h)'),
  loop('h = h.merge(r); h = defaults if r.nil?'),
  loop('h = h.merge(r)').replace('each', 'map'),
  loop('all << (h = h.merge(r))'),
  'h = {}\nsave(h)\nrows.each { |r| h = h.merge(r) }',
  'h = { a: 1 }\nh.each { |k, v| h = h.merge(v => k) }',
])('only advises on %o', async (text) => {
  const { safety, note } = await outcome(text);
  expect(safety).toBe('advice');
  expect(note).toContain('no edit is offered');
});

it.each([
  'h = {}\nh = h.merge(a)',
  loop('h = h.merge'),
  loop('i = h.merge(r)'),
  loop('h = r.merge(h)'),
  loop('h = h&.merge(r)'),
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});

it('knows that `for` drops the value of its last statement', async () => {
  const { safety, text } = await outcome('h = {}\nfor part in parts\n  h = h.merge(part)\nend\nh');
  expect([safety, text]).toEqual(['safe', 'h = {}\nfor part in parts\n  h.merge!(part)\nend\nh']);
});
