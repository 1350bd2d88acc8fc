import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What the journeys know of `examples/finance-sync`; its figures are in its `profiles/expected.json`. */
export const profiles = {
  before: 'profiles/before/stackprof_process_88444_1767225600.dump',
  after: 'profiles/after/stackprof_process_88512_1767229200.dump',
  json: 'profiles/digest/user_digest.stackprof.json',
  gzipped: 'profiles/sidekiq/stackprof_process_88471_1767226800.dump.gz',
} as const;

/** The headline of a profile's view: the objects that were counted when it was recorded. */
export async function headlineOf(workspace: string, profile: string): Promise<string> {
  const all: unknown = JSON.parse(await readFile(path.join(workspace, 'profiles/expected.json'), 'utf8'));
  const facts = Object.entries(all ?? {}).find(([name]) => `profiles/${name}` === profile)?.[1];
  const objects: unknown = facts?.objects;
  if (typeof objects !== 'number') throw new Error(`profiles/expected.json has no objects for ${profile}`);
  return `${objects.toLocaleString('en-US')} objects`;
}

/** The line that loads every user. */
export const digestJob = {
  path: 'app/jobs/user_digest_job.rb',
  name: 'user_digest_job.rb',
  method: 'UserDigestJob#perform',
  text: 'User.all.each do |user|',
  fixed: 'User.find_each do |user|',
} as const;

/** 1-based line of a text in a file of the workspace. */
export async function lineOf(workspace: string, file: string, text: string): Promise<number> {
  const lines = (await readFile(path.join(workspace, file), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

/** Last part of a path: what a tab shows. */
export function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
