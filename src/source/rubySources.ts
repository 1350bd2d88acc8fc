import type { FileSystem } from './fileSystem';
import { joinPath } from './paths';

/** The Ruby of an application. */
export interface RubySources {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** False when there was more than is read, or a file could not be. */
  readonly isWhole: boolean;
}

/** Folders without an application's own Ruby, or with its tests: they build objects for themselves. */
const skipped = new Set([
  ...['node_modules', 'vendor', 'tmp', 'log', 'coverage', 'storage', 'public'],
  ...['spec', 'specs', 'test', 'tests', 'features', 'factories'],
]);
const maxFolders = 6_000;
const maxFiles = 8_000;
const maxUnits = 48 << 20;
const readAtOnce = 32;

/** Reads the Ruby files below a folder, at most 8,000 with 48 million characters, less tests, copies and what others wrote. */
export async function rubySources(root: string, files: FileSystem): Promise<RubySources> {
  const walked = await rubyPaths(root, files);
  const { isWhole } = walked;
  const paths = withoutCopies(root, walked.paths);
  const found: { path: string; text: string }[] = [];
  let units = 0;
  for (let at = 0; at < paths.length; at += readAtOnce) {
    const batch = paths.slice(at, at + readAtOnce);
    const texts = await Promise.all(batch.map((path) => files.readText(path)));
    for (const [index, text] of texts.entries()) {
      units += text?.length ?? 0;
      if (text === null || units > maxUnits) return { files: found, isWhole: false };
      found.push({ path: batch[index]!, text: text.replace(/^\uFEFF/, '') });
    }
  }
  return { files: found, isWhole };
}

async function rubyPaths(root: string, files: FileSystem): Promise<{ paths: string[]; isWhole: boolean }> {
  const paths: string[] = [];
  const seen = new Set<string>();
  let level = [root];
  let walked = 0;
  while (level.length > 0) {
    const next: string[] = [];
    for (const folder of level) {
      const real = await files.realPath(folder);
      if (seen.has(real)) continue;
      seen.add(real);
      if (++walked > maxFolders || paths.length > maxFiles) return { paths: paths.slice(0, maxFiles), isWhole: false };
      for (const { name, directory } of await files.list(folder)) {
        if (name.startsWith('.') || (directory && skipped.has(name))) continue;
        if (directory) next.push(joinPath(folder, name));
        else if (/\.(?:rb|rake|ru|jbuilder)$/.test(name) && !/_(?:spec|test)\.rb$/.test(name)) {
          paths.push(joinPath(folder, name));
        }
      }
    }
    level = next;
  }
  return { paths: paths.sort(), isWhole: true };
}

/** `fixes/app/models/user.rb` beside `app/models/user.rb` is a copy of it: Rails loads one file for a name, the application's. */
function withoutCopies(root: string, paths: readonly string[]): string[] {
  const all = new Set(paths);
  return paths.filter((path) => {
    const inner = path.slice(root.length).lastIndexOf('/app/');
    return inner <= 0 || !all.has(`${root}${path.slice(root.length + inner)}`);
  });
}
