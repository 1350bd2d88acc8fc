import { baseNameOf } from '../../source/paths';

/** What a file is among those that say how an application is started and recorded. */
export type ConfigurationKind =
  | 'procfile'
  | 'dockerfile'
  | 'compose'
  | 'app-json'
  | 'systemd'
  /** Environment variables and hosting settings: only read for what they set. */
  | 'settings'
  | 'entrypoint'
  | 'lock'
  /** Gemfile, initializers and other Ruby. */
  | 'ruby';

export interface ConfigurationFile {
  /** Absolute, with `/`. */
  readonly path: string;
  /** Relative to the application's folder. */
  readonly place: string;
  readonly kind: ConfigurationKind;
  readonly text: string;
}

/**
 * What a file is by its place in the application's folder; null when it is not looked at. Files for development only are not:
 * what is said is about production.
 */
export function kindOf(place: string): ConfigurationKind | null {
  const name = baseNameOf(place);
  if (/(?:^|[._-])(?:dev|development|test|ci|local|override|example|sample|template)(?=[._-]|$)/i.test(name))
    return null;
  for (const [kind, names] of byName) if (names.test(name)) return kind;
  if (place === 'app.json') return 'app-json';
  if (/^config\/deploy[\w.-]*\.ya?ml$|^(?:fly\.toml|render\.yaml|heroku\.yml|\.buildpacks)$/.test(place))
    return 'settings';
  return /\.rb$/.test(place) || place === 'config.ru' ? 'ruby' : null;
}

const byName: ReadonlyArray<readonly [ConfigurationKind, RegExp]> = [
  ['procfile', /^Procfile(?:\.[\w-]+)?$/],
  ['dockerfile', /^(?:[\w-]+\.)?Dockerfile(?:\.[\w-]+)?$/i],
  ['compose', /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/],
  ['systemd', /^[\w@.-]+\.service$/],
  ['settings', /^\.env(?:\.[\w-]+)?$/],
  ['entrypoint', /^(?:docker-)?entrypoint(?:\.sh)?$/],
  ['lock', /^(?:Gemfile|gems)\.lock(?:ed)?$/],
  ['ruby', /^Gemfile$/],
];

/** Whether a file of a kind may say something: most Ruby says nothing that is looked for. */
export function isTelling({ kind, place, text }: Omit<ConfigurationFile, 'path'>): boolean {
  return kind !== 'ruby' || place === 'Gemfile' || rubyOfInterest.test(text);
}

const rubyOfInterest = /StackProf|stackprof|(?:reliable|timed)_fetch!|Killer|killer|Memory(?:Guard|Limiter)/;

/** Whether the files are those of an application that runs Sidekiq or Puma. */
export function runsWorkers(files: readonly ConfigurationFile[]): boolean {
  return files.some(({ kind, place, text }) =>
    kind === 'lock'
      ? /^ {4}(?:sidekiq|puma) \(/m.test(text)
      : baseNameOf(place) === 'Gemfile' && /^[ \t]*gem[ (]+["'](?:sidekiq|puma)["']/m.test(text),
  );
}
