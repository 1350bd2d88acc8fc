import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { inRepository, run } from '../../scripts/run.mjs';

/** What a run of the example app's jobs did. */
export interface Recorded {
  /** In the workspace. */
  readonly dump: string;
  /** Exact number of objects that the worker allocated. */
  readonly objects: number;
  /** Digests of the rows and files that the jobs have written. */
  readonly written: string;
  readonly findings: readonly ReportedFinding[];
  /** Objects charged to the app's lines, by `path:line`. */
  readonly lines: ReadonlyMap<string, number>;
}

export interface ReportedFinding {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly fixTitle: string | null;
}

/**
 * Records the app in the workspace as it is now: a Sidekiq process that runs all jobs, with PostgreSQL, and, for what
 * they write, the same jobs one after the other in one thread.
 */
export async function recordWorker(workspace: string, name: string): Promise<Recorded> {
  const dump = `tmp/stackprof_${name}.dump`;
  const record = 'script/record --sidekiq --interval 97 --out "$0" && script/record --out "$1"';
  const { output } = await run('script/with_servers', ['sh', '-ec', record, dump, `tmp/jobs_${name}.dump`], {
    cwd: workspace,
  });
  const written = output.split('\n').findLast((line) => line.startsWith('{"objects":'));
  if (written === undefined) throw new Error(`script/record does not say what the jobs wrote:\n${output}`);
  return { dump, written: written.replace(/"objects":\d+,/, ''), ...(await report(workspace, dump)) };
}

async function report(workspace: string, dump: string): Promise<Pick<Recorded, 'objects' | 'findings' | 'lines'>> {
  const args = [inRepository('dist/cli.js'), 'report', dump, '--root', '.', '--format', 'json'];
  const { output } = await run(process.execPath, args, { cwd: workspace });
  const { profile, findings, lines }: Report = JSON.parse(output);
  if (!profile.objectsExact) throw new Error(`${dump} does not count its objects: ${JSON.stringify(profile)}`);
  return {
    objects: profile.objects,
    findings: findings.map(({ fix, ...finding }) => ({ ...finding, fixTitle: fix?.title ?? null })),
    lines: new Map(lines.map(({ path, file, line, own }) => [`${path ?? file}:${line}`, own * profile.perSample])),
  };
}

/** The part of `report --format json` that is read here; see docs/cli.md. */
interface Report {
  readonly profile: { readonly objects: number; readonly objectsExact: boolean; readonly perSample: number };
  readonly findings: readonly {
    readonly id: string;
    readonly file: string;
    readonly line: number;
    readonly fix: { readonly title: string } | null;
  }[];
  readonly lines: readonly {
    readonly path: string | null;
    readonly file: string;
    readonly line: number;
    readonly own: number;
  }[];
}

/** Text of all Ruby files that a fix may change, to see that it did. */
export async function appText(workspace: string, files: readonly string[]): Promise<string> {
  const texts = await Promise.all(files.map((file) => readFile(path.join(workspace, file), 'utf8')));
  return texts.join('\n');
}
