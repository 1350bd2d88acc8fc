import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyGroups } from '../../webview/keys';

/** Keys as the sheet writes them. */
const written: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '-': '−',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  C: 'Shift+C',
  T: 'Shift+T',
  z: 'Ctrl+Z',
  y: 'Ctrl+Y',
};

/** Menus, fields and the sheet itself have the keys that all menus, fields and sheets have. */
const elsewhere = new Set(['menu.ts', 'filterBar.ts', 'searchBox.ts', 'keySheet.ts', 'jobCounts.ts']);

test('every key that the view listens to is on the sheet', () => {
  const sheet = keyGroups.flatMap(({ keys }) => keys.flatMap(([key]) => key.split(/, | /)));
  const onSheet = new Set([...sheet, ...keyGroups.flatMap(({ keys }) => keys.flatMap(([key]) => key.split(', ')))]);
  const missing: string[] = [];
  let seen = 0;
  for (const file of readdirSync('webview').filter((name) => name.endsWith('.ts') && !elsewhere.has(name))) {
    const text = readFileSync(`webview/${file}`, 'utf8');
    const keys = [...text.matchAll(/(?:\bkey === |case )'(.|Arrow\w+|Page\w+|Home|End|Enter|Escape|F\d+)'/g)];
    for (const [, key = ''] of keys) {
      seen++;
      if (!onSheet.has(written[key] ?? key)) missing.push(`${key} of ${file}`);
    }
  }
  expect(missing).toEqual([]);
  expect(seen).toBeGreaterThan(30);
});
