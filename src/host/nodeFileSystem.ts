import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { FileSystem } from '../source/fileSystem';

/** The disk through Node. Symlinks count as what they lead to; a file above 16 MB is no source text and reads as null. */
export function nodeFileSystem(): FileSystem {
  return {
    async kind(path) {
      try {
        const found = await stat(path);
        return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : null;
      } catch {
        return null;
      }
    },
    async readText(path) {
      try {
        if ((await stat(path)).size > maxTextBytes) return null;
        return await readFile(path, 'utf8');
      } catch {
        return null;
      }
    },
    async realPath(path) {
      try {
        return withSlashes(await realpath(path));
      } catch {
        return path;
      }
    },
    async list(path) {
      try {
        const entries = await readdir(path, { withFileTypes: true });
        return await Promise.all(
          entries.map(async (entry) => ({
            name: entry.name,
            directory: entry.isSymbolicLink() ? await isDirectory(`${path}/${entry.name}`) : entry.isDirectory(),
          })),
        );
      } catch {
        return [];
      }
    },
  };
}

const maxTextBytes = 16 * 1024 * 1024;

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
