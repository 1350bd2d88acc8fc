// Writes docs/settings.md and docs/commands.md from package.json; with --check only says whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { inRepository } from './run.mjs';

/**
 * @typedef {object} Setting
 * @property {string} type
 * @property {unknown} default
 * @property {'resource' | 'window'} scope
 * @property {string} markdownDescription
 * @property {string[]} [enum]
 * @property {string[]} [markdownEnumDescriptions]
 *
 * @typedef {{ id: string, description: string, defaults: Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string> }} Colour
 * @typedef {{ command: string, title: string, category: string }} Command
 * @typedef {Record<string, Array<{ command: string, when?: string }>>} Menus
 *
 * @typedef {object} Contributions
 * @property {{ properties: Record<string, Setting> }} configuration
 * @property {Colour[]} colors
 * @property {Command[]} commands
 * @property {Array<{ command: string, key: string }>} keybindings
 * @property {Menus} menus
 */

const scopes = { resource: 'per workspace folder', window: 'per window' };
/** @type {Record<string, string>} */
const places = {
  'explorer/context': 'Explorer',
  'editor/context': 'editor menu',
  'editor/lineNumber/context': 'line-number menu',
  'editor/title': 'title of the profile view',
  'view/title': 'title of a view',
  'view/item/context': 'item of a view',
};

/** @type {{ contributes: Contributions }} */
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

/** @param {Contributions} contributions */
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

/** @param {Setting} setting */
function choices({ enum: values = [], markdownEnumDescriptions: words = [] }) {
  const lines = values.map((value, index) => `- \`${value}\`${words[index] === undefined ? '' : `: ${words[index]}`}`);
  return lines.length === 0 ? [] : ['', ...lines];
}

/** @param {Colour} colour */
function colorRow({ id, description, defaults }) {
  const { dark, light, highContrast, highContrastLight } = defaults;
  return [`\`${id}\``, description, ...[dark, light, highContrast, highContrastLight].map((value) => `\`${value}\``)];
}

/** @param {Contributions} contributions */
function commandsPage({ commands, keybindings, menus }) {
  const hidden = new Set(menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command));
  const keys = new Map(keybindings.map(({ command, key }) => [command, keyName(key)]));
  /** @param {Command} command */
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

/** @param {string} command @param {Menus} menus */
function menuNames(command, menus) {
  return Object.keys(places)
    .filter((menu) => menus[menu]?.some((entry) => entry.command === command))
    .map((menu) => places[menu] ?? '')
    .join(', ');
}

/** @param {string} key */
function keyName(key) {
  /** @param {string} part */
  const name = (part) => part.charAt(0).toUpperCase() + part.slice(1);
  return `\`${key.split('+').map(name).join('+')}\``;
}

/** @param {string[]} heads @param {string[][]} rows */
function table(heads, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {string} title @param {string[]} parts */
function page(title, parts) {
  return [`# ${title}`, '<!-- Written by scripts/docs.mjs from package.json. -->', ...parts].join('\n\n').concat('\n');
}
