import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom (the table of src/README.md). `rooms` may be imported whole, `types` only by `import type`;
 * single modules by name. The pure rooms know no packages but the listed ones; that they use no global of Node or the
 * browser is checked by `tsconfig.pure.json`.
 */
interface Rule {
  readonly rooms: readonly string[];
  readonly types?: readonly string[];
  readonly modules?: readonly string[];
  /** Packages, as regular expressions over the whole import. */
  readonly packages: readonly RegExp[];
}

const pure = ['profile', 'source', 'ruby', 'findings', 'capture', 'jobs'];
const node = /^node:/;
const rules: Readonly<Record<string, Rule>> = {
  profile: { rooms: [], packages: [] },
  source: { rooms: ['profile'], packages: [] },
  ruby: { rooms: [], packages: [/^@ruby\/prism/] },
  findings: { rooms: ['profile', 'source', 'ruby'], packages: [] },
  capture: { rooms: ['ruby'], packages: [/^@ruby\/prism/] },
  jobs: { rooms: ['profile'], packages: [] },
  protocol: { rooms: [], types: pure, packages: [] },
  host: { rooms: ['profile', 'source'], packages: [node] },
  server: { rooms: [...pure, 'protocol', 'host'], packages: [node, /^vscode-languageserver/] },
  cli: { rooms: [...pure, 'protocol', 'host'], modules: ['package.json'], packages: [node] },
  extension: {
    rooms: ['protocol'],
    types: pure,
    modules: [
      'profile/assertNever',
      'profile/format',
      'profile/readFilter',
      'capture/profileRun',
      'capture/testFramework',
    ],
    packages: [node, /^vscode$/, /^vscode-languageclient\/node$/, /^vscode-languageserver-protocol/],
  },
  webview: {
    rooms: ['protocol'],
    types: pure,
    modules: [
      'profile/assertNever',
      'profile/changeLevel',
      'profile/format',
      'profile/search',
      'profile/lens',
      'profile/origin',
      'profile/profile',
      'profile/readFilter',
      'jobs/nextSteps',
      'source/packageOf',
    ],
    packages: [/^@vscode\/webview-ui-toolkit/],
  },
};

const root = path.resolve(__dirname, '..');
const sources = [...filesUnder('src'), ...filesUnder('webview')].filter((file) => file !== 'src/pure.d.ts');

describe('rooms', () => {
  test('every folder has a rule and a row in the code map, and every rule a folder', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = [...folders.map((folder) => folder.name), 'webview'].sort();
    expect(names).toEqual(Object.keys(rules).sort());
    const map = readFileSync(path.join(root, 'src/README.md'), 'utf8');
    expect(names.filter((name) => !map.includes(`${name}/\` |`))).toEqual([]);
  });

  test('imports go only along the arrows', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .map((entry) => ({ entry, why: forbidden(file, entry) }))
        .filter(({ why }) => why !== null)
        .map(({ entry, why }) => `${file} imports ${entry.from}: ${why}`),
    );
    expect(wrong).toEqual([]);
  });

  test('only one module imports the archived toolkit', () => {
    const users = sources.filter((file) =>
      importsOf(file).some(({ from }) => from.startsWith('@vscode/webview-ui-toolkit')),
    );
    expect(users).toEqual(['webview/controls.ts']);
  });
});

describe('imports', () => {
  test('every package is listed in package.json; what is shipped is a dependency', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const shipped = Object.keys(manifest.dependencies);
    const all = [...shipped, ...Object.keys(manifest.devDependencies)];
    const tools = ['test', 'bench', 'scripts'].flatMap(filesUnder);
    const missing = [...sources, ...tools].flatMap((file) =>
      importsOf(file)
        .filter(({ from }) => !from.startsWith('.') && !node.test(from) && from !== 'vscode')
        .filter(({ from }) => !(sources.includes(file) ? shipped : all).includes(packageName(from)))
        .map(({ from }) => `${file}: ${from}`),
    );
    expect(missing).toEqual([]);
  });

  test('no default exports, no barrels', () => {
    const wrong = sources.filter((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return (
        /^export default\b|^export \*|^export (type )?\{[^}]*\} from/m.test(text) || path.basename(file) === 'index.ts'
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  test('none has more than 600 lines', () => {
    const all = [...sources, ...['test', 'bench', 'scripts'].flatMap(filesUnder)];
    const long = all.filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 601);
    expect(long).toEqual([]);
  });

  test('tests mirror the source: every folder of tests is a room, and no room is without', () => {
    const apart = ['e2e', 'loop', 'fixtures', 'kit', 'rubyProof', 'support'];
    const folders = readdirSync(path.join(root, 'test'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !apart.includes(entry.name))
      .map((entry) => entry.name);
    expect(folders.filter((folder) => !(folder in rules))).toEqual([]);
    const counts = Object.keys(rules).map((room) => ({
      room,
      sources: sources.filter((file) => roomOf(file) === room && !file.startsWith('src/ruby/patterns/')).length,
      tests: filesUnder('test').filter((file) => file.startsWith(`test/${room}/`) && file.endsWith('.test.ts')).length,
    }));
    expect(counts.filter(({ room, sources: files, tests }) => tests < files * testsPerSource(room))).toEqual([]);
  });
});

/**
 * How many files of tests a room needs at least. Adapters and messages have none of their own; the extension has the
 * journeys of test/e2e and the manifest test; the command line is tested as a whole program; Ruby patterns share tables of
 * cases and are not counted.
 */
function testsPerSource(room: string): number {
  switch (room) {
    case 'host':
    case 'protocol':
      return 0;
    case 'extension':
    case 'cli':
    case 'ruby':
      return 1 / 10;
    default:
      return 1 / 4;
  }
}

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

/** Why a file may not have an import, or null. */
function forbidden(file: string, { from, typeOnly }: Import): string | null {
  const room = roomOf(file);
  const rule = rules[room];
  if (rule === undefined) return `${room} is an unknown folder`;
  if (!from.startsWith('.')) {
    return rule.packages.some((allowed) => allowed.test(from)) ? null : `${room} knows no such package`;
  }
  const target = path.posix.join(path.posix.dirname(file), from);
  const targetRoom = roomOf(target);
  if (targetRoom === room || rule.rooms.includes(targetRoom)) return null;
  if (rule.modules?.includes(target.replace(/^src\//, ''))) return null;
  if (rule.types?.includes(targetRoom)) return typeOnly ? null : `${room} knows ${targetRoom} only as types`;
  return `${room} does not know ${targetRoom}`;
}

/** `src/profile/formats/x.ts` -> `profile`; `webview/x.ts` -> `webview`. */
function roomOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  return first === 'src' ? second : first;
}

/** Static, dynamic and side-effect imports and re-exports, as written. */
function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found: Import[] = [];
  for (const [, typeWord, from] of text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?\bfrom\s+'([^']+)'/gm)) {
    found.push({ from: from ?? '', typeOnly: typeWord !== undefined });
  }
  for (const [, from] of text.matchAll(/(?:^import\s+|\bimport\(|\brequire\()'([^']+)'/gm)) {
    found.push({ from: from ?? '', typeOnly: false });
  }
  return found;
}

/** `@scope/name/file` -> `@scope/name`. */
function packageName(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

function filesUnder(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(ts|mts|mjs)$/.test(name) && !name.startsWith('test/fixtures/'));
}
