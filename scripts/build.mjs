// Builds dist/: extension, server (worker), command line, webview. `--production` minifies; `--watch` rebuilds on change.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  legalComments: 'none',
};
/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/server/worker.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['webview/main.ts'],
    outfile: 'dist/webview.js',
    loader: { '.css': 'css' },
  },
];

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await copyFile('node_modules/@ruby/prism/src/prism.wasm', 'dist/prism.wasm');
if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  // esbuild has said what is wrong.
  await Promise.all(bundles.map((bundle) => build(bundle))).catch(() => process.exit(1));
}
