import { relative, resolve } from 'node:path';
import { changesOtherFiles } from '../findings/applyFixes';
import type { Finding } from '../findings/judge';
import type { Fix, Safety } from '../ruby/pattern';
import { applyEdits } from '../ruby/textRange';
import { applyUntilStable, type MadeFix } from './applyUntilStable';
import { type RubyFile, RubyFileError, readRubyFile, writeRubyFiles } from './rubyFile';
import { type FileProblem, type FileSuggestions, namesOf, type OpenedFile, type Run } from './suggest';

const MOST_ROUNDS = 20;

/**
 * The findings of the files, and what the wanted fixes make of these and of the others that those change; with `--apply` it is
 * written. Fixes of several files go first, since they are about the cause; files that they tie together are written all or
 * not at all. Done once more, it does nothing.
 */
export async function changeFiles(opened: readonly OpenedFile[], run: Run): Promise<FileSuggestions[]> {
  const work = new Work(run);
  for (const one of opened) work.add(one);
  const findings = opened.map((one) => work.findingsOf(one));
  const least = run.command.apply ?? 'review';
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = work.version;
    while (await work.applyAcross(opened, least));
    for (const one of opened) work.applyWithin(one, least);
    if (work.version === before) break;
  }
  const written = run.command.apply === null ? new Map<string, string | null>() : await work.write();
  const named = opened.map((one, at) => suggestionsOf(one, findings[at]!, least, work, written));
  const shown = new Set(opened.flatMap(({ file }) => (file === null ? [] : [file.path])));
  const others = [...work.files.values()].filter(({ path }) => !shown.has(path));
  return [...named, ...others.map((file) => otherOf(file, work, written, run))];
}

/** Texts as they are to become, by real path. */
class Work {
  readonly files = new Map<string, RubyFile>();
  readonly texts = new Map<string, string>();
  readonly made = new Map<string, MadeFix[]>();
  /** Grows with every change. */
  version = 0;
  /** Paths that a fix of several files tied together. */
  private readonly ties: (readonly string[])[] = [];
  /** Fixes that could not be made; they are not tried again. */
  private readonly refused = new Set<string>();

  constructor(private readonly run: Run) {}

  add({ file }: OpenedFile): void {
    if (file !== null) this.files.set(file.path, file);
  }

  findingsOf({ file, find }: OpenedFile): Finding[] {
    return file === null ? [] : this.consider(find(this.textOf(file)));
  }

  textOf({ path, text }: RubyFile): string {
    return this.texts.get(path) ?? text;
  }

  /** Makes one fix of several files; false when there is none left. */
  async applyAcross(opened: readonly OpenedFile[], least: 'safe' | 'review'): Promise<boolean> {
    for (const one of opened) {
      if (one.file === null) continue;
      for (const finding of this.findingsOf(one)) {
        const { fix, safety } = finding;
        if (fix === null || !changesOtherFiles(fix) || !mayApply(safety, least)) continue;
        const key = JSON.stringify([one.file.path, fix.edits]);
        if (this.refused.has(key)) continue;
        if (await this.applyFix(finding, fix, one, one.file)) return true;
        this.refused.add(key);
      }
    }
    return false;
  }

  /** Makes the fixes of one file, as far as they go. */
  applyWithin(one: OpenedFile, least: 'safe' | 'review'): void {
    const { file } = one;
    if (file === null) return;
    const text = this.textOf(file);
    const find = (now: string): Finding[] =>
      this.consider(one.find(now), file.path, now).filter(({ safety }) => mayApply(safety, least));
    if (!find(text).some(({ fix }) => fix !== null && !changesOtherFiles(fix))) return;
    const applied = applyUntilStable(text, find, (now) => !one.isRuby || this.parses(now));
    if (applied.text !== text) this.change(file.path, applied.text, applied.made);
  }

  /** Path -> null when it was written, else why not. Only of files that changed. */
  async write(): Promise<Map<string, string | null>> {
    const results = new Map<string, string | null>();
    for (const group of this.groups()) {
      const changes = group.flatMap((path) => {
        const file = this.files.get(path);
        return file === undefined || this.textOf(file) === file.text ? [] : [{ file, text: this.textOf(file) }];
      });
      let reason: string | null = null;
      try {
        await writeRubyFiles(changes);
      } catch (error) {
        if (!(error instanceof RubyFileError)) throw error;
        reason = error.message;
      }
      for (const { file } of changes) results.set(file.path, reason);
    }
    return results;
  }

