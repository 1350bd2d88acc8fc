import { type Disposable, type FileSystemWatcher, RelativePattern, Uri, workspace } from 'vscode';
import { mergedFiles } from '../protocol/mergedUri';
import type { ProfileStore } from './profileStore';

/** A writer that is still at it is left alone until the file was quiet for this long. */
const quietMs = 1000;

/**
 * Reads a profile again when its file is written again: the usual way to profile is to record over the last dump.
 * Files of merged profiles have a process's number in their name and are written once.
 */
export function watchProfiles(store: ProfileStore): Disposable {
  const watchers = new Map<string, Watch>();
  const subscription = store.onDidChange((change) => {
    if (change.kind !== 'entry') return;
    const { uri } = change;
    if (store.entry(uri) === undefined) {
      watchers.get(uri)?.dispose();
      watchers.delete(uri);
    } else if (!watchers.has(uri) && mergedFiles(uri) === null) {
      watchers.set(uri, new Watch(uri, () => void store.reload(uri)));
    }
  });
  return {
    dispose: () => {
      subscription.dispose();
      for (const watch of watchers.values()) watch.dispose();
    },
  };
}

class Watch implements Disposable {
  private readonly watcher: FileSystemWatcher;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    uri: string,
    private readonly changed: () => void,
  ) {
    const file = Uri.parse(uri);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    // Glob characters in a file name stand for themselves inside brackets.
    const literal = name.replace(/[*?[\]{}]/g, (character) => `[${character}]`);
    this.watcher = workspace.createFileSystemWatcher(
      new RelativePattern(Uri.joinPath(file, '..'), literal),
      false,
      false,
      true,
    );
    this.watcher.onDidChange(() => this.wait());
    this.watcher.onDidCreate(() => this.wait());
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher.dispose();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.changed, quietMs);
  }
}
