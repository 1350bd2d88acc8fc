import type { Fix } from '../../ruby/pattern';
import type { TextRange } from '../../ruby/textRange';
import { withoutComments } from './textLines';

/** A place of a file where the application's processes are started. */
export interface StartPlace {
  readonly range: TextRange;
  readonly runs: 'sidekiq' | 'server';
  /** Whether the place itself, or what it inherits in its file, limits arenas or brings another allocator. */
  readonly isSet: boolean;
  /** The edit that sets it; null where the text has a shape that is not understood. */
  readonly fix: Fix | null;
  /** What is to be said of this place alone; a sentence, or null. */
  readonly note: string | null;
}

export const SETTING = 'MALLOC_ARENA_MAX';
export const VALUE = '2';

/** What a command starts; null when it is neither Sidekiq nor a web server of Ruby. */
export function startedBy(command: string): StartPlace['runs'] | null {
  if (/\bsidekiq(?:swarm)?\b/.test(command)) return 'sidekiq';
  return /\bpuma\b|\brails\s+(?:s|server)\b/.test(command) ? 'server' : null;
}

/** Whether a text limits glibc's arenas or loads another allocator; comments do not count. */
export function setsAllocator(text: string): boolean {
  return /MALLOC_ARENA_MAX|LD_PRELOAD.*(?:jemalloc|tcmalloc|mimalloc)|--with-jemalloc|jemalloc\.sh|\bje bundle\b/.test(
    withoutComments(text),
  );
}

export const herokuNote =
  'On Heroku, apps created since 24 September 2019 have MALLOC_ARENA_MAX=2 already: look with heroku config:get ' +
  'MALLOC_ARENA_MAX, and set it with heroku config:set MALLOC_ARENA_MAX=2.';
