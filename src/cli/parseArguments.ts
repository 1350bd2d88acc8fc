import { parseArgs } from 'node:util';
import type { Scaling } from '../profile/comparison';
import { type ExportFormat, exportFormats } from '../profile/exports/exportProfile';
import type { GroupBy, Lens } from '../profile/lens';

export type OutputFormat = 'text' | 'json';

/** What every command that reads profiles is told. */
export interface ProfileArguments {
  readonly profiles: readonly string[];
  /** Folder of the application, as given; null: the current folder. */
  readonly root: string | null;
  /** Recorded prefix -> local folder. */
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly lens: Lens;
  readonly format: OutputFormat;
  /** Rows to show, or null for the command's default. */
  readonly top: number | null;
}

/** The least careful class of fixes that `--apply` makes. */
export type ApplyLevel = 'safe' | 'review';

/** What `suggest` is told. */
export interface SuggestArguments {
  readonly files: readonly string[];
  /** None: every line counts as hot. */
  readonly profiles: readonly string[];
  readonly root: string | null;
  readonly pathMappings: Readonly<Record<string, string>>;
  /** Versions that go before what the application's folder says; null: not told. */
  readonly ruby: string | null;
  readonly rails: string | null;
  /** Null: files stay as they are. */
  readonly apply: ApplyLevel | null;
  /** Ids of the wanted findings; none: all. */
  readonly only: readonly string[];
  readonly output: OutputFormat | 'sarif';
  /** How errors are said. */
  readonly format: OutputFormat;
}

/** What `diff` is told. */
export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly root: string | null;
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly lens: Lens;
  readonly scaling: Scaling;
  readonly output: OutputFormat | 'markdown';
  /** How errors are said. */
  readonly format: OutputFormat;
  readonly top: number | null;
}

/** What `check` is told. */
export interface CheckArguments {
  readonly profiles: readonly string[];
  /** Null: `.allocation-budget.json` of the root. */
  readonly budget: string | null;
  /** None: growth is not checked. */
  readonly baselines: readonly string[];
  /** Whatever could not be checked or proved counts as over. */
  readonly strict: boolean;
  readonly root: string | null;
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly output: OutputFormat | 'sarif';
  /** How errors are said. */
  readonly format: OutputFormat;
}

/** What `jobs` is told. */
export interface JobsArguments {
  /** Files in the order of their time; `-`: standard input. */
  readonly logs: readonly string[];
  readonly format: OutputFormat;
}

/** What `convert` is told. */
export interface ConvertArguments {
  readonly profiles: readonly string[];
  readonly to: ExportFormat;
  /** Null: standard output. */
  readonly out: string | null;
  readonly by: GroupBy;
  readonly lens: Lens;
  readonly root: string | null;
  readonly pathMappings: Readonly<Record<string, string>>;
  /** How errors are said. */
  readonly format: OutputFormat;
}

export type Command =
  | ({ readonly kind: 'report' } & ProfileArguments)
  | ({ readonly kind: 'lines'; readonly file: string } & ProfileArguments)
  | ({ readonly kind: 'diff' } & DiffArguments)
  | ({ readonly kind: 'suggest' } & SuggestArguments)
  | ({ readonly kind: 'check' } & CheckArguments)
  | ({ readonly kind: 'jobs' } & JobsArguments)
  | ({ readonly kind: 'convert' } & ConvertArguments)
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export type ParsedArguments =
  | { readonly ok: true; readonly command: Command }
  /** One sentence; `format`: how the error is wanted, as far as it can be told. */
  | { readonly ok: false; readonly message: string; readonly format: OutputFormat };

