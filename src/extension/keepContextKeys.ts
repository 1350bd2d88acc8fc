import { type Disposable, commands as vscodeCommands } from 'vscode';
import { contextKeys } from '../protocol/ids';
import type { Heat } from './heat';
import type { Memory } from './memory';
import type { ProfileStore } from './profileStore';

/** Sets the context keys that menus and keys depend on, whenever one of them is another. */
export function keepContextKeys(store: ProfileStore, heat: Heat, memory: Memory): Disposable & { update(): void } {
  const set = new Map<string, unknown>();
  const update = (): void => {
    const entries = store.all();
    const values: Readonly<Record<keyof typeof contextKeys, unknown>> = {
      hasProfile: store.activeSummary() !== null,
      anyProfile: entries.length > 0,
      loading: entries.some((entry) => entry.state === 'loading'),
      heat: heat.shown,
      groupBy: memory.grouping,
    };
    for (const [name, value] of Object.entries(values)) {
      if (set.get(name) === value) continue;
      set.set(name, value);
      void vscodeCommands.executeCommand('setContext', keyOf(name), value);
    }
  };
  const subscription = store.onDidChange(update);
  update();
  return { update, dispose: () => subscription.dispose() };
}

function keyOf(name: string): string {
  const entry = Object.entries(contextKeys).find(([key]) => key === name);
  return entry?.[1] ?? name;
}
