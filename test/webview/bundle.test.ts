import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const { metafile } = await build({
  entryPoints: ['webview/main.ts'],
  bundle: true,
  write: false,
  minify: true,
  metafile: true,
  platform: 'browser',
  format: 'iife',
  outdir: 'out',
  logLevel: 'error',
});
const inputs = Object.entries(metafile.inputs);
const kept = Object.values(metafile.outputs).flatMap(({ inputs: parts }) => Object.entries(parts));

test('React, a peer of the controls, does not reach the view', () => {
  expect(inputs.map(([path]) => path).filter((path) => /node_modules\/(react|scheduler)\b/.test(path))).toEqual([]);
});

test('only one module knows where the controls come from', () => {
  const importers = inputs
    .filter(
      ([path, { imports }]) => path.startsWith('webview/') && imports.some((to) => to.path.includes('node_modules')),
    )
    .map(([path]) => path);
  expect(importers).toEqual(['webview/controls.ts']);
});

test('of the pure rooms, only what lays out, groups and formats is in the view', () => {
  const allowed =
    /^src\/(profile\/(assertNever|changeLevel|format|origin|profile|readFilter|search)|jobs\/nextSteps|source\/(packageOf|classifyFile|paths)|protocol\/(groupFindings|webview))\.ts$/;
  // Of a module that is imported but not used, an empty declaration may stay.
  const heavy = kept.filter(([path, { bytesInOutput }]) => path.startsWith('src/') && bytesInOutput > 60);
  expect(heavy.map(([path]) => path).filter((path) => !allowed.test(path))).toEqual([]);
  expect(heavy.length).toBeGreaterThan(2);
});

test('nothing in the view writes markup or inline styles, which the page forbids, or keeps a timer running', () => {
  const forbidden =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|cssText|setAttribute\('style'|setInterval|eval\(/;
  const files = readdirSync('webview').filter((name) => name.endsWith('.ts'));
  expect(files.filter((name) => forbidden.test(readFileSync(`webview/${name}`, 'utf8')))).toEqual([]);
});
