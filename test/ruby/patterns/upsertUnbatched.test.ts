import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'upsert-unbatched';

describe('writes in slices', () => {
  it.each([
    [
      'A.upsert_all(xs.map { |x| x.h })\n1',
      'xs.each_slice(1_000) do |slice|\n  A.upsert_all(slice.map { |x| x.h })\nend\n1',
    ],
    [
      'A.insert_all!(xs.map(&:h)) # all\n1',
      'xs.each_slice(1_000) do |slice|\n  A.insert_all!(slice.map(&:h)) # all\nend\n1',
    ],
    [
      'def m\n  a.insert_all(\n    @xs.map do |x|\n\n      { "é" => x }\n    end,\n    unique_by: :a\n  )\n  "😀"\nend',
      'def m\n  @xs.each_slice(1_000) do |slice|\n    a.insert_all(\n      slice.map do |x|\n\n        { "é" => x }\n      end,\n      unique_by: :a\n    )\n  end\n  "😀"\nend',
    ],
    [
      'def m(slice, xs)\n  A.upsert_all(xs.map(&:h))\n  1\nend',
      'def m(slice, xs)\n  xs.each_slice(1_000) do |batch|\n    A.upsert_all(batch.map(&:h))\n  end\n  1\nend',
    ],
    [
      'def m\n  A.upsert_all(xs.map { |x| x.slice("a") })\n  1\nend',
      'def m\n  xs.each_slice(1_000) do |slice|\n    A.upsert_all(slice.map { |x| x.slice("a") })\n  end\n  1\nend',
    ],
    [
      'A.upsert_all (a + b).map(&:h), unique_by: :c\n1',
      '(a + b).each_slice(1_000) do |slice|\n  A.upsert_all slice.map(&:h), unique_by: :c\nend\n1',
    ],
  ])('%o', async (before, after) => {
    const { text, safety } = await patternOutcome(id, before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await patternOutcome(id, after)).candidates).toEqual([]);
  });

  it('says that the value changes where it is returned', async () => {
    const { note, safety } = await patternOutcome(id, 'def m\n  A.upsert_all(xs.map(&:h))\nend');
    expect(safety).toBe('review');
    expect(note).toContain('returned');
  });
});

describe('only advises', () => {
  it.each([
    ['r = A.upsert_all(xs.map(&:h))', 'value'],
    ['A.upsert_all(xs.map(&:h)).length', 'value'],
    ['A.upsert_all(xs.map(&:h)) if b\n1', 'lines of its own'],
    ['a.create_list!.upsert_all(xs.map(&:h))\n1', 'repeated'],
    ['1; A.upsert_all(xs.map(&:h))\n1', 'lines of its own'],
    ['A.upsert_all(xs.map { |x| { a: "1\n2" } })\n1', 'lines of its own'],
    ['A.upsert_all(xs.map { |x| { a: <<~T } })\n  a\nT\n1', 'lines of its own'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await patternOutcome(id, text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });
});

describe('is silent', () => {
  it.each([
    'xs.each_slice(500) { |ys| A.upsert_all(ys.map(&:h)) }',
    'A.in_batches { |ys| B.insert_all(ys.map(&:h)) }',
    'A.upsert_all(rows)',
    'A.upsert_all([a, b].map(&:h))',
    'A.upsert_all(xs.first(10).map(&:h))',
    'A.upsert_all(xs.map)',
    'A.upsert(xs.map(&:h))',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});
