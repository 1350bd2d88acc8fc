import { normalizePath } from './paths';

/**
 * What a recorded file string is, judged by the text alone.
 * `gem` and `stdlib`: `base` is the folder of the gem or of the library, `inside` the rest.
 * `file`: everything else with a path; `tool` marks installed commands (`/usr/bin/sidekiq`), which are nobody's application.
 */
export type FileShape =
  | { readonly kind: 'none' }
  | { readonly kind: 'core'; readonly place: string }
  | { readonly kind: 'eval'; readonly at: { readonly file: string; readonly line: string } | null }
  | {
      readonly kind: 'gem';
      readonly path: string;
      readonly base: string;
      readonly inside: string;
      readonly gem: string;
      readonly version: string | null;
    }
  | { readonly kind: 'stdlib'; readonly path: string; readonly base: string; readonly inside: string }
  | { readonly kind: 'file'; readonly path: string; readonly tool: boolean; readonly dependency: boolean };

/**
 * Sorts a file string of a profile. `<cfunc>` and `<internal:...>` come from Ruby's own `rb_profile_frames`
 * (https://github.com/ruby/ruby/blob/master/vm_backtrace.c), `(eval at FILE:LINE)` from Ruby 3.3 on.
 */
export function classifyFile(recorded: string): FileShape {
  if (recorded === '') return { kind: 'none' };
  if (recorded === '<cfunc>') return { kind: 'core', place: 'C' };
  const internal = /^<internal:(.*)>$/.exec(recorded);
  if (internal) return { kind: 'core', place: `<internal:${libraryPath(internal[1]!)}>` };
  const evalAt = /^\(eval at (.+):(\d+)\)$/.exec(recorded);
  if (evalAt) return { kind: 'eval', at: { file: evalAt[1]!, line: evalAt[2]! } };
  if (recorded === '-e' || recorded === '-' || recorded === 'eval' || /^[(<]/.test(recorded))
    return { kind: 'eval', at: null };

  const path = normalizePath(recorded);
  return gemShape(path) ?? stdlibShape(path) ?? fileShape(path);
}

/** True for a path inside a workspace that holds somebody else's code: vendored gems, `node_modules`. */
export function isDependencyPath(relative: string): boolean {
  return /(?:^|\/)(?:node_modules|\.bundle|vendor\/(?:bundle|gems|plugins|cache|ruby))\//.test(relative);
}

function gemShape(path: string): FileShape | null {
  const git = /^(.*\/bundler\/gems\/([^/]+)-([0-9a-f]{7,40}))\/(.+)$/.exec(path);
  if (git) return { kind: 'gem', path, base: git[1]!, gem: git[2]!, version: git[3]!.slice(0, 7), inside: git[4]! };
  // The last `gems/` wins: a gem may carry gems.
  const gem = /^(.*(?:^|\/)gems\/([^/]+?)-(\d+(?:\.[0-9A-Za-z_]+)*)(?:-[^/]+)?)\/(.+)$/.exec(path);
  if (gem) return { kind: 'gem', path, base: gem[1]!, gem: gem[2]!, version: gem[3]!, inside: gem[4]! };
  // Debian packages put the `lib` of all gems into one folder, native ones into one per architecture.
  const debian = /^(.*\/ruby\/vendor_ruby(?:\/\d+\.\d+\.\d+)?)\/(.+)$/.exec(path);
  if (debian) {
    const inside = debian[2]!;
    const gem = inside.split('/')[0]!.replace(/\.(?:rb|so)$/, '');
    if (gem === 'rubygems' || gem === 'bundler') return { kind: 'stdlib', path, base: debian[1]!, inside };
    return { kind: 'gem', path, base: debian[1]!, gem, version: null, inside };
  }
  return null;
}

function stdlibShape(path: string): FileShape | null {
  const library =
    /^(.*\/ruby\/(?:site_ruby\/)?\d+\.\d+(?:\.\d+)?)\/(?!gems\/)(.+)$/.exec(path) ??
    /^(.*\/(?:jruby[^/]*\/lib\/ruby\/stdlib|truffleruby[^/]*\/lib\/(?:mri|truffle)))\/(.+)$/.exec(path);
  // `asdf` keeps whole installations in `installs/ruby/3.3.0`: only `lib/ruby/3.3.0` below it is the library.
  if (!library || !/\/lib(?:32|64)?\/(?:[^/]+\/)?ruby\/|\/lib\/(?:mri|truffle)$/.test(library[1]!)) return null;
  return {
    kind: 'stdlib',
    path,
    base: library[1]!,
    inside: library[2]!.replace(/^(?:x86_64|aarch64|arm64|i[3-6]86)[^/]*\//, ''),
  };
}

function fileShape(path: string): FileShape {
  const tool =
    /^\/(?:usr\/)?(?:local\/)?s?bin\/[^/]+$|^\/usr\/local\/bundle\/bin\/[^/]+$|\/(?:shims|wrappers)\/[^/]+$/.test(path);
  return { kind: 'file', path, tool, dependency: isDependencyPath(path) };
}

/** `<internal:/usr/lib/ruby/vendor_ruby/rubygems/x.rb>` without the folders that only say where Ruby is installed. */
function libraryPath(text: string): string {
  return text.replace(/^.*\/ruby\/(?:(?:vendor_ruby|site_ruby)\/)?(?:\d+\.\d+\.\d+\/)?/, '');
}
