/** Asks for the boxes of one picture: coarse ones of everything, finer ones of where the user is. */
import type { FlameData } from '../src/protocol/requests';
import { firstMinSamples } from './detail';
import { type FlameCover, type Picture, pictureOf, samePicture, toFlameTree } from './flameTree';
import type { Host } from './host';
import { Latest } from './latest';
import { type State, statePicture } from './state';
import type { StateSource } from './store';

/** How much finer the boxes are asked for when a place is not among those here. */
const refineBy = 20;

export class BoxQuestions {
  private readonly base: Latest<FlameCover, FlameData>;
  private readonly detail: Latest<FlameCover, FlameData>;
  /** What was asked for last, and how the profile's paths were mapped then. */
  private asked: Picture | null = null;
  private mapped = 0;

  constructor(
    private readonly store: StateSource,
    host: Host,
    /** Somebody looks at the picture now. */
    private readonly wanted: (state: State) => boolean,
  ) {
    const failed = (what: string) => (error: Error) =>
      store.send({ type: 'notice', text: `${what}: ${error.message}` });
    const boxes = ({ from, to, minSamples, ...picture }: FlameCover): Promise<FlameData> => {
      const { refinement, groupBy, direction, around, order, compared } = picture;
      return host.ask('flame', {
        refinement,
        shape: { groupBy, direction, around, order },
        compared: compared?.width ?? null,
        from,
        to: Number.isFinite(to) ? to : null,
        minSamples,
      });
    };
    this.base = new Latest(
      boxes,
      (data, cover) =>
        store.send({ type: 'base', tree: toFlameTree(data, { ...cover, from: 0, to: data.totalSamples }) }),
      failed('The flame graph could not be loaded'),
    );
    this.detail = new Latest(
      boxes,
      (data, cover) => store.send({ type: 'detail', tree: toFlameTree(data, cover) }),
      failed('Finer boxes could not be loaded'),
    );
    store.subscribe((state, previous) => this.follow(state, previous));
    this.follow(store.state, store.state);
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
      this.base.drop();
      this.detail.drop();
      this.asked = null;
      return;
    }
    if (state.base === null && previous.base !== null) this.asked = null;
    if (!this.wanted(state)) return;
    const { samples } = state.phase.summary;
    const picture = statePicture(state);
    if (this.asked === null || !samePicture(picture, this.asked)) {
      this.detail.drop();
      this.base.want(everything(picture, firstMinSamples(samples)));
    } else if (state.mapped !== this.mapped) {
      this.base.want(everything(picture, state.base?.minSamples ?? firstMinSamples(samples)));
    }
    this.asked = picture;
    this.mapped = state.mapped;
  }
}

function everything(picture: Picture, minSamples: number): FlameCover {
  return { ...pictureOf(picture), from: 0, to: Number.POSITIVE_INFINITY, minSamples };
}
