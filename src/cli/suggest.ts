import { resolve } from 'node:path';
import { causes } from '../findings/causes';
import { type ConfigurationFile, kindOf } from '../findings/configuration/configurationFile';
import { hotAllEvidence } from '../findings/evidence';
import type { Finding } from '../findings/judge';
import type { StringIndex } from '../profile/profile';
import type { MatchContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import type { Safety } from '../ruby/pattern';
import { countFitting } from '../source/definitions';
import { type Analysis, analyseProfile } from './analyseProfile';
import { type Applied, applyUntilStable } from './applyUntilStable';
import { chooseFile } from './chooseFile';
import { EXIT_FINE, sayError, usageError } from './cliError';
import { configurationIn, configurationOf } from './configuration';
import { findingsInText } from './findingsInText';
import type { SuggestArguments } from './parseArguments';
import { placeIn } from './placeIn';
import { projectContext } from './projectContext';
import { countsObjects, definitionsOf, type EvidenceOf, recordedEvidence } from './recordedEvidence';
import { isRubyName, type RubyFile, RubyFileError, readRubyFile, writeRubyFile } from './rubyFile';
import type { ParserSource } from './rubyParser';
import { sarifLog } from './sarif';
import { suggestJson } from './suggestJson';
import { suggestText } from './suggestText';
import type { Terminal } from './terminal';

/** What is to be said of one of the files. */
export interface FileSuggestions {
  /** The argument: the path that is printed. */
  readonly input: string;
  /** Relative to the root with `/`, or null when it is outside. */
  readonly inRoot: string | null;
  /** Absolute, with `/`. */
  readonly path: string;
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
  const run: Run = { command, terminal, analyses, parser, context, root, configuration: await configurationOf(root) };

  let exitCode = EXIT_FINE;
  const all: FileSuggestions[] = [];
  const seen = new Set<string>();
  for (const input of command.files) {
    const one = await suggestionsFor(input, run, seen);
    if (one === null) continue;
    for (const { code, message } of one.problems) {
      if (code !== 'unreadable' && code !== 'unwritable') continue;
      exitCode = Math.max(exitCode, sayError(terminal, command.format, { code, message, offset: null }, input));
    }
    all.push(one);
  }
  for (const chunk of rendered(all, run)) terminal.write(chunk);
  return exitCode;
}

interface Run {
  readonly command: SuggestArguments;
  readonly terminal: Terminal;
  readonly analyses: readonly Analysis[];
  readonly parser: RubyParser;
  readonly context: MatchContext;
  readonly root: string;
  readonly configuration: readonly ConfigurationFile[];
}

function rendered(all: readonly FileSuggestions[], { command, terminal, root }: Run): Iterable<string> {
  switch (command.output) {
    case 'text':
      return [suggestText(all, command.apply, terminal)];
    case 'json':
      return suggestJson(all, command.apply);
    case 'sarif':
      return [sarifLog(all, root)];
  }
}

/** Null for a file that was named before. */
async function suggestionsFor(input: string, run: Run, seen: Set<string>): Promise<FileSuggestions | null> {
  const asked = resolve(run.terminal.folder, input);
  const nothing = (problems: readonly FileProblem[]): FileSuggestions => ({
    ...namesOf(input, asked, run.root),
    findings: [],
    problems,
    before: '',
    applied: null,
    written: false,
  });
  let file: RubyFile;
  try {
    file = await readRubyFile(asked);
  } catch (error) {
    if (error instanceof RubyFileError) return nothing([{ code: 'unreadable', message: error.message, file: input }]);
    throw error;
  }
  if (seen.has(file.path)) return null;
  seen.add(file.path);
  const { inRoot } = namesOf(input, asked, run.root);
  const kind = inRoot === null ? null : kindOf(inRoot);
  const isRuby = isRubyName(asked) && (kind === null || kind === 'ruby');
  if (!isRuby && kind === null) {
    return nothing([{ code: 'not-ruby', message: 'Only Ruby files are looked at, no templates.', file: input }]);
  }

  const { evidence, problem } = isRuby ? evidenceFor(input, asked, file, run) : noEvidence;
  const configured = await configurationIn(run.configuration, inRoot ?? '', file.path, run.parser);
  const problems: FileProblem[] = problem === null ? [] : [problem];
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
  const findings = find(file.text);
  const parses = (text: string): boolean => !isRuby || run.parser.parse(text, run.context.ruby)?.errors === 0;
  if (!parses(file.text)) {
    const message = 'The file has syntax errors, or is nested too deeply: no edits until that is gone.';
    problems.push({ code: 'syntax-errors', message, file: input });
  }
  const least = run.command.apply ?? 'review';
  const applied = findings.some((one) => mayApply(one.safety, least) && one.fix !== null)
    ? applyUntilStable(file.text, (text) => find(text).filter(({ safety }) => mayApply(safety, least)), parses)
    : null;
  let written = false;
  if (run.command.apply !== null && applied !== null && applied.text !== file.text) {
    try {
      await writeRubyFile(file, applied.text);
      written = true;
    } catch (error) {
      if (!(error instanceof RubyFileError)) throw error;
      problems.push({ code: 'unwritable', message: error.message, file: input });
    }
  }
  return { ...namesOf(input, asked, run.root), findings, problems, before: file.text, applied, written };
}

function mayApply(safety: Safety, least: 'safe' | 'review'): boolean {
  return safety === 'safe' || safety === least;
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

function namesOf(input: string, asked: string, root: string) {
  return { input, path: withSlashes(asked), inRoot: placeIn(root, asked) };
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
