// Builds the extension for release and packs it: `dist/allocation-hotspots.vsix`.
import { readFile, stat, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { inRepository, isMain, run, say } from './run.mjs';
import { shippedReadme } from './shippedReadme.mjs';

/** Where the packed extension lands. */
export const vsixFile = inRepository('dist/allocation-hotspots.vsix');

/** The README without what leads nowhere outside of the repository. */
const readme = 'dist/README.md';

/** @returns {Promise<string>} The VSIX file. */
export async function packageExtension() {
  await run(process.execPath, [inRepository('scripts/build.mjs'), '--production']);
  await writeFile(inRepository(readme), shippedReadme(await readFile(inRepository('README.md'), 'utf8')));
  // Everything is bundled, so there are no dependencies to look for; .vscodeignore is an allow-list.
  await run(process.execPath, [
    inRepository('node_modules/@vscode/vsce/vsce'),
    ...[
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--skip-license',
      '--no-rewrite-relative-links',
      ...['--readme-path', readme],
      '--out',
      vsixFile,
    ],
  ]);
  say(`Packed ${vsixFile} (${Math.round((await stat(vsixFile)).size / 1024)} kB)`);
  return vsixFile;
}

if (isMain('package.mjs')) await packageExtension();
