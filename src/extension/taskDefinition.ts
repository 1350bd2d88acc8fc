import type { ProfileTarget } from '../capture/profileRun';

/** What a task of `tasks.json` profiles; null where the definition does not say it. Anybody may have written it. */
export function targetOfDefinition(definition: Readonly<Record<string, unknown>>): ProfileTarget | null {
  const { kind } = definition;
  const file = textOf(definition.file);
  const line = numberOf(definition.line);
  if (kind === 'job') {
    const code = textOf(definition.code);
    return code === null ? null : { kind, code };
  }
  if (file === null) return null;
  if (kind === 'script') return { kind, file, args: textsOf(definition.args) };
  if (kind === 'rspec') return { kind, file, line };
  return kind === 'minitest' ? { kind, file, line, test: textOf(definition.test) } : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
