import type { Budget, BudgetBase, BudgetLimit, BudgetSubject } from './budget';
import { type PlacedEntry, type PlacedError, type PlacedValue, parsePlacedJson } from './placedJson';

export type BudgetsResult =
  | { readonly ok: true; readonly budgets: readonly Budget[] }
  | { readonly ok: false; readonly error: PlacedError };

const MOST_BUDGETS = 1000;
const LONGEST_TEXT = 1000;
const SUBJECT_KEYS = ['total', 'job', 'method', 'file', 'line'];
const LIMIT_KEYS = ['objects', 'share', 'growth'];
const KEYS = [...SUBJECT_KEYS, 'counts', ...LIMIT_KEYS, 'why'];

/**
 * Reads a budget file: `{ "schema": 1, "budgets": [{ "job": "SyncJob", "objects": 1000000 }, ...] }`. Whatever is not understood is
 * an error: a limit that is silently not checked would be worse than none. docs/ci.md describes the keys.
 */
export function parseBudgets(text: string): BudgetsResult {
  const parsed = parsePlacedJson(text);
  if (!parsed.ok) return parsed;
  try {
    return { ok: true, budgets: readFile(parsed.value) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, error: { message: error.message, line: error.line } };
  }
}

class Refused extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

function readFile(value: PlacedValue): Budget[] {
  if (value.kind !== 'object') throw new Refused('A budget file is an object with "schema" and "budgets"', value.line);
  for (const { key, line } of value.entries) {
    if (key !== 'schema' && key !== 'budgets' && key !== '$schema') throw unknownKey(key, ['schema', 'budgets'], line);
  }
  const schema = entryOf(value.entries, 'schema');
  if (schema?.value.kind !== 'number' || schema.value.value !== 1) {
    throw new Refused('The file needs "schema": 1, the only version that is known', schema?.line ?? value.line);
  }
  const list = entryOf(value.entries, 'budgets');
  if (list?.value.kind !== 'array') throw new Refused('"budgets" is a list of budgets', list?.line ?? value.line);
  const { items } = list.value;
  if (items.length === 0) throw new Refused('"budgets" is empty: nothing would be checked', list.line);
  if (items.length > MOST_BUDGETS) throw new Refused(`More than ${MOST_BUDGETS} budgets`, list.line);
  const budgets = items.map(readBudget);
  refuseRepeated(budgets);
  return budgets;
}

function readBudget(value: PlacedValue): Budget {
  const { line } = value;
  if (value.kind !== 'object') throw new Refused('A budget is an object like { "total": true, "objects": 1000 }', line);
  const { entries } = value;
  for (const entry of entries) if (!KEYS.includes(entry.key)) throw unknownKey(entry.key, KEYS, entry.line);
  const named = entries.filter(({ key }) => SUBJECT_KEYS.includes(key));
  if (named.length !== 1) {
    const keys = named.map(({ key }) => `"${key}"`).join(' and ');
    const has = keys === '' ? 'has none' : `has ${keys}`;
    throw new Refused(`A budget is about one of ${listOf(SUBJECT_KEYS)}; this one ${has}`, line);
  }
  const subject = readSubject(named[0]!);
  const counts = entryOf(entries, 'counts');
  const limits = entries.filter(({ key }) => LIMIT_KEYS.includes(key)).map(readLimit);
  if (limits.length === 0) throw new Refused(`A budget needs a limit: ${listOf(LIMIT_KEYS)}`, line);
  if (subject.by === 'total') {
    const pointless = counts ?? entryOf(entries, 'share');
    if (pointless !== null) throw new Refused(`"${pointless.key}" says nothing about the total`, pointless.line);
  }
  const why = entryOf(entries, 'why');
  return {
    subject,
    counts: counts === null ? 'through' : readBase(counts),
    limits,
    why: why === null ? null : readText(why),
    line,
  };
}

