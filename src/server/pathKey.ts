import type { FileSystem } from '../source/fileSystem';
import { normalizePath } from '../source/paths';

/**
 * One name per file, to compare a document's path with a mapped one: symlinks resolved (`/var` is `/private/var` on
 * macOS), and Windows paths without case (VS Code writes `c:`, Ruby `C:`; the system treats them alike).
 */
export async function pathKey(path: string, files: FileSystem): Promise<string> {
  const real = normalizePath(await files.realPath(normalizePath(path)));
  return /^[A-Z]:/.test(real) || real.startsWith('//') ? real.toLowerCase() : real;
}
