/** Controls of how a call tree is laid out, alike in every tab that shows one. */
import type { ComparedWidth } from '../src/profile/compareTrees';
import { type Choice, checkbox, dropdown, type Toggle } from './controls';
import { show } from './dom';
import { noTimeOrder, pictureOrder } from './pictureOrder';
import type { State } from './state';
import type { StateSource } from './store';

export function byLineToggle(store: StateSource): Toggle {
  const made = checkbox('Split by line', (checked) =>
    store.send({ type: 'groupBy', groupBy: checked ? 'line' : 'method' }),
  );
  made.element.title = 'One box per method and line, or one per method.';
  return made;
}

export function callersFirstToggle(store: StateSource): Toggle {
  const made = checkbox('Callers first', (checked) =>
    store.send({ type: 'direction', direction: checked ? 'callers' : 'callees' }),
  );
  made.element.title =
    'What allocates first, then who called it, and who called that: all ways to a method come together.';
  return made;
}

/** Only where the flame graph of the profile has one. */
export function timeOrderToggle(store: StateSource): TimeOrderToggle {
  const made = checkbox('In time order', (checked) =>
    store.send({ type: 'order', order: checked ? 'time' : 'weight' }),
  );
  return {
    element: made.element,
    update: (state) => {
      const { phase } = state;
      const timeline = phase.kind === 'ready' ? phase.summary.timeline : null;
      const hindrance = noTimeOrder(state);
      made.set(pictureOrder({ ...state, tab: 'flame' }) === 'time');
      show(made.element, timeline !== null);
      made.element.toggleAttribute('disabled', hindrance !== null);
      made.element.title = hindrance ?? timeWords[timeline ?? 'untimed'];
    },
  };
}

export interface TimeOrderToggle {
  readonly element: HTMLElement;
  update(state: State): void;
}

const timeWords = {
  timed:
    'As recorded, from left to right, instead of heaviest first. As wide as samples, not as time; threads are mixed as their samples came.',
  untimed:
    'As recorded, from left to right, instead of heaviest first; the file has no times. Threads are mixed as their samples came.',
};

export type ComparedChoice = ComparedWidth | 'off';

const comparedChoices: ReadonlyArray<readonly [ComparedChoice, string]> = [
  ['after', 'Changes, now'],
  ['before', 'Changes, before'],
  ['both', 'Changes, both'],
  ['off', 'No changes'],
];

/** Whether a flame graph shows what changed from the baseline, and whose figures make its widths. */
export function comparedChoice(store: StateSource): Choice<ComparedChoice> {
  const choice = dropdown('Changes from the baseline', comparedChoices, (chosen) =>
    store.send({ type: 'compared', compared: chosen === 'off' ? null : chosen }),
  );
  choice.element.title =
    'Boxes in the colour of their change from the baseline. Now: as wide as now, without what is gone. Before: as wide as in the baseline, without what is new. Both: all, as wide as the larger.';
  return choice;
}
