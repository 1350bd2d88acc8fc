import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { editorFor } from '../src/extension/editorFor';
import {
  allDefaults,
  colors,
  commands,
  contextKeys,
  editors,
  jobLogEditor,
  section,
  viewContainer,
  views,
  walkthrough,
} from '../src/protocol/ids';

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly capabilities: Record<string, { supported: unknown; description?: string }>;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string; enablement?: string }[];
    readonly menus: Record<string, readonly MenuEntry[]>;
    readonly keybindings: readonly (MenuEntry & { key: string })[];
    readonly viewsContainers: { activitybar: readonly { id: string; icon: string }[] };
    readonly views: Record<string, readonly { id: string; icon: string }[]>;
    readonly viewsWelcome: readonly { view: string; contents: string; when?: string }[];
    readonly customEditors: readonly {
      viewType: string;
      priority: string;
      selector: readonly { filenamePattern: string }[];
    }[];
    readonly colors: readonly { id: string; defaults: Record<string, string> }[];
    readonly configuration: {
      properties: Record<string, { default: unknown; type: string; scope: string; markdownDescription: string }>;
    };
    readonly walkthroughs: readonly {
      id: string;
      steps: readonly {
        id: string;
        description: string;
        media: { markdown: string };
        completionEvents: readonly string[];
      }[];
    }[];
  };
}

const root = path.resolve(__dirname, '..');
const manifest: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const text = JSON.stringify(contributes);

