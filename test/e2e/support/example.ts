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
  const { objects } = await expectedOf(workspace, profile);
  return `${objects.toLocaleString('en-US')} objects`;
}

export interface HotLine {
  /** In the workspace. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Its text, trimmed. */
  readonly text: string;
}

/** The lines of the app that are charged with most samples, heaviest first. */
export async function hotLinesOf(workspace: string, profile: string): Promise<HotLine[]> {
  const { mine } = await expectedOf(workspace, profile);
  return Promise.all(
    mine.map(async ({ file, line }) => {
      const local = file.replace(/^\/app\//, '');
      const lines = (await readFile(path.join(workspace, local), 'utf8')).split('\n');
      return { path: local, line, text: lines[line - 1]?.trim() ?? '' };
    }),
  );
}

interface Expected {
  readonly objects: number;
  readonly mine: ReadonlyArray<{ readonly file: string; readonly line: number; readonly samples: number }>;
}

/** What the recording script counted by itself; a profile that is not in it fails the journey. */
async function expectedOf(workspace: string, profile: string): Promise<Expected> {
  const all = JSON.parse(await readFile(path.join(workspace, 'profiles/expected.json'), 'utf8'));
  const expected: Expected | undefined = all[profile.replace(/^profiles\//, '')];
  if (expected === undefined) throw new Error(`profiles/expected.json does not know ${profile}`);
  return expected;
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
