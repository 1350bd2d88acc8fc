import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'create-per-row';

describe('advises', () => {
  it.each([
    'rows.each { |row| Post.create!(title: row) }',
    'rows.each { |row| Post.create(title: row) if row }',
    'rows.each { |row| Blog::Post.create! row }',
    'for row in rows do ::Post.create!(title: row); end',
    'rows.each { |row| Post.create! { |post| post.title = row } }',
    '3.times { Post.create!(title: "😀é") }',
  ])('%o', async (text) => {
    const { safety, candidates } = await patternOutcome(id, text);
    expect([safety, candidates.length]).toEqual(['advice', 1]);
  });

  it('says that a returned record is not given back', async () => {
    const { note } = await patternOutcome(id, 'rows.map { |row| Post.create!(title: row) }');
    expect(note).toContain('gives none back');
  });
});

describe('is silent', () => {
  it.each([
    'Post.create!(title: 1)',
    'rows.each { |row| post = Post.create!(title: row); f(post) }',
    'rows.each { |row| Post.create!(title: row).publish }',
    'rows.each { |row| list << Post.create!(title: row) }',
    'rows.each { |row| user.posts.create!(title: row) }',
    'rows.each { |row| Post.create! }',
    'rows.each { |row| create(title: row) }',
    'Post.create!(title: rows.map { |row| row })',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});

it('asks the profile for a record of Active Record', async () => {
  const { candidates } = await patternOutcome(id, 'rows.each { |row| Post.create!(title: row) }');
  expect(candidates[0]!.likely).toBe(false);
  expect(candidates[0]!.witnesses.map(({ missing }) => missing)).toEqual(['silent']);
});
