import type { Cause } from '../../ruby/pattern';
import type { Finding } from '../judge';
import { appJsonStart } from './appJson';
import { composeStarts } from './composeFile';
import type { ConfigurationFile, ConfigurationKind } from './configurationFile';
import { dockerfileStart } from './dockerfile';
import { procfileStarts } from './procfile';
import { type StartPlace, setsAllocator } from './startPlace';
import { unitStart } from './systemdUnit';

/**
 * Sidekiq or Puma is started with glibc's allocator as it is.
 *
 * before: dockerfile
 *
 *     FROM ruby:3.3-slim
 *     WORKDIR /app
 *     COPY . .
 *     CMD ["bundle", "exec", "sidekiq"]
 *
 * after:
 *
 *     FROM ruby:3.3-slim
 *     ENV MALLOC_ARENA_MAX=2
 *     WORKDIR /app
 *     COPY . .
 *     CMD ["bundle", "exec", "sidekiq"]
 *
 * why:
 *
 * It often lowers the memory of processes with many threads, and sometimes changes nothing: measure the resident set before and
 * after. What a job allocates stays what it is, so the hot lines come first.
 *
 * rewrite:
 *
 * The other way is jemalloc: install `libjemalloc2` and set `LD_PRELOAD` to it, as the Dockerfile of Rails 7.2 and newer does.
 * Both together have no further effect. In a compose file, a systemd unit or Heroku's `app.json` the variable goes where that
 * file has its variables.
 *
 * check:
 * - The image has glibc. musl (Alpine) and macOS have no such arenas.
 * - It is not set elsewhere: by the platform (Heroku does, for apps created since 24 September 2019), or where containers are
 *   deployed.
 *
 * advice:
 * - The process is started by a Procfile, whose variables are the platform's.
 * - The YAML of the service is written in a way that is not understood: on one line, or merged from elsewhere.
 *
 * silent:
 * - No profile is open, or the worker's log shows that its memory does not bloat.
 * - Neither Sidekiq nor Puma is among the application's gems.
 * - The variable, or jemalloc, is set in what starts the process or in what that inherits: earlier stages of the image, its
 *   entry point, the service, the unit, `.env`, the settings of the platform.
 * - The file is for development or tests only, by its name.
 */
export const mallocArena: Cause = {
  id: 'malloc-arena',
  section: 'job',
  title: 'The process is started with as many memory arenas as glibc likes',
  explanation:
    'glibc gives threads arenas of their own, up to eight per core, and each keeps what it once needed. MALLOC_ARENA_MAX=2 or ' +
    'jemalloc lowers what a process with many threads holds. That is fragmentation: no line allocates less, and hot lines come first.',
  gain: 'none',
  gainOn: null,
  saving: null,
  safety: 'review',
  severity: 'hint',
  witnesses: [],
  perRow: false,
  methodObjects: null,
  heat: 'none',
  ruby: null,
  rails: null,
  links: ['https://devcenter.heroku.com/articles/tuning-glibc-memory-behavior'],
};

/** What the files lack; best place first: one with an edit, then Sidekiq's. */
export function missingArenaLimits(files: readonly ConfigurationFile[], because: string | null): Finding[] {
  const starts = files.flatMap((file) => startsIn(file).map((place) => ({ file, place })));
  const ofKind = (kind: ConfigurationKind) => starts.filter(({ file }) => file.kind === kind);
  const images = ofKind('dockerfile');
  const services = ofKind('compose');
  const shared =
    files.some(setsForAll) ||
    images.some(({ place }) => place.isSet) ||
    (services.length > 0 && services.every(({ place }) => place.isSet));
  // A unit starts its process on the host: nothing that an image or a platform sets reaches it.
  const open = starts.filter(({ file, place }) => !place.isSet && (file.kind === 'systemd' || !shared));
  // On Heroku app.json is the place to set what the Procfile's processes get; without them it starts nothing.
  const isStarted = ofKind('procfile').length > 0 && images.length === 0;
  return open
    .filter(({ file }) => file.kind !== 'app-json' || isStarted)
    .sort((a, b) => rankOf(a.place) - rankOf(b.place))
    .map(({ file, place }) => findingAt(file, place, because));
}

function startsIn({ kind, text }: ConfigurationFile): readonly StartPlace[] {
  switch (kind) {
    case 'dockerfile':
      return [dockerfileStart(text)].filter((place) => place !== null);
    case 'compose':
      return composeStarts(text);
    case 'systemd':
      return [unitStart(text)].filter((place) => place !== null);
    case 'procfile':
      return procfileStarts(text);
    case 'app-json':
      return [appJsonStart(text)].filter((place) => place !== null);
    case 'settings':
    case 'entrypoint':
    case 'lock':
    case 'ruby':
      return [];
  }
}

/** Whether a file sets it for all processes of an image or platform. */
function setsForAll({ kind, text }: ConfigurationFile): boolean {
  if (kind === 'lock') return /^ {4}jemalloc \(/m.test(text);
  if (kind === 'app-json') return appJsonStart(text)?.isSet === true;
  return (
    (kind === 'settings' && /jemalloc/.test(text)) ||
    ((kind === 'settings' || kind === 'entrypoint') && setsAllocator(text))
  );
}

function rankOf({ fix, runs }: StartPlace): number {
  return (fix === null ? 2 : 0) + (runs === 'sidekiq' ? 0 : 1);
}

function findingAt({ path }: ConfigurationFile, { range, fix, note }: StartPlace, because: string | null): Finding {
  const { id, title, explanation, gain, severity } = mallocArena;
  return {
    ...{ id, file: path, range, title, gain, severity },
    ...{ share: null, objects: null, savedObjects: null, confidence: 'high', alternatives: [], related: [] },
    safety: fix === null ? 'advice' : 'review',
    explanation: [because, explanation, note].filter((text) => text !== null).join(' '),
    fix,
  };
}
