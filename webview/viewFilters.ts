/** The filters of the view: what is sent to the server, with the words for people. */
import { Origin } from '../src/profile/origin';
import { FrameKind } from '../src/profile/profile';
import { readFilter } from '../src/profile/readFilter';
import type { FilterKind, FilterSubject, StackFilter } from '../src/profile/refinement';

/** A filter with the name of what it is about: `Balance#sync`, `gem activerecord`. Sent as it is: the server reads the filter. */
export type ViewFilter = StackFilter & { readonly label: string };

export type ViewRefinement = readonly ViewFilter[];

/** Nothing is filtered. */
export const everything: ViewRefinement = [];

/** Filters that are switched on and off by their own buttons. */
export const switches: ReadonlyArray<{ readonly filter: ViewFilter; readonly hint: string }> = [
  {
    filter: { kind: 'show', of: { by: 'origin', origin: Origin.Mine }, label: 'My code only' },
    hint: 'Only frames of this workspace stay; what gems, Ruby and C allocate counts for the line of yours that calls them.',
  },
  {
    filter: { kind: 'hide', of: { by: 'kind', kind: FrameKind.C }, label: 'Merge C' },
    hint: 'Methods written in C go; what they allocate counts for their callers.',
  },
  {
    filter: { kind: 'foldRecursion', label: 'Fold recursion' },
    hint: 'A method that is on the stack already stands there once, where it was called first.',
  },
];

/** The filters for people who add one by hand, in the order of the list. */
export const filterKinds: ReadonlyArray<readonly [FilterKind, string]> = [
  ['focus', 'Only stacks through'],
  ['ignore', 'No stacks through'],
  ['hide', 'Hide'],
  ['show', 'Show only'],
];

/** What a chip says: `Hide gem activerecord`. */
export function filterWords(filter: ViewFilter): string {
  if (filter.kind === 'foldRecursion') return filter.label;
  const words = filterKinds.find(([kind]) => kind === filter.kind)?.[1] ?? '';
  return `${words} ${filter.label}`;
}

/** What a filter is called where it stands for itself: the name of its button, or what its chip says. */
export function filterName(filter: ViewFilter): string {
  return switches.some((one) => sameFilter(one.filter, filter)) ? filter.label : filterWords(filter);
}

/** What a filter does, in one sentence. */
export function filterHint(filter: ViewFilter): string {
  switch (filter.kind) {
    case 'focus':
      return `Stacks that do not have ${filter.label} are left out.`;
    case 'ignore':
      return `Stacks that have ${filter.label} are left out.`;
    case 'hide':
      return `Frames of ${filter.label} are left out; what they allocate counts for their callers.`;
    case 'show':
      return `All frames but those of ${filter.label} are left out; what they allocate counts for their callers.`;
    case 'foldRecursion':
      return filter.label;
  }
}

/** Whether both filter alike, however they are called. */
export function sameFilter(a: StackFilter, b: StackFilter): boolean {
  if (a.kind === 'foldRecursion' || b.kind === 'foldRecursion') return a.kind === b.kind;
  return a.kind === b.kind && subjectText(a.of) === subjectText(b.of);
}

export function has(refinement: ViewRefinement, filter: StackFilter): boolean {
  return refinement.some((one) => sameFilter(one, filter));
}

/** With the filter at the end; the same list when it is there already. */
export function withFilter(refinement: ViewRefinement, filter: ViewFilter): ViewRefinement {
  return has(refinement, filter) ? refinement : [...refinement, filter];
}

/** Without the filter; nothing left is always the same list. */
export function withoutFilter(refinement: ViewRefinement, filter: StackFilter): ViewRefinement {
  const left = refinement.filter((one) => !sameFilter(one, filter));
  return left.length === 0 ? everything : left;
}

/** Filters that a reload kept; those that do not fit are left out. */
export function keptFilters(value: unknown): ViewRefinement {
  if (!Array.isArray(value)) return everything;
  const kept = value.flatMap((one: unknown): ViewFilter[] => {
    const filter = readFilter(one);
    const label = typeof one === 'object' && one !== null ? Reflect.get(one, 'label') : undefined;
    return filter === 'kind' || filter === 'of' || typeof label !== 'string' ? [] : [{ ...filter, label }];
  });
  return kept.length === 0 ? everything : kept;
}

function subjectText(of: FilterSubject): string {
  switch (of.by) {
    case 'frame':
      return `frame ${of.frame}`;
    case 'file':
      return `file ${of.file}`;
    case 'package':
      return `package ${of.package}`;
    case 'origin':
      return `origin ${of.origin}`;
    case 'kind':
      return `kind ${of.kind}`;
    case 'text':
      return `text ${of.text}`;
  }
}
