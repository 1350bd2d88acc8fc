/** What can be done with what is selected, in every tab alike: by menu and by key. */

import { Origin } from '../src/profile/origin';
import type { FilterKind } from '../src/profile/refinement';
import { packageOf } from '../src/source/packageOf';
import type { MenuItem } from './menu';
import type { Selection } from './state';
import type { Store } from './store';
import { filterKinds, type ViewFilter } from './viewFilters';
import { nameOrNone } from './visibleText';

/** Keys that filter by the selected method. */
const keys: Readonly<Record<FilterKind, string>> = {
  focus: 'Shift+F',
  ignore: 'Shift+I',
  hide: 'Shift+H',
  show: 'Shift+O',
};

/** What is read of a press of a key. */
export type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey'>;

const longestLabel = 160;

/** Groups of the menu: the method, its file, whose code it is. */
export function filterItems(store: Store, selection: Selection): ReadonlyArray<readonly MenuItem[]> {
  const item = (kind: FilterKind, filter: ViewFilter | null, key = ''): MenuItem[] => {
    if (filter === null) return [];
    const words = filterKinds.find(([known]) => known === kind)?.[1] ?? '';
    return [{ label: `${words} ${filter.label}`, key, act: () => store.send({ type: 'addFilter', filter }) }];
  };
  const method = (kind: FilterKind): MenuItem[] => item(kind, methodFilter(selection, kind), keys[kind]);
  return [
    [...method('focus'), ...method('ignore'), ...method('hide')],
    // A line has no method: its file stands for it above.
    selection.frame < 0
      ? []
      : [...item('focus', fileFilter(selection, 'focus')), ...item('hide', fileFilter(selection, 'hide'))],
    packageItems(store, packageOf(selection.file, originOf(selection.origin))),
  ];
}

/** Filters by whose code it is. */
export function packageItems(store: Store, name: string): MenuItem[] {
  return filterKinds.map(([kind, words]) => {
    const filter: ViewFilter = { kind, of: { by: 'package', package: name }, label: packageLabel(name) };
    return { label: `${words} ${filter.label}`, key: '', act: () => store.send({ type: 'addFilter', filter }) };
  });
}

/** The filter that a key stands for, of what is selected; null when the key is none, or nothing fits. */
export function filterForKey(event: Key, selection: Selection | null): ViewFilter | null {
  if (selection === null || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return null;
  const found = filterKinds.find(([kind]) => keys[kind] === `Shift+${event.key.toUpperCase()}`);
  return found === undefined ? null : methodFilter(selection, found[0]);
}

/** A line is no method: its file stands for it. */
function methodFilter(selection: Selection, kind: FilterKind): ViewFilter | null {
  const { frame, name } = selection;
  return frame < 0 ? fileFilter(selection, kind) : { kind, of: { by: 'frame', frame }, label: cut(nameOrNone(name)) };
}

function fileFilter({ file, place, origin }: Selection, kind: FilterKind): ViewFilter | null {
  if (file === '' || origin === Origin.Core || origin === Origin.Gc) return null;
  return { kind, of: { by: 'file', file }, label: cut(place) };
}

function originOf(value: number): Origin {
  return Object.values(Origin).find((origin) => origin === value) ?? Origin.Other;
}

/** Names may be endless; a label is sent with every question and kept. */
function cut(label: string): string {
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
}

/** A package in words. */
export function packageLabel(name: string): string {
  switch (name) {
    case 'app':
      return 'my code';
    case 'ruby':
      return 'Ruby core and stdlib';
    case 'gc':
      return 'garbage collection';
    case 'eval':
      return 'eval';
    case 'other':
      return 'other files';
    default:
      return `gem ${name}`;
  }
}
