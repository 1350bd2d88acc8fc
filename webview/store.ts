import { type Action, reduce, type State } from './state';

export type Listener = (state: State, previous: State) => void;

/** What parts of the view need of a store. */
export interface StateSource {
  readonly state: State;
  subscribe(listener: Listener): void;
  send(action: Action): void;
}

/** Holds a state and tells listeners, in the order they came, what it was before. Actions sent by a listener wait their turn. */
export class StateHolder<Change> {
  private readonly listeners: Listener[] = [];
  private readonly queue: Change[] = [];
  private busy = false;

  constructor(
    private current: State,
    private readonly next: (state: State, change: Change) => State,
  ) {}

  get state(): State {
    return this.current;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  send(change: Change): void {
    this.queue.push(change);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) this.apply(next);
    } finally {
      this.busy = false;
    }
  }

  private apply(change: Change): void {
    const previous = this.current;
    this.current = this.next(previous, change);
    if (this.current === previous) return;
    for (const listener of this.listeners) listener(this.current, previous);
  }
}

/** The state that all parts of the view share. */
export class Store extends StateHolder<Action> implements StateSource {
  constructor(state: State) {
    super(state, reduce);
  }
}
