/** Controls of how a call tree is laid out, alike in every tab that shows one. */
import { checkbox, type Toggle } from './controls';
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
