/** What is run to profile a file, a test or a job, as one program with arguments and environment: no shell, so nothing to quote. */

export type ProfileTarget =
  | { readonly kind: 'script'; readonly file: string; readonly args: readonly string[] }
  /** `line` 1-based; null: the whole file. */
  | { readonly kind: 'rspec'; readonly file: string; readonly line: number | null }
  /** `test`: what `-n` takes. */
  | { readonly kind: 'minitest'; readonly file: string; readonly line: number | null; readonly test: string | null }
  /** Ruby that runs the job in the application: `SyncJob.perform_now(1)`. */
  | { readonly kind: 'job'; readonly code: string };

/** Paths of files are relative to the application's folder where they are in it. */
export interface Application {
  /** Absolute; where the program runs. */
  readonly root: string;
  readonly hasGemfile: boolean;
  /** There is `bin/rails`. */
  readonly isRails: boolean;
}

export interface RecordingOptions {
  /** The Ruby program. */
  readonly ruby: string;
  /** Absolute path of `media/ruby/profile_allocations.rb`. */
  readonly recorder: string;
  /** Absolute folder of the dumps. */
  readonly folder: string;
  /** Every n-th allocation is a sample. */
  readonly interval: number;
}

export interface ProfileRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The process that profiles a target. Its dump is `dumpOf` its process id. Throws for a job outside of Rails. */
export function profileRun(target: ProfileTarget, app: Application, options: RecordingOptions): ProfileRun {
  const bundler = app.hasGemfile ? { BUNDLE_GEMFILE: joined(app.root, 'Gemfile') } : {};
  // One process, which is the one that records: no spring server, no workers.
  const rails = app.isRails ? { DISABLE_SPRING: '1', PARALLEL_WORKERS: '1' } : {};
  return {
    program: options.ruby,
    args: [...(app.hasGemfile ? ['-rbundler/setup'] : []), '-r', options.recorder, ...programOf(target, app)],
    env: {
      ...bundler,
      ...rails,
      ALLOCATION_HOTSPOTS_OUT: joined(options.folder, `stackprof_${fileSafe(titleOf(target))}`),
      ALLOCATION_HOTSPOTS_INTERVAL: String(options.interval),
      ALLOCATION_HOTSPOTS_FROM: beginningOf[target.kind],
      ALLOCATION_HOTSPOTS_RUN: titleOf(target),
      ...(target.kind === 'job' ? { ALLOCATION_HOTSPOTS_CODE: target.code } : {}),
    },
    cwd: app.root,
  };
}

/** Short name of a target: `spec/a_spec.rb:12`. */
export function titleOf(target: ProfileTarget): string {
  switch (target.kind) {
    case 'script':
      return [target.file, ...target.args].join(' ');
    case 'rspec':
      return target.line === null ? target.file : `${target.file}:${target.line}`;
    case 'minitest':
      return target.line === null ? target.file : `${target.file}:${target.line}`;
    case 'job':
      return target.code.trim().replace(/\s+/g, ' ');
  }
}

/** The newest dump that a process wrote, of the names in its folder; null when there is none. */
export function dumpOf(pid: number, names: readonly string[]): string | null {
  const secondsOf = (name: string): number => Number(/_(\d+)\.dump$/.exec(name)?.[1] ?? 0);
  const own = names.filter((name) => new RegExp(`_${pid}_\\d+\\.dump$`).test(name));
  return own.sort((a, b) => secondsOf(b) - secondsOf(a))[0] ?? null;
}

/** How a program ends whose Ruby has no StackProf; see `profile_allocations.rb`. */
export const exitWithoutStackprof = 78;

const beginningOf = { script: 'start', rspec: 'rspec', minitest: 'minitest', job: 'call' } as const;

/** What a Rails runner evaluates: the text comes by the environment, so that no quote in it can end anything. */
const runJob = 'ProfileAllocations.record { eval(ENV.fetch("ALLOCATION_HOTSPOTS_CODE"), TOPLEVEL_BINDING, "(job)") }';

function programOf(target: ProfileTarget, { isRails }: Application): readonly string[] {
  switch (target.kind) {
    case 'script':
      return [target.file, ...target.args];
    case 'rspec':
      return ['-e', 'load Gem.bin_path("rspec-core", "rspec")', '--', titleOf(target)];
    case 'minitest': {
      if (isRails) return ['bin/rails', 'test', titleOf(target)];
      const only = target.test === null ? [] : ['-n', target.test];
      return ['-Ilib', '-Itest', target.file, ...only];
    }
    case 'job':
      if (!isRails) throw new Error('A job can be run where there is bin/rails.');
      return ['bin/rails', 'runner', runJob];
  }
}

function joined(folder: string, name: string): string {
  return folder.endsWith('/') || folder.endsWith('\\') ? `${folder}${name}` : `${folder}/${name}`;
}

function fileSafe(title: string): string {
  return (
    title
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(-60) || 'run'
  );
}
