/** What the journeys know of `examples/finance-sync`; its figures are in its `profiles/expected.json`. */
export const profiles = {
  before: 'profiles/before/stackprof_process_88444_1767225600.dump',
  after: 'profiles/after/stackprof_process_88512_1767229200.dump',
  json: 'profiles/digest/user_digest.stackprof.json',
  gzipped: 'profiles/sidekiq/stackprof_process_88471_1767226800.dump.gz',
} as const;

/** Allocations while `before` was recorded, as the view writes them. */
export const objectsBefore = '1,155,978 objects';
export const objectsGzipped = '1,204,340 objects';
export const objectsJson = '123,810 objects';

/** The line that loads every user, and what is recorded there. */
export const digestJob = {
  path: 'app/jobs/user_digest_job.rb',
  name: 'user_digest_job.rb',
  method: 'UserDigestJob#perform',
  line: 9,
  text: 'User.all.each do |user|',
  fixed: 'User.find_each do |user|',
} as const;

/** Last part of a path: what a tab shows. */
export function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
