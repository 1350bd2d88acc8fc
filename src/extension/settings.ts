import { workspace } from 'vscode';
import { allDefaults, type EditorSettings, section } from '../protocol/ids';
import type { Settings } from '../protocol/requests';

/** A setting as it is now; VS Code has checked its type against package.json only in the settings editor. */
export function readSetting<K extends keyof (Settings & EditorSettings)>(key: K): (Settings & EditorSettings)[K] {
  const fallback = allDefaults[key];
  const value = workspace.getConfiguration(section).get<unknown>(key);
  return isLike(value, fallback) ? value : fallback;
}

/** The full name of a setting, as change events have it. */
export function settingName(key: keyof (Settings & EditorSettings)): string {
  return `${section}.${key}`;
}

function isLike<T>(value: unknown, example: T): value is T {
  return typeof value === typeof example && value !== null && Array.isArray(value) === Array.isArray(example);
}
