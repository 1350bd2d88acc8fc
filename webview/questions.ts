/**
 * What the view asks the server beside boxes, and when: compares states, keeps at most one question of a kind on its way,
 * drops answers that came too late. The questions are in the table of `subjects.ts`.
 */
import type { ViewQuestions } from '../src/protocol/webview';
import type { Host } from './host';
import { Latest } from './latest';
import type { State } from './state';
import type { Store } from './store';
import { missingKey, type SubjectQuestion, subjects } from './subjects';

export class Questions {
  private readonly askers: readonly Asker[];

  constructor(store: Store, host: Host) {
    this.askers = Object.keys(subjects)
      .filter(isSubject)
      .map((question) => new Asker(question, store, host));
    store.subscribe((state, previous) => this.follow(state, previous));
  }

  private follow(state: State, previous: State): void {
    if (state.phase.kind !== 'ready') {
      for (const asker of this.askers) asker.drop();
      return;
    }
    const fresh = state.base === null && (previous.base !== null || previous.phase.kind !== 'ready');
    for (const asker of this.askers) {
      if (fresh) asker.drop();
      asker.follow(state, fresh ? null : previous);
    }
  }
}

/** One row of the table: asks when what is missing changes; after a failure, when somebody comes back to it. */
class Asker {
  private readonly latest: Latest<{ readonly params: Params; readonly key: string }, Result>;

  constructor(
    private readonly question: SubjectQuestion,
    store: Store,
    host: Host,
  ) {
    const { failed } = subjects[question];
    this.latest = new Latest(
      ({ params }) => host.ask(question, params),
      (result, { key }) => store.send({ type: 'answer', question, key, result }),
      (error) => store.send({ type: 'notice', text: `${failed}: ${error.message}` }),
    );
  }

  follow(state: State, previous: State | null): void {
    const params = subjects[this.question].params(state);
    const key = missingKey(state, this.question);
    if (params === null) this.latest.drop();
    if (params === null || key === null) return;
    const known = previous !== null && missingKey(previous, this.question) === key;
    const again = state.tab !== previous?.tab && !this.latest.busy;
    if (!known || again) this.latest.want({ params, key });
  }

  drop(): void {
    this.latest.drop();
  }
}

type Params = ViewQuestions[SubjectQuestion]['params'];
type Result = ViewQuestions[SubjectQuestion]['result'];

function isSubject(name: string): name is SubjectQuestion {
  return Object.hasOwn(subjects, name);
}
