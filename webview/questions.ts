/** What the view asks the server, and when: compares states, keeps at most one question of a kind on its way, drops answers that came too late. */
import type { GroupBy, Lens } from '../src/profile/lens';
import type { CallersResult, FlameData, HotLinesResult, MethodsResult, SearchResult } from '../src/protocol/requests';
import { firstMinSamples } from './detail';
import { type FlameCover, toFlameTree } from './flameTree';
import type { Host } from './host';
import { Latest } from './latest';
import type { State } from './state';
import type { Store } from './store';

/** Rows of the hot lines table; beyond, nothing is hot. */
const mostLines = 20_000;
/** How much finer the boxes are asked for when a place is not among those here. */
const refineBy = 20;

export class Questions {
  private readonly base: Latest<FlameCover, FlameData>;
  private readonly detail: Latest<FlameCover, FlameData>;
  private readonly lines: Latest<Lens, HotLinesResult>;
  private readonly methods: Latest<Lens, MethodsResult>;
  private readonly callers: Latest<number, CallersResult>;
  private readonly search: Latest<string, SearchResult>;

  constructor(
    private readonly store: Store,
    host: Host,
  ) {
    const { send } = { send: store.send.bind(store) };
    const failed = (what: string) => (error: Error) => send({ type: 'notice', text: `${what}: ${error.message}` });
    const boxes = ({ groupBy, from, to, minSamples }: FlameCover): Promise<FlameData> =>
      host.ask('flame', { groupBy, from, to: Number.isFinite(to) ? to : null, minSamples });
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
    this.lines = new Latest(
      (lens) => host.ask('hotLines', { lens, limit: mostLines }),
      (result, lens) => send({ type: 'lines', lens, result }),
      failed('Hot lines could not be loaded'),
    );
    this.methods = new Latest(
      (lens) => host.ask('methods', { lens }),
      (result, lens) => send({ type: 'methods', lens, result }),
      failed('Methods could not be loaded'),
    );
    this.callers = new Latest(
      (frame) => host.ask('callers', { frame }),
      (result, frame) => send({ type: 'callers', frame, result }),
      failed('Callers could not be loaded'),
    );
    this.search = new Latest(
      (query) => host.ask('search', { query }),
      (result, query) => send({ type: 'search', query, result }),
      failed('The search failed'),
    );
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
    this.base.want(everything(base.groupBy, base.minSamples / refineBy));
    return true;
  }

  private follow(state: State, previous: State): void {
    if (state.phase.kind !== 'ready') {
      for (const question of [this.base, this.detail, this.lines, this.methods, this.callers, this.search])
        question.drop();
      return;
    }
    const { samples } = state.phase.summary;
    const fresh = state.base === null && (previous.base !== null || previous.phase.kind !== 'ready');
    if (fresh || state.groupBy !== previous.groupBy) {
      this.detail.drop();
      this.base.want(everything(state.groupBy, firstMinSamples(samples)));
    }
    const remapped = previous.phase.kind === 'ready' && previous.phase.summary.mapping !== state.phase.summary.mapping;
    if (remapped && !fresh)
      this.base.want(everything(state.groupBy, state.base?.minSamples ?? firstMinSamples(samples)));
    const turned = state.tab !== previous.tab || state.lens !== previous.lens || remapped || fresh;
    // The number of hot lines stands on their tab; it is asked for once the picture is there, which must not wait for it.
    const drawn = state.base !== null && previous.base === null;
    if ((drawn || (turned && state.tab === 'lines')) && (state.lines?.lens !== state.lens || remapped))
      this.lines.want(state.lens);
    if (turned && state.tab === 'methods' && (state.methods?.lens !== state.lens || remapped))
      this.methods.want(state.lens);
    if (state.query !== previous.query || fresh) {
      if (state.query.trim() === '') this.search.drop();
      else this.search.want(state.query);
    }
    const frame = state.selected?.frame ?? -1;
    if (frame >= 0 && frame !== previous.selected?.frame) this.callers.want(frame);
  }
}

function everything(groupBy: GroupBy, minSamples: number): FlameCover {
  return { groupBy, from: 0, to: Number.POSITIVE_INFINITY, minSamples };
}
