import type { Connection } from 'vscode-languageserver';
import { defaultSettings, type Settings } from '../protocol/requests';

const SECTION = 'allocationHotspots';

/** The user's settings, pulled from the client when first needed and forgotten when they change. */
export class SettingsCache {
  private pending: Promise<Settings> | null = null;

  /** `pull` false: the client cannot be asked, the defaults stand. */
  constructor(
    private readonly connection: Connection,
    private readonly pull: () => boolean,
  ) {}

  /** Never rejects: a client that fails to answer gives the defaults, and is asked again next time. */
  get(): Promise<Settings> {
    if (!this.pull()) return Promise.resolve(defaultSettings);
    this.pending ??= this.connection.workspace.getConfiguration(SECTION).then(parseSettings, (error: unknown) => {
      this.pending = null;
      this.connection.console.warn(`Settings could not be read, the defaults are used: ${String(error)}`);
      return defaultSettings;
    });
    return this.pending;
  }

  drop(): void {
    this.pending = null;
  }
}

/** What of `value` is a setting of the right type and range; the default in place of everything else. */
export function parseSettings(value: unknown): Settings {
  const given = isRecord(value) ? value : {};
  const threshold = given.hotLineThreshold;
  return {
    hotLineThreshold:
      typeof threshold === 'number' && threshold >= 0 && threshold <= 100
        ? threshold
        : defaultSettings.hotLineThreshold,
    pathMappings: parseMappings(given.pathMappings),
    codeLens: parseFlag(given.codeLens, defaultSettings.codeLens),
    diagnostics: parseFlag(given.diagnostics, defaultSettings.diagnostics),
    ignoredPatterns: parseTexts(given.ignoredPatterns),
  };
}

function parseMappings(value: unknown): Record<string, string> {
  const mappings: Record<string, string> = {};
  if (!isRecord(value)) return mappings;
  for (const [from, to] of Object.entries(value)) if (typeof to === 'string') mappings[from] = to;
  return mappings;
}

function parseTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function parseFlag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
