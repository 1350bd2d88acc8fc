import { type Disposable, commands as vscodeCommands } from 'vscode';
import { contextKeys } from '../protocol/ids';
import type { Heat } from './heat';
import type { Memory } from './memory';
import type { ProfileStore } from './profileStore';

type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** Sets the context keys that menus and keys depend on, whenever one of them is another. */
export function keepContextKeys(store: ProfileStore, heat: Heat, memory: Memory): Disposable & { update(): void } {
  const set = new Map<string, unknown>();
  const update = (): void => {
    const entries = store.all();
    const values: Readonly<Record<ContextKey, unknown>> = {
      [contextKeys.hasProfile]: store.activeSummary() !== null,
      [contextKeys.anyProfile]: entries.length > 0,
      [contextKeys.loading]: entries.some((entry) => entry.state === 'loading'),
      [contextKeys.heat]: heat.shown,
      [contextKeys.groupBy]: memory.grouping,
      [contextKeys.groupFindingsBy]: memory.findingGrouping,
    };
    for (const [key, value] of Object.entries(values)) {
      if (set.get(key) === value) continue;
      set.set(key, value);
      void vscodeCommands.executeCommand('setContext', key, value);
    }
  };
  const subscription = store.onDidChange(update);
  update();
  return { update, dispose: () => subscription.dispose() };
}
