import { CallNode } from '@ruby/prism/src/nodes.js';
import { gemName } from '../ruby/gemfile';
import type { ParsedRuby, RubyParser } from '../ruby/parseRuby';
import { Syntax } from '../ruby/syntax';
import type { TextEdit } from '../ruby/textRange';
import { addGem, type GemfileChange, removeGem, type WantedGem } from './gemfileEdit';
import { type KitFileState, kitFileState } from './kitFileState';

/** The Ruby that is written into applications; see `kit/`. Paths are those in the application, with `/`. */
export interface CaptureKit {
  readonly version: number;
  readonly gem: WantedGem;
  /** The file that loads the others: where there is no Rails, the user requires it. */
  readonly initializer: string;
  readonly files: ReadonlyArray<{ readonly path: string; readonly text: string }>;
}

/** An application's files, by path inside of it. */
export interface AppFiles {
  /** Null for what is not there. */
  read(path: string): Promise<string | null>;
  /** Names of the files in a folder. */
  list(folder: string): Promise<readonly string[]>;
}

export type CaptureChange =
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  /** A file of an older version of the kit, or one that the user wrote in. */
  | { readonly kind: 'replace'; readonly path: string; readonly text: string; readonly was: 'older' | 'changed' }
  | { readonly kind: 'delete'; readonly path: string; readonly was: 'same' | 'older' | 'changed' }
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[]; readonly what: string };

export type CapturePlan =
  /** Notes are sentences about what the user has to do or to know. Without changes there is nothing to do. */
  | { readonly ok: true; readonly changes: readonly CaptureChange[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

const gemfile = 'Gemfile';

/** What has to change in an application so that its worker can be recorded; nothing of the application is written here. */
export async function planAdding(app: AppFiles, kit: CaptureKit, parser: RubyParser): Promise<CapturePlan> {
  const text = await app.read(gemfile);
  if (text === null) return refused('There is no Gemfile here: capture can be added to an application with Bundler.');
  const lock = (await app.read('Gemfile.lock')) ?? '';
  const parsed = parser.parse(text, null);
  const gems = gemNames(parsed);
  if (!gems.has('sidekiq') && !/^ {4}sidekiq \(/m.test(lock)) {
    return refused(
      'The Gemfile names no sidekiq: the capture kit is for Sidekiq workers. Profile Allocations of This File records without it.',
    );
  }
  const states = await statesOf(app, kit);
  const foreign = states.filter(({ state }) => state === 'foreign').map(({ path }) => path);
  if (foreign.length > 0) {
    return refused(
      `${foreign.join(' and ')} ${foreign.length === 1 ? 'is' : 'are'} there already and not the kit's: rename or delete ` +
        `${foreign.length === 1 ? 'it' : 'them'} first.`,
    );
  }
  if (states.some(({ state }) => state === 'newer')) return refused(newerKit);
  const change = addGem(parsed, kit.gem);
  const changes = states.flatMap(({ path, text: wanted, state }): CaptureChange[] => {
    if (state === 'absent') return [{ kind: 'create', path, text: wanted }];
    return state === 'older' || state === 'changed' ? [{ kind: 'replace', path, text: wanted, was: state }] : [];
  });
  const notes = [
    ...noteOf(change),
    ...((await isRails(app, gems)) ? [] : [withoutRails(kit)]),
    ...(await otherRecordings(app, kit)),
  ];
  return { ok: true, changes: [...changes, ...editOf(change)], notes };
}

/** What has to change so that nothing of the kit is left: only what it wrote is touched. */
export async function planRemoving(app: AppFiles, kit: CaptureKit, parser: RubyParser): Promise<CapturePlan> {
  const states = await statesOf(app, kit);
  if (states.some(({ state }) => state === 'newer')) return refused(newerKit);
  const changes = states.flatMap(({ path, state }): CaptureChange[] =>
    state === 'same' || state === 'older' || state === 'changed' ? [{ kind: 'delete', path, was: state }] : [],
  );
  const text = (await app.read(gemfile)) ?? '';
  const parsed = parser.parse(text, null);
  const change = removeGem(parsed, kit.gem);
  const isRequired = changes.length > 0 && !(await isRails(app, gemNames(parsed)));
  const required = isRequired
    ? [`Take the require of ${kit.initializer} out of the file that Sidekiq is started with.`]
    : [];
  return { ok: true, changes: [...changes, ...editOf(change)], notes: [...noteOf(change), ...required] };
}

const newerKit = 'The files here were written by a newer version of Allocation Hotspots: update the extension.';

function refused(message: string): CapturePlan {
  return { ok: false, message };
}

interface KitFileHere {
  readonly path: string;
  readonly text: string;
  readonly state: KitFileState;
}

function statesOf(app: AppFiles, kit: CaptureKit): Promise<KitFileHere[]> {
  return Promise.all(
    kit.files.map(async ({ path, text }) => ({
      path,
      text,
      state: kitFileState(await app.read(path), text, kit.version),
    })),
  );
}

function gemNames(parsed: ParsedRuby | null): ReadonlySet<string> {
  if (parsed === null) return new Set();
  const names = new Syntax(parsed).nodes.map((node) => (node instanceof CallNode ? gemName(node) : null));
  return new Set(names.filter((name) => name !== null));
}

function editOf(change: GemfileChange): CaptureChange[] {
  return change.kind === 'edit' ? [{ kind: 'edit', path: gemfile, edits: change.edits, what: change.what }] : [];
}

function noteOf(change: GemfileChange): string[] {
  if (change.kind === 'refused') return [change.why];
  return change.kind === 'there' && change.note !== null ? [change.note] : [];
}

async function isRails(app: AppFiles, gems: ReadonlySet<string>): Promise<boolean> {
  if (gems.has('rails') || gems.has('railties')) return true;
  return (await app.read('config/application.rb'))?.includes('Rails') ?? false;
}

function withoutRails({ initializer }: CaptureKit): string {
  const file = initializer.replace(/\.rb$/, '');
  return (
    `This is no Rails application: require ${file} in the file that Sidekiq is started with (sidekiq -r FILE), by ` +
    `require_relative or File.expand_path.`
  );
}

/** StackProf has one recording per process: of two initializers that start one, the second does not. */
async function otherRecordings(app: AppFiles, { initializer }: CaptureKit): Promise<string[]> {
  const folder = 'config/initializers';
  const paths = (await app.list(folder)).map((name) => `${folder}/${name}`);
  const notes: string[] = [];
  for (const path of paths.filter((one) => one.endsWith('.rb') && one !== initializer)) {
    if (!/\bStackProf\.start\b/.test((await app.read(path)) ?? '')) continue;
    notes.push(
      `${path} starts StackProf too: a process has one recording, so take that out before you set SIDEKIQ_FLAMEGRAPH.`,
    );
  }
  return notes;
}
