import { type Action, reduce, type State } from './state';

export type Listener = (state: State, previous: State) => void;

/** Holds the state and tells listeners, in the order they came, what it was before. Actions sent by a listener wait their turn. */
export class Store {
  private readonly listeners: Listener[] = [];
  private readonly queue: Action[] = [];
  private busy = false;

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  send(action: Action): void {
    this.queue.push(action);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) this.apply(next);
    } finally {
      this.busy = false;
    }
  }

  private apply(action: Action): void {
    const previous = this.current;
    this.current = reduce(previous, action);
    if (this.current === previous) return;
    for (const listener of this.listeners) listener(this.current, previous);
  }
}
