import type { Disposable } from 'vscode';
import { mergedFiles } from '../protocol/mergedUri';
import { FileWatch } from './fileWatch';
import type { ProfileStore } from './profileStore';

/**
 * Reads a profile again when its file is written again: the usual way to profile is to record over the last dump.
 * Files of merged profiles have a process's number in their name and are written once.
 */
export function watchProfiles(store: ProfileStore): Disposable {
  const watchers = new Map<string, FileWatch>();
  const subscription = store.onDidChange((change) => {
    if (change.kind !== 'entry') return;
    const { uri } = change;
    if (store.entry(uri) === undefined) {
      watchers.get(uri)?.dispose();
      watchers.delete(uri);
    } else if (!watchers.has(uri) && mergedFiles(uri) === null) {
      watchers.set(uri, new FileWatch(uri, () => void store.reload(uri)));
    }
  });
  return {
    dispose: () => {
      subscription.dispose();
      for (const watch of watchers.values()) watch.dispose();
    },
  };
}
