// Writes docs/settings.md and docs/commands.md from package.json; with --check only says whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { inRepository } from './run.mjs';

const scopes = { resource: 'per workspace folder', window: 'per window' };
const places = {
  'explorer/context': 'Explorer',
  'editor/context': 'editor menu',
  'editor/lineNumber/context': 'line-number menu',
  'editor/title': 'title of the profile view',
  'view/title': 'title of a view',
  'view/item/context': 'item of a view',
};

const manifest = JSON.parse(await readFile(inRepository('package.json'), 'utf8'));
const pages = {
  'docs/settings.md': settingsPage(manifest.contributes),
  'docs/commands.md': commandsPage(manifest.contributes),
};

for (const [file, text] of Object.entries(pages)) {
  const before = await readFile(inRepository(file), 'utf8').catch(() => '');
  if (before === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what package.json says: run node scripts/docs.mjs`);
    process.exitCode = 1;
  } else {
    await writeFile(inRepository(file), text);
    console.log(`wrote ${file}`);
  }
}

function settingsPage({ configuration, colors }) {
  const settings = Object.entries(configuration.properties).map(([key, setting]) =>
    [
      `### \`${key}\``,
      '',
      setting.markdownDescription,
      '',
      `Type \`${setting.type}\`, default \`${JSON.stringify(setting.default)}\`, ${scopes[setting.scope]}.`,
      ...choices(setting),
    ].join('\n'),
  );
  return page('Settings', [
    'Set them in the settings editor under *Allocation Hotspots*, or in `settings.json`.',
    ...settings,
    '## Colours',
    'Set them with `workbench.colorCustomizations`.',
    table(['colour', 'what', 'dark', 'light', 'high contrast', 'high contrast light'], colors.map(colorRow)),
  ]);
}

function choices({ enum: values = [], markdownEnumDescriptions: words = [] }) {
  const lines = values.map((value, index) => `- \`${value}\`${words[index] === undefined ? '' : `: ${words[index]}`}`);
  return lines.length === 0 ? [] : ['', ...lines];
}

function colorRow({ id, description, defaults }) {
  const { dark, light, highContrast, highContrastLight } = defaults;
  return [`\`${id}\``, description, ...[dark, light, highContrast, highContrastLight].map((value) => `\`${value}\``)];
}

function commandsPage({ commands, keybindings, menus }) {
  const hidden = new Set(menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  const keys = new Map(keybindings.map(({ command, key }) => [command, keyName(key)]));
  const row = ({ command, title, category }) => [
    hidden.has(command) ? title : `${category}: ${title}`,
    `\`${command}\``,
    keys.get(command) ?? '',
    menuNames(command, menus),
  ];
  return page('Commands', [
    'Run them from the Command Palette (`F1`) or where the last column says.',
    table(['command', 'id, for key bindings', 'key', 'also in'], commands.map(row)),
  ]);
}

function menuNames(command, menus) {
  return Object.keys(places)
    .filter((menu) => menus[menu].some((entry) => entry.command === command))
    .map((menu) => places[menu])
    .join(', ');
}

function keyName(key) {
  const name = (part) => part.charAt(0).toUpperCase() + part.slice(1);
  return `\`${key.split('+').map(name).join('+')}\``;
}

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function page(title, parts) {
  return [`# ${title}`, '<!-- Written by scripts/docs.mjs from package.json. -->', ...parts].join('\n\n').concat('\n');
}
