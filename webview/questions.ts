/**
 * What the view asks the server, and when: compares states, keeps at most one question of a kind on its way, drops answers
 * that came too late. What is asked beside boxes is in the table of `subjects.ts`.
 */
import type { FlameData } from '../src/protocol/requests';
import type { ViewQuestions } from '../src/protocol/webview';
import { firstMinSamples } from './detail';
import { type FlameCover, type Picture, pictureOf, samePicture, toFlameTree } from './flameTree';
import type { Host } from './host';
import { Latest } from './latest';
import { type State, statePicture } from './state';
import type { Store } from './store';
import { missingKey, type SubjectQuestion, subjects } from './subjects';

/** How much finer the boxes are asked for when a place is not among those here. */
const refineBy = 20;

export class Questions {
  private readonly base: Latest<FlameCover, FlameData>;
  private readonly detail: Latest<FlameCover, FlameData>;
  private readonly askers: readonly Asker[];

  constructor(
    private readonly store: Store,
    host: Host,
  ) {
    const { send } = { send: store.send.bind(store) };
    const failed = (what: string) => (error: Error) => send({ type: 'notice', text: `${what}: ${error.message}` });
    const boxes = ({ refinement, groupBy, direction, around, from, to, minSamples }: FlameCover): Promise<FlameData> =>
      host.ask('flame', {
        refinement,
        shape: { groupBy, direction, around },
        from,
        to: Number.isFinite(to) ? to : null,
        minSamples,
      });
    this.base = new Latest(
      boxes,
      (data, cover) => send({ type: 'base', tree: toFlameTree(data, { ...cover, from: 0, to: data.totalSamples }) }),
      failed('The flame graph could not be loaded'),
    );
    this.detail = new Latest(
      boxes,
      (data, cover) => send({ type: 'detail', tree: toFlameTree(data, cover) }),
      failed('Finer boxes could not be loaded'),
    );
    this.askers = Object.keys(subjects)
      .filter(isSubject)
      .map((question) => new Asker(question, store, host));
    store.subscribe((state, previous) => this.follow(state, previous));
  }

  /** Finer boxes of what is on screen; ignored while some are on their way, because the picture asks again when they are here. */
  wantDetail(cover: FlameCover): void {
    if (!this.detail.busy) this.detail.want(cover);
  }

  /** Finer boxes of everything, for a place that is not among those here. False when they would not help. */
  refineBase(): boolean {
    const { base } = this.store.state;
    if (!base?.pruned || base.minSamples < base.totalSamples / 1e6) return false;
    this.base.want(everything(base, base.minSamples / refineBy));
    return true;
  }

  private follow(state: State, previous: State): void {
    if (state.phase.kind !== 'ready') {
      for (const question of [this.base, this.detail, ...this.askers]) question.drop();
      return;
    }
    const { samples } = state.phase.summary;
    const fresh = state.base === null && (previous.base !== null || previous.phase.kind !== 'ready');
    const picture = statePicture(state);
    if (fresh || !samePicture(picture, statePicture(previous))) {
      this.detail.drop();
      this.base.want(everything(picture, firstMinSamples(samples)));
    } else if (state.mapped !== previous.mapped) {
      this.base.want(everything(picture, state.base?.minSamples ?? firstMinSamples(samples)));
    }
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

function everything(picture: Picture, minSamples: number): FlameCover {
  return { ...pictureOf(picture), from: 0, to: Number.POSITIVE_INFINITY, minSamples };
}
