import { resolve } from 'node:path';
import { causes } from '../findings/causes';
import { type ConfigurationFile, kindOf } from '../findings/configuration/configurationFile';
import { hotAllEvidence } from '../findings/evidence';
import type { Finding } from '../findings/judge';
import type { StringIndex } from '../profile/profile';
import type { MatchContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import { countFitting } from '../source/definitions';
import { type Analysis, analyseProfile } from './analyseProfile';
import { Application } from './application';
import type { Applied } from './applyUntilStable';
import { changeFiles } from './changeFiles';
import { chooseFile } from './chooseFile';
import { EXIT_FINE, sayError, usageError } from './cliError';
import { configurationIn, configurationOf } from './configuration';
import { findingsInText } from './findingsInText';
import type { SuggestArguments } from './parseArguments';
import { placeIn } from './placeIn';
import { projectContext } from './projectContext';
import { countsObjects, definitionsOf, type EvidenceOf, recordedEvidence } from './recordedEvidence';
import { isRubyName, type RubyFile, RubyFileError, readRubyFile } from './rubyFile';
import type { ParserSource } from './rubyParser';
import { sarifLog } from './sarif';
import { suggestJson } from './suggestJson';
import { suggestText } from './suggestText';
import type { Terminal } from './terminal';

/** What a file is called. */
export interface FileNames {
  /** The argument, or what leads there from the folder of the command: the path that is printed. */
  readonly input: string;
  /** Relative to the root with `/`, or null when it is outside. */
  readonly inRoot: string | null;
  /** Absolute, with `/`. */
  readonly path: string;
}

/** A file of the command line, as it was before any change. */
export interface OpenedFile {
  readonly names: FileNames;
  /** Null when it could not be read. */
  readonly file: RubyFile | null;
  /** False for configuration, which has no syntax to keep. */
  readonly isRuby: boolean;
  readonly problems: readonly FileProblem[];
  /** The wanted findings of what its text may become, by this file alone. */
  readonly find: (text: string) => Finding[];
}

/** What is to be said of one of the files. */
export interface FileSuggestions extends FileNames {
  /** False for a file that only a fix of another one changes. */
  readonly isNamed: boolean;
  /** As the profiles know the text before any change; of the wanted patterns. */
  readonly findings: readonly Finding[];
  readonly problems: readonly FileProblem[];
  readonly before: string;
  /** What the wanted fixes make of the text; null when it has none to make. */
  readonly applied: Applied | null;
  /** Whether that was written. */
  readonly written: boolean;
}

/** Why a file has no findings or edits though nothing is wrong with the command. */
export interface FileProblem {
  readonly code: 'not-ruby' | 'not-in-profile' | 'no-objects' | 'syntax-errors' | 'unreadable' | 'unwritable';
  /** One sentence. */
  readonly message: string;
  readonly file: string;
}

/** `suggest`: findings and edits for files, which `--apply` makes. */
export async function suggest(
  command: SuggestArguments,
  terminal: Terminal,
  parserSource: ParserSource,
): Promise<number> {
  const { folder } = terminal;
  const unknown = command.only.find((id) => !causes.some((cause) => cause.id === id));
  if (unknown !== undefined) {
    return sayError(terminal, command.format, usageError(`--only takes the id of a finding, not '${unknown}'`));
  }
  const analyses: Analysis[] = [];
  for (const input of command.profiles) {
    const result = await analyseProfile(input, command, folder);
    if (!result.ok) {
      const { reason, message, offset } = result.error;
      return sayError(terminal, command.format, { code: reason, message, offset }, input);
    }
    analyses.push(result.analysis);
  }
  const parser = await parserSource();
  const root = resolve(folder, command.root ?? '.');
  const metadata = analyses.flatMap(({ profile }) => profile.metadata);
  const context = await projectContext(root, parser, metadata, command);
  const application = new Application(root, parser, context);
  const configuration = await configurationOf(root);
  const run: Run = { command, terminal, analyses, parser, context, root, configuration, application };

  const all = await changeFiles(await openAll(command.files, run), run);
  let exitCode = EXIT_FINE;
  for (const { input, problems } of all) {
    for (const { code, message } of problems) {
      if (code !== 'unreadable' && code !== 'unwritable') continue;
      exitCode = Math.max(exitCode, sayError(terminal, command.format, { code, message, offset: null }, input));
    }
  }
  for (const chunk of rendered(all, run)) terminal.write(chunk);
  return exitCode;
}

export interface Run {
  readonly command: SuggestArguments;
  readonly terminal: Terminal;
  readonly analyses: readonly Analysis[];
  readonly parser: RubyParser;
  readonly context: MatchContext;
  readonly root: string;
  readonly configuration: readonly ConfigurationFile[];
  readonly application: Application;
}

function rendered(all: readonly FileSuggestions[], { command, terminal, root }: Run): Iterable<string> {
  switch (command.output) {
    case 'text':
      return [suggestText(all, command.apply, terminal)];
    case 'json':
      return suggestJson(all, command.apply, terminal.folder);
    case 'sarif':
      return [sarifLog(all, root)];
  }
}

/** In the order given; a file that is named twice counts once. */
async function openAll(inputs: readonly string[], run: Run): Promise<OpenedFile[]> {
  const seen = new Set<string>();
  const opened: OpenedFile[] = [];
  for (const input of inputs) {
    const one = await openFile(input, run);
    if (one.file !== null && seen.has(one.file.path)) continue;
    if (one.file !== null) seen.add(one.file.path);
    opened.push(one);
  }
  return opened;
}

async function openFile(input: string, run: Run): Promise<OpenedFile> {
  const asked = resolve(run.terminal.folder, input);
  const names = namesOf(input, asked, run.root);
  let file: RubyFile;
  try {
    file = await readRubyFile(asked);
  } catch (error) {
    if (!(error instanceof RubyFileError)) throw error;
    const problem: FileProblem = { code: 'unreadable', message: error.message, file: input };
    return { names, file: null, isRuby: false, problems: [problem], find: () => [] };
  }
  const kind = names.inRoot === null ? null : kindOf(names.inRoot);
  const isRuby = isRubyName(asked) && (kind === null || kind === 'ruby');
  if (!isRuby && kind === null) {
    const message = 'Only Ruby files are looked at, no templates.';
    return { names, file, isRuby, problems: [{ code: 'not-ruby', message, file: input }], find: () => [] };
  }
  const { evidence, problem } = isRuby ? evidenceFor(input, asked, file, run) : noEvidence;
  const configured = await configurationIn(run.configuration, names.inRoot ?? '', file.path, run.parser);
  const { only } = run.command;
  const find = (text: string): Finding[] => {
    const found = findingsInText(
      run.parser,
      text,
      run.context,
      evidence.map((evidenceOf) => evidenceOf(text)),
    );
    // Where all lines count, those of Ruby's text are there already.
    const more = configured(text).filter((one) => !found.some(({ id }) => id === one.id));
    return [...found, ...more].filter(({ id }) => only.length === 0 || only.includes(id));
  };
  await run.application.prepareFor(find(file.text));
  const problems: FileProblem[] = problem === null ? [] : [problem];
  if (isRuby && run.parser.parse(file.text, run.context.ruby)?.errors !== 0) {
    const message = 'The file has syntax errors, or is nested too deeply: no edits until that is gone.';
    problems.push({ code: 'syntax-errors', message, file: input });
  }
  return { names, file, isRuby, problems, find };
}

/** What a profile says of a file that is no Ruby. */
const noEvidence = { evidence: [], problem: null };

function evidenceFor(
  input: string,
  asked: string,
  file: RubyFile,
  { analyses, terminal }: Run,
): { readonly evidence: readonly EvidenceOf[]; readonly problem: FileProblem | null } {
  if (analyses.length === 0) return { evidence: [() => hotAllEvidence(file.path)], problem: null };
  const counting = analyses.filter(countsObjects);
  if (counting.length === 0) {
    const message = 'No profile counts objects, and findings are about their number.';
    return { evidence: [], problem: { code: 'no-objects', message, file: input } };
  }
  const recorded = counting.map((analysis) => recordedFilesOf(analysis, [asked, file.path], input, file, terminal));
  if (recorded.every((files) => files.length === 0)) {
    const message = 'No profile has samples of this file: see --root and --path-map.';
    return { evidence: [], problem: { code: 'not-in-profile', message, file: input } };
  }
  const evidence = counting.map((analysis, at) => recordedEvidence(analysis, recorded[at]!, file.path));
  return { evidence: evidence.filter((one) => one !== null), problem: null };
}

/**
 * The recorded files that are a file: those that map to it, else the one that its name means and whose definitions stand
 * where its text has them.
 */
function recordedFilesOf(
  analysis: Analysis,
  paths: readonly string[],
  input: string,
  { text }: RubyFile,
  { folder }: Terminal,
): readonly StringIndex[] {
  const { sources, lines } = analysis;
  const here = new Set(paths.map(withSlashes));
  const mapped = [...new Set(lines.file)].filter((file) => here.has(sources.path[file] ?? ''));
  if (mapped.length > 0) return mapped;
  return chooseFile(analysis, input, folder).files.filter((file) => {
    const definitions = definitionsOf(analysis).get(file) ?? [];
    return (sources.path[file] ?? null) === null && countFitting(definitions, text) * 2 >= definitions.length;
  });
}

export function namesOf(input: string, asked: string, root: string): FileNames {
  return { input, path: withSlashes(asked), inRoot: placeIn(root, asked) };
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