describe('ids', () => {
  test('the commands are those of ids.ts', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(commands).sort());
  });

  test('every command has a category and a title in words, and no title is there twice', () => {
    const titles = contributes.commands.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('Allocation Hotspots');
      expect(title).toMatch(/^[A-Z][A-Za-z …]+$/);
    }
  });

  test('every command is registered: the table is complete by its type, and nothing else registers any', () => {
    const sources = filesUnder('src/extension').map((file) => readFileSync(file, 'utf8'));
    const registering = sources.filter((source) => source.includes('registerCommand('));
    expect(registering).toHaveLength(1);
    expect(registering[0]).toContain('Readonly<Record<CommandId,');
  });

  test('views, editors and colours are those of ids.ts', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([viewContainer]);
    expect(contributes.views[viewContainer]?.map(({ id }) => id)).toEqual(Object.values(views));
    expect(contributes.customEditors.map(({ viewType }) => viewType)).toEqual([
      ...Object.values(editors),
      jobLogEditor,
    ]);
    expect(contributes.colors.map(({ id }) => id)).toEqual([...colors.heat, colors.stale, colors.foreground]);
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual([walkthrough]);
  });

  test('menus, keys, links and completion events name commands that exist', () => {
    const known: readonly string[] = Object.values(commands);
    const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    expect(entries.map(({ command }) => command).filter((command) => !known.includes(command))).toEqual([]);
    const links = [...text.matchAll(/(?:command:|onCommand:)([\w.]+)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !known.includes(link))).toEqual([]);
  });

  test('when clauses use known context keys only, and every one of ours is used', () => {
    const ours: readonly string[] = Object.values(contextKeys);
    const clauses = whenClauses();
    const used = new Set(clauses.flatMap(keysOf));
    expect([...used].filter((key) => !ours.includes(key) && !editorKeys.includes(key))).toEqual([]);
    // `heatShown` is for users' own key bindings; the rest must be wired to something.
    const wired = ours.filter(
      (key) => key !== contextKeys.heat && !used.has(key) && !text.includes(`onContext:${key}`),
    );
    expect(wired).toEqual([]);
  });

  test('when clauses compare `view` with views that exist', () => {
    const named = whenClauses().flatMap((clause) =>
      [...clause.matchAll(/\bview == ([\w.]+)/g)].map((match) => match[1] ?? ''),
    );
    const known: readonly string[] = Object.values(views);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((view) => !known.includes(view))).toEqual([]);
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  test('keys and defaults are those the code falls back on', () => {
    const declared = Object.entries(properties).filter(([key]) => key !== `${section}.trace.server`);
    const expected = Object.entries(allDefaults).map(([key, value]) => [`${section}.${key}`, value]);
    expect(Object.fromEntries(declared.map(([key, setting]) => [key, setting.default]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  test('every setting has a type, a description and the scope in which it is read', () => {
    for (const [key, setting] of Object.entries(properties)) {
      expect(key.startsWith(`${section}.`)).toBe(true);
      expect(setting.markdownDescription).toMatch(/\.$/);
      // The server asks once for the whole window, not per folder.
      expect(setting.scope).toBe('window');
    }
  });
});

describe('profile names', () => {
  const patterns = (viewType: string) =>
    contributes.customEditors
      .find((editor) => editor.viewType === viewType)
      ?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
  const opensByDefault = (name: string) => patterns(editors.profile).some((pattern) => matches(name, pattern));
  const isOffered = (name: string) => patterns(editors.anyFile).some((pattern) => matches(name, pattern));

  test.each([
    'stackprof_process_88444_1234567890.dump',
    'stackprof_process_88444_1234567890.dump.gz',
    'stackprof-object-4242-1700000000.dump',
    'my_stackprof.dump',
    'sync.stackprof.json',
    'sync.stackprof.json.gz',
    'stackprof-sync.json',
    'stack-prof-report-object-raw-total.dump',
    'sync.stackprof',
  ])('%s opens in the profile view', (name) => {
    expect(opensByDefault(name)).toBe(true);
    expect(editorFor(name)).toBe(editors.profile);
  });

  test.each(['production.dump', 'pg.dump.gz', 'package.json', 'flame.json', 'logs.json.gz'])(
    '%s opens as before, with the view under Open With',
    (name) => {
      expect(opensByDefault(name)).toBe(false);
      expect(isOffered(name)).toBe(true);
      expect(editorFor(name)).toBe(editors.anyFile);
    },
  );

  test.each(['stackprof.rb', 'stackprof.gemspec', 'notes.md', 'archive.gz'])('%s is none of ours', (name) => {
    expect(opensByDefault(name) || isOffered(name)).toBe(false);
  });

  test('only the sure names open by default', () => {
    expect(contributes.customEditors.map(({ viewType, priority }) => [viewType, priority])).toEqual([
      [editors.profile, 'default'],
      [editors.anyFile, 'option'],
      [jobLogEditor, 'option'],
    ]);
  });
});

describe('the rest', () => {
  test('activation: Ruby files, to bring back the heat of the active profile, and merged profiles; all else is by contribution', () => {
    expect(manifest.activationEvents).toEqual([
      'onLanguage:ruby',
      'onLanguage:erb',
      'onFileSystem:allocation-merged',
      'workspaceContains:Gemfile',
      'onTaskType:allocation-hotspots',
    ]);
  });

  test('untrusted and virtual workspaces are spoken for', () => {
    expect(manifest.capabilities.untrustedWorkspaces?.supported).toBe('limited');
    expect(manifest.capabilities.untrustedWorkspaces?.description).toMatch(/\.$/);
    expect(manifest.capabilities.virtualWorkspaces?.supported).toBe(false);
    expect(manifest.capabilities.virtualWorkspaces?.description).toMatch(/\.$/);
  });

  test('every colour has a default for the four kinds of theme', () => {
    for (const { id, defaults } of contributes.colors) {
      expect(Object.keys(defaults).sort(), id).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
      for (const value of Object.values(defaults)) expect(value).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  test('icons and pages exist', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((list) => list.map(({ icon }) => icon)),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
      'media/help/round-intervals.md',
    ];
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('the sample comes with the source it was recorded from, as it is in the example', () => {
    const sample = path.join(root, 'media/sample/finance-sync');
    const example = path.join(root, 'examples/finance-sync');
    const sources = readdirSync(sample, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(sample, path.join(entry.parentPath, entry.name)));
    expect(sources.length).toBeGreaterThan(10);
    const text = (folder: string, file: string) => readFileSync(path.join(folder, file), 'utf8');
    expect(sources.filter((file) => text(sample, file) !== text(example, file))).toEqual([]);
    const recording = readFileSync(path.join(root, 'media/sample/finance_sync.stackprof.dump.gz'));
    const profile = path.join(example, 'profiles/before/stackprof_process_88444_1767225600.dump');
    expect(gunzipSync(recording).equals(readFileSync(profile))).toBe(true);
  });

  test('the pages of settings and commands are current', () => {
    execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, stdio: 'pipe' });
  });
});

/** Keys of VS Code itself that the clauses use. */
const editorKeys = [
  'activeCustomEditorId',
  'editorIsOpen',
  'explorerResourceIsFolder',
  'isWorkspaceTrusted',
  'listMultiSelection',
  'resourceExtname',
  'resourceFilename',
  'resourceLangId',
  'resourceScheme',
  'view',
  'viewItem',
];

function whenClauses(): readonly string[] {
  const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings, ...contributes.viewsWelcome];
  const enablements = contributes.commands.map(({ enablement }) => enablement);
  return [...entries.map(({ when }) => when), ...enablements].filter((clause) => clause !== undefined);
}

/** The context keys of a clause: what is left of each comparison. */
function keysOf(clause: string): readonly string[] {
  return clause
    .replace(/=~ \/(?:\\.|[^/])*\//g, '')
    .split(/&&|\|\|/)
    .map((term) => (term.trim().split(/\s*(?:[!=]=|[<>])/)[0] ?? '').replace(/[!()\s]/g, ''))
    .filter((key) => key !== '' && key !== 'false' && key !== 'true');
}

/** VS Code's match of a file name, as far as our patterns go: `*` is anything. */
function matches(name: string, pattern: string): boolean {
  const literal = (part: string) => part.replace(/[.+^${}()|[\]\\?]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(name);
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name));
}
