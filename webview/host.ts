/**
 * The extension's side as the view sees it: questions with ids, answers matched to them, everything else as messages.
 */
import type { FromView, ToView, ViewQuestion, ViewQuestions, ViewState } from '../src/protocol/webview';

export class Host {
  private nextId = 1;
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  constructor(
    private readonly api: {
      postMessage(message: FromView): void;
      getState(): unknown;
      setState(state: ViewState): unknown;
    },
    private readonly onMessage: (message: Exclude<ToView, { type: 'reply' }>) => void,
  ) {}

  /** Starts listening and says `ready`; the extension sends nothing before. */
  connect(target: EventTarget): void {
    target.addEventListener('message', (event) => {
      if (event instanceof MessageEvent) this.receive(event.data);
    });
    this.post({ type: 'ready' });
  }

  post(message: FromView): void {
    this.api.postMessage(message);
  }

  /** Rejects with the extension's sentence when there is no answer. */
  ask<Q extends ViewQuestion>(question: Q, params: ViewQuestions[Q]['params']): Promise<ViewQuestions[Q]['result']> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: (value) => resolve(value as ViewQuestions[Q]['result']), reject });
      this.post({ type: 'ask', id, question, params });
    });
  }

  get kept(): unknown {
    return this.api.getState();
  }

  keep(state: ViewState): void {
    this.api.setState(state);
  }

  private receive(message: ToView): void {
    if (typeof message !== 'object' || message === null) return;
    if (message.type !== 'reply') {
      this.onMessage(message);
      return;
    }
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) asked?.resolve(message.result);
    else asked?.reject(new Error(message.message));
  }
}
