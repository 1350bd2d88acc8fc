import { type Disposable, EventEmitter, FileSystemError, type FileSystemProvider, FileType, workspace } from 'vscode';
import { mergedFiles, mergedScheme } from '../protocol/mergedUri';

/**
 * Lets VS Code know that the address of merged profiles stands for something: tabs of addresses that nobody answers for
 * are not brought back after a reload. There is nothing to read or write; the server reads the files themselves.
 */
export function provideMergedFiles(): Disposable {
  const refuse = (): never => {
    throw FileSystemError.NoPermissions('Merged profiles are no file: there is nothing to read or write.');
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: new EventEmitter<never>().event,
    watch: () => ({ dispose: () => {} }),
    stat(uri) {
      const files = mergedFiles(uri.toString());
      if (files === null || files.length === 0) throw FileSystemError.FileNotFound(uri);
      return { type: FileType.File, ctime: 0, mtime: 0, size: 0 };
    },
    readDirectory: refuse,
    createDirectory: refuse,
    readFile: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return workspace.registerFileSystemProvider(mergedScheme, provider, { isReadonly: true });
}
