import { type Disposable, RelativePattern, Uri, window, workspace } from 'vscode';
import type { Comparing } from './comparing';
import type { Memory } from './memory';
import { openMerged } from './mergedProfiles';
import { openInView } from './pickProfile';
import { type ProfileStore, profileName } from './profileStore';
import { readSetting, settingName } from './settings';
import { announcementOf, watchedPlaces } from './watchedPlaces';

/** Dumps that appear within this time of each other are one message: a worker's processes end together. */
const quietMs = 1500;

/** Says once, quietly, that new dumps are there in the folders that the setting `watchedDumps` names. */
export function announceDumps(store: ProfileStore, memory: Memory, comparing: Comparing): Disposable {
  const found = new Map<string, Uri>();
  let watchers: readonly Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  const see = (uri: Uri): void => {
    found.set(uri.toString(), uri);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const uris = [...found.values()].filter((one) => store.entry(one.toString()) === undefined);
      found.clear();
      if (uris.length > 0) void announce(uris, store, memory, comparing);
    }, quietMs);
  };
  const stop = (): void => {
    for (const watcher of watchers) watcher.dispose();
  };
  const watch = (): void => {
    stop();
    watchers = patterns().flatMap((pattern) => {
      const watcher = workspace.createFileSystemWatcher(pattern, false, true, true);
      return [watcher, watcher.onDidCreate(see)];
    });
  };
  watch();
  const subscriptions = [
    workspace.onDidChangeWorkspaceFolders(watch),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settingName('watchedDumps'))) watch();
    }),
  ];
  return {
    dispose: () => {
      clearTimeout(timer);
      stop();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function patterns(): RelativePattern[] {
  return watchedPlaces(readSetting('watchedDumps')).flatMap(({ folder, pattern }) =>
    folder === null
      ? (workspace.workspaceFolders ?? []).map((one) => new RelativePattern(one, pattern))
      : [new RelativePattern(Uri.file(folder), pattern)],
  );
}

async function announce(
  uris: readonly Uri[],
  store: ProfileStore,
  memory: Memory,
  comparing: Comparing,
): Promise<void> {
  const newest = uris.at(-1);
  if (newest === undefined) return;
  const open = uris.length === 1 ? 'Open' : 'Open the Newest';
  const asOne = uris.length === 1 ? [] : ['Open as One'];
  const compare = uris.length === 1 && store.all().some(({ state }) => state === 'ready') ? ['Compare with…'] : [];
  const names = uris.map((uri) => profileName(uri.toString()));
  const choice = await window.showInformationMessage(announcementOf(names), open, ...asOne, ...compare);
  if (choice === undefined) return;
  if (choice === 'Open as One') return openMerged(uris, memory);
  await openInView(newest, memory);
  if (choice === 'Compare with…') await comparing.choose(newest.toString());
}