  /** Sets of files that are written together: those that share a fix, and what those share. */
  private groups(): string[][] {
    const groups: Set<string>[] = [...this.files.keys()].map((path) => new Set([path]));
    for (const tie of this.ties) {
      const joined = groups.filter((group) => tie.some((path) => group.has(path)));
      for (const group of joined.slice(1)) {
        for (const path of group) joined[0]!.add(path);
        groups.splice(groups.indexOf(group), 1);
      }
    }
    return groups.map((group) => [...group]);
  }

  private consider(findings: readonly Finding[], path: string | null = null, text = ''): Finding[] {
    const texts = path === null ? this.texts : new Map(this.texts).set(path, text);
    return this.run.application.consider(findings, texts);
  }

  private parses(text: string): boolean {
    return this.run.parser.parse(text, this.run.context.ruby)?.errors === 0;
  }

  private change(path: string, text: string, made: readonly MadeFix[]): void {
    this.texts.set(path, text);
    this.made.set(path, [...(this.made.get(path) ?? []), ...made]);
    this.version++;
  }

  /** False when one of the files cannot be changed, or would not parse: then none is. */
  private async applyFix(finding: Finding, fix: Fix, { names }: OpenedFile, own: RubyFile): Promise<boolean> {
    const paths = [...new Set(fix.edits.map(({ path }) => path ?? own.path))];
    const changes: { readonly file: RubyFile; readonly text: string }[] = [];
    for (const path of paths) {
      const file = this.files.get(path) ?? (await readOther(path));
      if (file === null) return false;
      const text = applyEdits(
        this.textOf(file),
        fix.edits.filter((edit) => (edit.path ?? own.path) === path),
      );
      if (!this.parses(text)) return false;
      changes.push({ file, text });
    }
    for (const { file, text } of changes) {
      this.files.set(file.path, file);
      this.change(file.path, text, [{ finding, fix, ...(file === own ? {} : { from: names.input }) }]);
    }
    this.ties.push(paths);
    return true;
  }
}

/** Null when it cannot be read as what the application was seen to have. */
async function readOther(path: string): Promise<RubyFile | null> {
  try {
    const file = await readRubyFile(path);
    return file.encoding === 'utf8' && file.path === path ? file : null;
  } catch (error) {
    if (error instanceof RubyFileError) return null;
    throw error;
  }
}

function suggestionsOf(
  { names, file, problems }: OpenedFile,
  findings: readonly Finding[],
  least: 'safe' | 'review',
  work: Work,
  written: ReadonlyMap<string, string | null>,
): FileSuggestions {
  const before = file?.text ?? '';
  const made = file === null ? [] : (work.made.get(file.path) ?? []);
  const isWanted = made.length > 0 || findings.some(({ safety, fix }) => fix !== null && mayApply(safety, least));
  return {
    ...names,
    ...{ isNamed: true, findings, before },
    problems: [...problems, ...unwritable(file, names.input, written)],
    applied: file !== null && isWanted ? { text: work.textOf(file), made } : null,
    written: file !== null && written.get(file.path) === null,
  };
}

/** A file that nobody named. */
function otherOf(
  file: RubyFile,
  work: Work,
  written: ReadonlyMap<string, string | null>,
  { terminal, root }: Run,
): FileSuggestions {
  const input = relative(terminal.folder, file.path);
  return {
    ...namesOf(input, resolve(file.path), root),
    ...{ isNamed: false, findings: [], before: file.text },
    problems: unwritable(file, input, written),
    applied: { text: work.textOf(file), made: work.made.get(file.path) ?? [] },
    written: written.get(file.path) === null,
  };
}

function unwritable(file: RubyFile | null, input: string, written: ReadonlyMap<string, string | null>): FileProblem[] {
  const message = file === null ? null : (written.get(file.path) ?? null);
  return message === null ? [] : [{ code: 'unwritable', message, file: input }];
}

function mayApply(safety: Safety, least: 'safe' | 'review'): boolean {
  return safety === 'safe' || safety === least;
}
