/** Undo and redo of how the profile is looked at: filters, shape, zoom, method in the middle. Selecting alone is no step. */
import type { State } from './state';

/** What a step back brings back. */
export type Look = Pick<State, (typeof parts)[number]>;

export interface History {
  /** Oldest first. */
  readonly past: readonly Look[];
  /** Next first. */
  readonly future: readonly Look[];
  /** The newest step is a zoom under the hand, which further movement of the hand is part of. */
  readonly moving: boolean;
}

const parts = ['refinement', 'groupBy', 'direction', 'order', 'range', 'middle'] as const;

/** Steps that can be taken back. */
const most = 100;

export const noHistory: History = { past: [], future: [], moving: false };

/** The history after a step from `before` to `after`; `moving`: the hand is still on it. */
export function remember(history: History, before: Look, after: Look, moving: boolean): History {
  if (sameLook(before, after)) return history;
  if (moving && history.moving) return history.future.length === 0 ? history : { ...history, future: [] };
  return { past: [...history.past.slice(1 - most), lookOf(before)], future: [], moving };
}

/** The look one step back (-1) or forth (1) and the history then, or null at its end. */
export function stepped(
  { past, future }: History,
  now: Look,
  step: -1 | 1,
): { readonly look: Look; readonly history: History } | null {
  const look = step < 0 ? past[past.length - 1] : future[0];
  if (look === undefined) return null;
  const here = lookOf(now);
  const history =
    step < 0
      ? { past: past.slice(0, -1), future: [here, ...future], moving: false }
      : { past: [...past, here], future: future.slice(1), moving: false };
  return { look, history };
}

function lookOf(state: Look): Look {
  const { refinement, groupBy, direction, order, range, middle } = state;
  return { refinement, groupBy, direction, order, range, middle };
}

function sameLook(a: Look, b: Look): boolean {
  return parts.every((part) => a[part] === b[part]);
}
