import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const ROOT = join(__dirname, '../fixtures/stackprof');

/** A recorded dump, unpacked: `name` with or without the `.gz` under which it is kept. */
export function fixtureBytes(name: string): Uint8Array {
  const file = readdirSync(join(ROOT, name, '..')).find(
    (entry) => join(name, '..', entry).replace(/\.gz$/, '') === name,
  );
  if (file === undefined) throw new Error(`No fixture ${name}`);
  const bytes = readFileSync(join(ROOT, name, '..', file));
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** Paths of the fixtures of a folder, without `.gz`. */
export function fixtureNames(folder: string, extension: RegExp): string[] {
  return readdirSync(join(ROOT, folder))
    .map((file) => join(folder, file.replace(/\.gz$/, '')))
    .filter((file) => extension.test(file))
    .sort();
}
