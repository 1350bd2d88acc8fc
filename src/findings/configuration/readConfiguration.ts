import type { FileSystem } from '../../source/fileSystem';
import { joinPath } from '../../source/paths';
import { type ConfigurationFile, isTelling, kindOf, runsWorkers } from './configurationFile';

/** Folders of an application that are looked into, with those below them. */
const folders = ['bin', 'config', 'deploy', 'docker', '.docker', 'lib', 'script', 'scripts', 'systemd'];
const moreFolders = ['app/lib', 'app/middleware', 'app/middlewares'];
const maxFolders = 200;
const maxFiles = 400;

/** Reads what says how the application in `root` is started and recorded. Empty unless it runs Sidekiq or Puma. */
export async function readConfiguration(root: string, files: FileSystem): Promise<ConfigurationFile[]> {
  const found: ConfigurationFile[] = [];
  const readAll = async (places: readonly string[]): Promise<void> => {
    const read = await Promise.all(places.map((place) => readOne(root, place, files)));
    for (const file of read) if (file !== null) found.push(file);
  };
  const top = await files.list(root);
  const names = top.filter(({ directory }) => !directory).map(({ name }) => name);
  if (!names.some((name) => name === 'Gemfile' || name === 'Gemfile.lock' || name === 'gems.locked')) return [];
  await readAll(names.filter((name) => kindOf(name) !== null).sort());
  if (!runsWorkers(found)) return [];
  const present = new Set(top.filter(({ directory }) => directory).map(({ name }) => name));
  const below = [...folders.filter((name) => present.has(name)), ...(present.has('app') ? moreFolders : [])];
  await readAll(await placesBelow(root, below, files));
  return found;
}

async function placesBelow(root: string, start: readonly string[], files: FileSystem): Promise<string[]> {
  const places: string[] = [];
  const queue = [...start];
  for (let at = 0; at < queue.length && at < maxFolders && places.length < maxFiles; at++) {
    const folder = queue[at]!;
    for (const { name, directory } of await files.list(joinPath(root, folder))) {
      const place = `${folder}/${name}`;
      if (directory) queue.push(place);
      else if (kindOf(place) !== null) places.push(place);
    }
  }
  return places.slice(0, maxFiles).sort();
}

async function readOne(root: string, place: string, files: FileSystem): Promise<ConfigurationFile | null> {
  const path = joinPath(root, place);
  const kind = kindOf(place);
  const text = await files.readText(path);
  if (kind === null || text === null) return null;
  return isTelling({ place, kind, text }) ? { path, place, kind, text } : null;
}
