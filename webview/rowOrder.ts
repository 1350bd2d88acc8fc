/** Which rows of a table are shown, and in which order. Row ids are positions in the data. */

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** A column's value of a row: numbers sort by size, texts by the locale. */
export type SortKey = (id: number) => number | string;

/** Ids `0 .. count` that pass `keep`, sorted by `key`; equal ones keep the order they came in. */
export function rowOrder(
  count: number,
  keep: ((id: number) => boolean) | null,
  key: SortKey | null,
  descending: boolean,
  locale: string,
): Int32Array {
  const ids: number[] = [];
  for (let id = 0; id < count; id++) if (keep === null || keep(id)) ids.push(id);
  if (key !== null) sortRows(ids, key, descending, locale);
  return Int32Array.from(ids);
}

/** Sorts ids in place; equal ones by id. */
export function sortRows(ids: number[], key: SortKey, descending: boolean, locale: string): void {
  const collator = new Intl.Collator(localeOrDefault(locale), { numeric: true });
  const keys = new Map(ids.map((id) => [id, key(id)]));
  const direction = descending ? -1 : 1;
  ids.sort((a, b) => {
    const left = keys.get(a)!;
    const right = keys.get(b)!;
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right));
    return order === 0 ? a - b : order * direction;
  });
}

function localeOrDefault(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Rows to have in the page: those in view and a few beyond, `first .. last` (exclusive). Heights in CSS pixels. */
export function rowWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  beyond = 8,
): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
  const last = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + beyond);
  return { first: Math.min(first, last), last };
}