const OPTIONS = {
  root: { type: 'string' },
  'path-map': { type: 'string', multiple: true },
  lens: { type: 'string' },
  top: { type: 'string' },
  format: { type: 'string' },
  file: { type: 'string' },
  profile: { type: 'string', multiple: true },
  hot: { type: 'string' },
  ruby: { type: 'string' },
  rails: { type: 'string' },
  apply: { type: 'string' },
  only: { type: 'string', multiple: true },
  budget: { type: 'string' },
  baseline: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  to: { type: 'string' },
  out: { type: 'string' },
  by: { type: 'string' },
  normalize: { type: 'boolean' },
  'jobs-before': { type: 'string' },
  'jobs-after': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

const OPTIONS_OF = {
  report: ['root', 'path-map', 'lens', 'top', 'format'],
  lines: ['root', 'path-map', 'lens', 'top', 'format', 'file'],
  diff: ['root', 'path-map', 'lens', 'top', 'format', 'normalize', 'jobs-before', 'jobs-after'],
  suggest: ['root', 'path-map', 'format', 'profile', 'hot', 'ruby', 'rails', 'apply', 'only'],
  check: ['root', 'path-map', 'format', 'budget', 'baseline', 'strict'],
  convert: ['root', 'path-map', 'lens', 'to', 'out', 'by'],
  jobs: ['format'],
} as const;

const INPUT_OF: Readonly<Record<keyof typeof OPTIONS_OF, string>> = {
  report: 'PROFILE',
  lines: 'PROFILE',
  diff: 'PROFILE',
  suggest: 'FILE',
  check: 'PROFILE',
  convert: 'PROFILE',
  jobs: 'LOG',
};

/** Reads the command line; `args` without node and script. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const format = wantedFormat(args);
  const refuse = (message: string): ParsedArguments => ({ ok: false, message, format });
  let values: Values;
  let positionals: string[];
  try {
    ({ values, positionals } = parse(args));
  } catch (error) {
    return refuse(firstSentence(error));
  }
  if (values.help || positionals[0] === 'help') return { ok: true, command: { kind: 'help' } };
  if (values.version) return { ok: true, command: { kind: 'version' } };
  const [kind, ...inputs] = positionals;
  const help = 'use report, lines, diff, suggest, check, convert or jobs (see --help)';
  if (kind === undefined) return refuse(`No command: ${help}`);
  if (!isKind(kind)) return refuse(`Unknown command ${quoted(kind)}: ${help}`);
  for (const option of Object.keys(values)) {
    if (!OPTIONS_OF[kind].some((known) => known === option)) return refuse(`${kind} has no option --${option}`);
  }
  if (kind === 'diff' && inputs.length !== 2) return refuse('diff needs two profiles: BEFORE AFTER');
  if (inputs.length === 0) return refuse(`${kind} needs a ${INPUT_OF[kind]} to read`);

  const pathMappings: Record<string, string> = Object.create(null);
  for (const rule of values['path-map'] ?? []) {
    const equals = rule.indexOf('=');
    if (equals < 0 || equals === rule.length - 1) return refuse(`--path-map takes FROM=TO, not ${quoted(rule)}`);
    pathMappings[rule.slice(0, equals)] = rule.slice(equals + 1);
  }
  const root = values.root ?? null;
  if (kind === 'suggest') {
    const read = suggestOptions(values);
    if (typeof read === 'string') return refuse(read);
    return { ok: true, command: { kind, files: inputs, root, pathMappings, format, ...read } };
  }
  if (kind === 'jobs') {
    const { format: wanted = 'text' } = values;
    if (wanted !== 'text' && wanted !== 'json') return refuse(`Unknown format ${quoted(wanted)}: use text or json`);
    return { ok: true, command: { kind, logs: inputs, format: wanted } };
  }
  if (kind === 'check') {
    const { budget = null, baseline: baselines = [], strict = false, format: output = 'text' } = values;
    if (!isLogFormat(output)) return refuse(unknownLogFormat(output));
    const asked = { profiles: inputs, budget, baselines, strict, root, pathMappings, output, format };
    return { ok: true, command: { kind, ...asked } };
  }
  const lens = values.lens ?? 'mine';
  if (!isLens(lens)) return refuse(`Unknown lens ${quoted(lens)}: use recorded, caller or mine`);
  if (kind === 'convert') {
    const read = convertOptions(values);
    if (typeof read === 'string') return refuse(read);
    return { ok: true, command: { kind, profiles: inputs, root, pathMappings, lens, format, ...read } };
  }
  const { format: output = 'text' } = values;
  if (output !== 'text' && output !== 'json' && !(output === 'markdown' && kind === 'diff')) {
    return refuse(`Unknown format ${quoted(output)}: use text${kind === 'diff' ? ', json or markdown' : ' or json'}`);
  }
  if (values.top !== undefined && !/^[1-9]\d{0,8}$/.test(values.top)) {
    return refuse(`--top takes a number of rows from 1, not ${quoted(values.top)}`);
  }
  const top = values.top === undefined ? null : Number(values.top);
  if (kind === 'diff') {
    const scaling = scalingOf(values);
    if (typeof scaling === 'string') return refuse(scaling);
    const [before, after] = [inputs[0]!, inputs[1]!];
    return { ok: true, command: { kind, before, after, root, pathMappings, lens, scaling, output, format, top } };
  }
  const common: ProfileArguments = { profiles: inputs, root, pathMappings, lens, format, top };
  if (kind === 'report') return { ok: true, command: { kind, ...common } };
  if (values.file === undefined || values.file === '') return refuse('lines needs --file PATH');
  return { ok: true, command: { kind, file: values.file, ...common } };
}

/** What makes the two profiles of `diff` comparable, or what is wrong. */
function scalingOf(values: Values): Scaling | string {
  const [before, after] = [values['jobs-before'], values['jobs-after']];
  if (before === undefined && after === undefined) return { by: values.normalize ? 'total' : 'none' };
  if (values.normalize) return 'Use --normalize or --jobs-before and --jobs-after, not both';
  if (before === undefined || after === undefined) return 'Use --jobs-before and --jobs-after together';
  for (const jobs of [before, after]) {
    if (!/^[1-9]\d{0,8}$/.test(jobs)) return `Not a number of jobs: ${quoted(jobs)}`;
  }
  return { by: 'jobs', before: Number(before), after: Number(after) };
}

type Values = ReturnType<typeof parse>['values'];

/** The options that only `suggest` has, or what is wrong with them. */
function suggestOptions(values: Values): Omit<SuggestArguments, 'files' | 'root' | 'pathMappings' | 'format'> | string {
  const { profile: profiles = [], hot, only = [], format = 'text' } = values;
  const [ruby, rails, apply] = [values.ruby ?? null, values.rails ?? null, values.apply ?? null];
  if (hot !== undefined && hot !== 'all') return `--hot takes all, not ${quoted(hot)}`;
  if (hot !== undefined && profiles.length > 0) return 'Use --profile or --hot all, not both';
  if (!isLogFormat(format)) return unknownLogFormat(format);
  if (apply !== null && apply !== 'safe' && apply !== 'review')
    return `--apply takes safe or review, not ${quoted(apply)}`;
  for (const version of [ruby, rails]) {
    if (version !== null && !/^\d+(?:\.\w+)*$/.test(version)) return `Not a version: ${quoted(version)}`;
  }
  return { profiles, ruby, rails, apply, only, output: format };
}

/** The options that only `convert` has, or what is wrong with them. */
function convertOptions(values: Values): Pick<ConvertArguments, 'to' | 'out' | 'by'> | string {
  const { to, out = null, by } = values;
  const format = exportFormats.find((one) => one === to);
  const formats = 'folded, speedscope, pprof, csv or svg';
  if (to === undefined) return `convert needs --to FORMAT: ${formats}`;
  if (format === undefined) return `Unknown format ${quoted(to)}: use ${formats}`;
  if (out === '') return '--out takes the path of a file';
  if (by !== undefined && by !== 'method' && by !== 'line') return `--by takes method or line, not ${quoted(by)}`;
  if (by !== undefined && format === 'pprof') return 'pprof has methods and lines anyway: leave --by out';
  return { to: format, out, by: by ?? 'method' };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
}

/** Errors must come out in the asked form even when the rest of the line cannot be read. */
function wantedFormat(args: readonly string[]): OutputFormat {
  let format: OutputFormat = 'text';
  args.forEach((arg, at) => {
    const value = arg.startsWith('--format=')
      ? arg.slice('--format='.length)
      : arg === '--format'
        ? args[at + 1]
        : undefined;
    if (value === 'json' || value === 'text') format = value;
  });
  return format;
}

function isKind(text: string): text is keyof typeof OPTIONS_OF {
  return Object.hasOwn(OPTIONS_OF, text);
}

function isLogFormat(text: string): text is OutputFormat | 'sarif' {
  return text === 'text' || text === 'json' || text === 'sarif';
}

function unknownLogFormat(format: string): string {
  return `Unknown format ${quoted(format)}: use text, json or sarif`;
}

function isLens(text: string): text is Lens {
  return text === 'recorded' || text === 'caller' || text === 'mine';
}

/** Node explains at length; the first sentence says what is wrong. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(/\. |\n/)[0]!.replace(/\.$/, '');
}

function quoted(text: string): string {
  return `'${text}'`;
}