function readSubject(entry: PlacedEntry): BudgetSubject {
  const { key, value, line } = entry;
  if (key === 'total') {
    if (value.kind !== 'boolean' || !value.value) throw new Refused('"total" is true or left out', line);
    return { by: 'total' };
  }
  const text = readText(entry);
  switch (key) {
    case 'job':
      if (text.includes('#'))
        throw new Refused('"job" is the name of a class: SyncJob; for a method use "method"', line);
      return { by: 'job', job: text.replace(/^::/, '') };
    case 'method':
      return { by: 'method', method: text };
    case 'file':
      return { by: 'file', file: readPath(text, line) };
    default: {
      const found = /^(.+):([1-9]\d{0,6})$/.exec(text);
      if (found === null) throw new Refused('"line" is a path and a line: app/models/account.rb:63', line);
      return { by: 'line', file: readPath(found[1]!, line), line: Number(found[2]) };
    }
  }
}

/** Paths are those that `report` prints: from the root, with `/`. */
function readPath(text: string, line: number): string {
  const path = text.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (path === '' || path.startsWith('../')) throw new Refused('The path is not below the root', line);
  return path;
}

function readBase({ value, line }: PlacedEntry): BudgetBase {
  if (value.kind === 'string' && (value.value === 'through' || value.value === 'own')) return value.value;
  throw new Refused('"counts" is "through" or "own"', line);
}

function readLimit({ key, value, line }: PlacedEntry): BudgetLimit {
  switch (key) {
    case 'objects':
      return { by: 'objects', most: readObjects(value, '"objects" is a number of objects, 0 or more', line) };
    case 'share':
      if (value.kind === 'number' && value.value >= 0 && value.value <= 1) return { by: 'share', most: value.value };
      throw new Refused('"share" is a part of all objects from 0 to 1: 0.2 for 20 %', line);
    default: {
      const help = '"growth" is a number of objects, or percent in quotes: 20000 or "10 %"';
      if (value.kind !== 'string') return { by: 'growth', most: readObjects(value, help, line), in: 'objects' };
      const percent = /^(\d{1,6}(?:\.\d{1,6})?) ?%$/.exec(value.value);
      if (percent === null) throw new Refused(help, line);
      return { by: 'growth', most: Number(percent[1]), in: 'percent' };
    }
  }
}

function readObjects(value: PlacedValue, help: string, line: number): number {
  const isCount = value.kind === 'number' && value.value >= 0 && value.value <= Number.MAX_SAFE_INTEGER;
  if (!isCount) throw new Refused(help, line);
  return value.value;
}

function readText({ key, value, line }: PlacedEntry): string {
  if (value.kind !== 'string' || value.value.trim() === '') throw new Refused(`"${key}" is a text in quotes`, line);
  if (value.value.length > LONGEST_TEXT) {
    throw new Refused(`"${key}" is longer than ${LONGEST_TEXT} characters`, line);
  }
  return value.value.trim();
}

/** Two limits of a kind for one subject: one of them is a mistake. */
function refuseRepeated(budgets: readonly Budget[]): void {
  const lines = new Map<string, number>();
  for (const { subject, counts, limits, line } of budgets) {
    for (const limit of limits) {
      const key = JSON.stringify([subject, counts, limit.by]);
      const before = lines.get(key);
      if (before !== undefined) {
        throw new Refused(`This has a limit of "${limit.by}" already, in the budget of line ${before}`, line);
      }
      lines.set(key, line);
    }
  }
}

function entryOf(entries: readonly PlacedEntry[], key: string): PlacedEntry | null {
  return entries.find((entry) => entry.key === key) ?? null;
}

function unknownKey(key: string, known: readonly string[], line: number): Refused {
  return new Refused(`"${key.slice(0, 40)}" is not known here: use ${listOf(known)}`, line);
}

function listOf(keys: readonly string[]): string {
  return `${keys.slice(0, -1).join(', ')} or ${keys.at(-1)}`;
}
