// Builds dist/: extension, engine (of the server's worker and the command line), webview. `--production` minifies; `--watch` rebuilds on change.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
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
  {
    ...node,
    // Most of the server and of the command line is the same: together they are 158 kB less to download.
    stdin: {
      contents: "exports.serve = () => require('./src/server/worker'); exports.run = () => require('./src/cli/main');",
      resolveDir: process.cwd(),
    },
    outfile: 'dist/engine.js',
  },
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
await writeFile('dist/server.js', "require('./engine.js').serve();\n");
await writeFile('dist/cli.js', "#!/usr/bin/env node\nrequire('./engine.js').run();\n");
if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  // esbuild has said what is wrong.
  await Promise.all(bundles.map((bundle) => build(bundle))).catch(() => process.exit(1));
}
