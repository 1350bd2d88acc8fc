import { Origin } from '../profile/origin';
import type { StringIndex } from '../profile/profile';
import type { MappedView } from './openProfile';

const ORIGINS: ReadonlySet<number> = new Set(Object.values(Origin));

/** Where the code of a recorded file comes from. */
export function originOf(view: MappedView, file: StringIndex): Origin {
  const origin = view.map.origin[file];
  return isOrigin(origin) ? origin : Origin.Other;
}

function isOrigin(value: number | undefined): value is Origin {
  return value !== undefined && ORIGINS.has(value);
}
