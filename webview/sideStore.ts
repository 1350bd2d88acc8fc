/**
 * The state of one side of the sandwich: the shared one, but with the boxes around the method in the middle, and a zoom of
 * their own. What is done to boxes stays here; everything else goes to the shared state and comes back from there.
 */
import { samePicture } from './flameTree';
import { type Action, initialState, reduce, type State, statePicture } from './state';
import { type Listener, StateHolder, type StateSource, type Store } from './store';

type SideAction = Action | { readonly type: 'follow'; readonly shared: State };

export class SideStore implements StateSource {
  private readonly own: StateHolder<SideAction>;

  constructor(
    private readonly shared: Store,
    direction: State['direction'],
  ) {
    const rootsAt = direction === 'callers' ? 'bottom' : 'top';
    this.own = new StateHolder<SideAction>(
      sideOf({ ...initialState(null), direction, rootsAt, compared: null }, shared.state),
      (state, action) => (action.type === 'follow' ? sideOf(state, action.shared) : reduce(state, action)),
    );
    shared.subscribe((state) => this.own.send({ type: 'follow', shared: state }));
  }

  get state(): State {
    return this.own.state;
  }

  subscribe(listener: Listener): void {
    this.own.subscribe(listener);
  }

  send(action: Action): void {
    switch (action.type) {
      case 'base':
      case 'detail':
      case 'range':
      case 'scroll':
      case 'box':
        this.own.send(action);
        return;
      case 'select':
        this.own.send(action);
        // The box is one of this picture; the flame graph finds its own.
        this.shared.send({ ...action, selection: action.selection && { ...action.selection, box: null } });
        return;
      default:
        this.shared.send(action);
    }
  }
}

/** A side's state after the shared one changed; the same object when nothing of it did. */
function sideOf(side: State, shared: State): State {
  const { phase, locale, lens, tab, refinement, groupBy, colourBy, colourSlots, query, middle, mapped } = shared;
  const around = middle?.frame ?? null;
  const colours = { colourBy, colourSlots };
  const taken = { phase, locale, lens, tab, refinement, groupBy, query, middle, mapped, around, ...colours };
  const selected = sameSelection(side, shared) ? side.selected : shared.selected && { ...shared.selected, box: null };
  const next: State = { ...side, ...taken, selected };
  if (around === null) return { ...next, base: null, detail: null, range: null };
  if (!samePicture(statePicture(next), statePicture(side))) return { ...next, range: null, motion: 'follow' };
  return Object.keys(taken).every((key) => Object.is(Reflect.get(taken, key), Reflect.get(side, key))) &&
    selected === side.selected
    ? side
    : next;
}

function sameSelection({ selected: a }: State, { selected: b }: State): boolean {
  return a !== null && b !== null && a.frame === b.frame && a.line === b.line && a.file === b.file;
}
