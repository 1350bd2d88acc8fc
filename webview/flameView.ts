/**
 * The flame graph with its row of controls: listens to the state, moves the picture, turns hands into actions. Draws in
 * animation frames, and asks for one only when something changed.
 */
import type { Opening, PictureFormat, ViewTab } from '../src/protocol/webview';
import { type BoxFacts, boxFacts } from './boxFacts';
import { neighbour, rangeShowing, selectionOf } from './boxSelection';
import { button, type Choice, checkbox, type Toggle } from './controls';
import { wantedDetail } from './detail';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import { FlameCanvas, type FlamePicture, type Hit } from './flameCanvas';
import { listenToHands } from './flameInput';
import { emptyWords, middleOfSelected, selectedHit, shownRow, treeFor } from './flamePlaces';
import { type BoxRow, type FlameCover, type FlameTree, samePicture, trunkLevels } from './flameTree';
import { FlameTwin } from './flameTwin';
import { HoverCard } from './hoverCard';
import { changeLegend, legend } from './legend';
import { Minimap } from './minimap';
import {
  byLineToggle,
  type ComparedChoice,
  callersFirstToggle,
  comparedChoice,
  type TimeOrderToggle,
  timeOrderToggle,
} from './shapeToggles';
import { type Selection, type SourcePlace, type State, visibleRange } from './state';
import type { StateSource } from './store';
import type { TabView } from './tab';
import type { Theme } from './theme';
import { Trail } from './trail';
import { glide, panBy, type SampleRange, zoomAt } from './viewport';

/** Time an eased motion takes. */
const glideMs = 180;

/** Rows of the trunk left in sight when a profile opens. */
const shownTrunk = 3;

export interface FlameLinks {
  /** Asks for finer boxes; the answer comes as a `detail` action. */
  wantDetail(cover: FlameCover): void;
  openSource(source: SourcePlace, opening: Opening): void;
  noSource(selection: Selection): void;
  /** A double click on the selected box, or Enter. */
  enter(selection: Selection): void;
  /** To another box of the selected one's line or method. */
  stepLike(by: 1 | -1): void;
  openMenu(selection: Selection, x: number, y: number): void;
  /** The picture is to be kept as a file. */
  save(format: PictureFormat): void;
  /** The first picture of a profile is drawn. */
  painted(boxes: number): void;
}

/** What is different where the picture is part of another tab. */
export interface FlameRole {
  readonly tab: ViewTab;
  /** For screen readers: what the picture shows. */
  readonly label: string;
  /** What `enter` does, for the hover card. */
  readonly enters: string;
  /** Controls and the legend of colours around the picture. */
  readonly framed: boolean;
}

/** The tab of its own. */
export const flameTab: FlameRole = { tab: 'flame', label: 'Flame graph', enters: 'zoom', framed: true };

export class FlameView implements TabView {
  readonly element = element('div', { className: 'flame' });
  private readonly canvas: FlameCanvas;
  private readonly minimap = new Minimap({ show: (range) => this.setRange(range, 'follow') });
  private readonly twin: FlameTwin;
  private readonly card: HoverCard;
  private readonly outline = element('div', { className: 'flame-outline' });
  private readonly empty = element('p', { className: 'flame-empty' });
  private readonly trail: Trail;
  private readonly reset: HTMLElement;
  private readonly byLine: Toggle;
  private readonly callersFirst: Toggle;
  private readonly timeOrder: TimeOrderToggle;
  private readonly upward: Toggle;
  private readonly compared: Choice<ComparedChoice>;
  private readonly legend: HTMLElement;
  private readonly changeLegend: HTMLElement;
  private readonly uncompared = element('p', { className: 'flame-approximate', attributes: { role: 'status' } });
  private readonly approximate = element('p', {
    className: 'flame-approximate',
    text: 'Approximate: the profile has no stacks, so this picture is rebuilt from who called whom. Methods are about as wide as they were recorded; which caller of a shared method led to which callee is a guess. Record with raw: true for the true picture.',
  });
  private figures: Figures | null = null;
  private shown: SampleRange | null = null;
  private motion: { readonly from: SampleRange; readonly startMs: number } | null = null;
  private frameAsked = false;
  private pointer: { readonly x: number; readonly y: number } | null = null;
  private paintedBase: FlameTree | null = null;
  /** What the card says, and of what. */
  private hovered: (Hit & Pick<FlamePicture, 'base' | 'range'> & { figures: Figures; facts: BoxFacts }) | null = null;
  /** The next drawing begins where a new picture is looked at first. */
  private unscrolled = true;

  constructor(
    private readonly store: StateSource,
    private readonly links: FlameLinks,
    theme: Theme,
    private readonly role: FlameRole = flameTab,
  ) {
    this.canvas = new FlameCanvas(theme, () => this.needDraw());
    const { surface, stage } = this.canvas;
    this.twin = new FlameTwin(surface, role);
    this.card = new HoverCard();
    this.outline.hidden = true;
    stage.append(this.outline);
    this.canvas.setRootsAt(store.state.rootsAt);
    this.trail = new Trail((row) => this.zoomToRow(row));
    this.reset = button('Reset zoom', () => this.setRange(null, 'glide'));
    this.byLine = byLineToggle(store);
    this.callersFirst = callersFirstToggle(store);
    this.timeOrder = timeOrderToggle(store);
    this.upward = checkbox('Roots below', (checked) =>
      store.send({ type: 'rootsAt', rootsAt: checked ? 'bottom' : 'top' }),
    );
    this.upward.element.title = 'The picture grows from the bottom, as flames do.';
    const toggles = [this.callersFirst, this.timeOrder, this.byLine, this.upward].map((toggle) => toggle.element);
    const save = (format: PictureFormat): void => links.save(format);
    this.legend = legend(store, save);
    this.changeLegend = changeLegend(save);
    this.compared = comparedChoice(store);
    const bar = element('div', { className: 'flame-bar' }, this.trail.element, ...toggles, this.reset);
    surface.append(this.twin.element);
    const picture = element('div', { className: 'flame-picture' }, surface, this.empty);
    show(this.approximate, false);
    const parts = [this.compared.element, this.legend, this.changeLegend];
    const legends = element('div', { className: 'legends' }, ...parts);
    const { element: strip } = this.minimap;
    if (role.framed) this.element.append(bar, this.approximate, this.uncompared, strip, picture, legends);
    else this.element.append(picture);
    this.element.append(this.card.element);
    surface.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.listen(surface);
    store.subscribe((state, previous) => this.update(state, previous));
  }

  setTheme(theme: Theme): void {
    this.canvas.setTheme(theme);
  }

  count(): string {
    return '';
  }

  setFigures(figures: Figures): void {
    this.figures = figures;
    this.needDraw();
  }

  /** The picture as a file; null when there is none. */
  async file(format: PictureFormat): Promise<Uint8Array | null> {
    const { state } = this.store;
    const { base, phase } = state;
    const { figures } = this;
    if (!base || base.length === 0 || !figures || phase.kind !== 'ready') return null;
    const picture = { ...this.pictureOf(state, base), range: visibleRange(state) };
    if (format === 'png') return this.canvas.png(picture);
    const of = figures.total;
    return new TextEncoder().encode(this.canvas.svg(picture, figures, `${phase.summary.name} — ${of}`));
  }

  /** Zooms so that the selected box fills the width, and scrolls to it. */
  zoomToSelected(): void {
    const box = this.store.state.selected?.box;
    if (!box) return;
    this.scrollTo(box.depth);
    this.setRange({ from: box.start, to: box.start + box.total }, 'glide');
  }

  /** Brings the selected box into sight, wide enough to be seen. */
  showSelected(): void {
    const { state } = this.store;
    const box = state.selected?.box;
    if (!box || this.canvas.widthCssPx === 0) return;
    this.scrollTo(box.depth);
    const range = rangeShowing(box.start, box.total, visibleRange(state), this.canvas.widthCssPx);
    if (range) this.setRange(range, 'glide');
  }

  private update(state: State, previous: State): void {
    const { base } = state;
    if (base !== previous.base) this.onBase(state, previous);
    if (state.range !== previous.range || base !== previous.base) {
      this.startMotion(state);
      this.updateTrail(state);
    }
    if (state.selected !== previous.selected || base !== previous.base) {
      this.updateTwin(state);
    }
    if (state.tab !== previous.tab && state.tab === this.role.tab && state.selected?.box)
      this.scrollTo(state.selected.box.depth);
    if (state.rootsAt !== previous.rootsAt) {
      this.canvas.setRootsAt(state.rootsAt);
      this.unscrolled = true;
    }
    this.byLine.set(state.groupBy === 'line');
    this.callersFirst.set(state.direction === 'callers');
    this.callersFirst.element.toggleAttribute('disabled', base?.approximate === true);
    this.timeOrder.update(state);
    this.upward.set(state.rootsAt === 'bottom');
    this.showCompared(state);
    this.needDraw();
  }

  private showCompared({ phase, compared, base }: State): void {
    show(this.compared.element, phase.kind === 'ready' && phase.summary.baseline !== null);
    this.compared.set(compared ?? 'off');
    const changes = base !== null && base.change !== null;
    show(this.legend, !changes);
    show(this.changeLegend, changes);
    setText(this.uncompared, base?.uncompared ?? '');
    show(this.uncompared, (base?.uncompared ?? null) !== null);
  }

  private onBase(state: State, previous: State): void {
    const { base } = state;
    if (!base) {
      this.paintedBase = null;
      this.unscrolled = true;
    } else if (previous.base && !samePicture(base, { ...previous.base, groupBy: base.groupBy })) this.unscrolled = true;
    this.canvas.setLevels(base?.maxDepth ?? 0);
    const words = emptyWords(state);
    setText(this.empty, words);
    show(this.empty, words !== '');
  }

  private startMotion(state: State): void {
    const target = visibleRange(state);
    const eased = state.motion === 'glide' && this.shown !== null && !prefersStill();
    this.motion = eased && this.shown ? { from: this.shown, startMs: performance.now() } : null;
    if (!eased) this.shown = target;
  }

  private updateTrail(state: State): void {
    const range = visibleRange(state);
    const tree = treeFor(state);
    this.trail.update(tree, tree && state.range ? shownRow(tree, state, range) : -1);
    this.reset.toggleAttribute('disabled', state.range === null);
  }

  private updateTwin(state: State): void {
    const hit = selectedHit(state);
    this.twin.update(hit?.tree ?? state.base, hit?.row ?? -1, this.figures);
  }

  private needDraw(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame((now) => {
      this.frameAsked = false;
      this.draw(now);
    });
  }

  private updateMinimap(state: State): void {
    const dress = this.canvas.drawnBase;
    if (!this.role.framed || !dress) return;
    const { rootsAt } = state;
    this.minimap.update({ dress, widthPx: this.canvas.widthCssPx, rootsAt }, this.shown ?? visibleRange(state));
  }

  private draw(nowMs: number): void {
    const { state } = this.store;
    const { base } = state;
    show(this.approximate, base?.approximate === true);
    if (!base || this.canvas.widthCssPx === 0) return;
    const target = visibleRange(state);
    if (this.motion) {
      const progress = (nowMs - this.motion.startMs) / glideMs;
      this.shown = glide(this.motion.from, target, progress);
      if (progress >= 1) this.motion = null;
      else this.needDraw();
    } else this.shown = target;
    if (this.unscrolled) this.scrollFirst(state, base);
    const boxes = this.canvas.draw(this.pictureOf(state, base));
    if (boxes < 0) return;
    this.updateMinimap(state);
    this.updateHover();
    if (this.paintedBase === null) {
      this.paintedBase = base;
      this.links.painted(boxes);
    }
    const wanted = wantedDetail(base, state.detail, target, this.canvas.widthCssPx);
    if (wanted) this.links.wantDetail(wanted);
  }

  /** To where the user was; in a new picture past the frameworks that everything runs in, if they would fill the view. */
  private scrollFirst(state: State, base: FlameTree): void {
    const { surface, rowHeightCssPx } = this.canvas;
    this.unscrolled = false;
    if (this.paintedBase === null && state.scrollTop > 0) {
      surface.scrollTop = state.scrollTop;
      return;
    }
    // Around a method, the method comes first.
    const trunk = base.around === null ? trunkLevels(base) - shownTrunk : 0;
    this.canvas.scrollToRoots(trunk * rowHeightCssPx > surface.clientHeight * 0.4 ? trunk : 0);
    if (state.selected?.box) this.scrollTo(state.selected.box.depth);
  }

  private pictureOf(state: State, base: FlameTree): FlamePicture {
    const { detail, query, selected } = state;
    return { base, detail, range: this.shown ?? visibleRange(state), query, selected, colouring: state };
  }

  private onScroll(): void {
    this.store.send({ type: 'scroll', scrollTop: this.canvas.surface.scrollTop });
    this.needDraw();
  }

  private setRange(range: SampleRange | null, motion: State['motion']): void {
    this.store.send({ type: 'range', range, motion });
  }

  private zoomToRow(row: BoxRow): void {
    const tree = treeFor(this.store.state);
    if (!tree || row < 0) {
      this.setRange(null, 'glide');
      return;
    }
    this.scrollTo(tree.depth[row]!);
    this.setRange({ from: tree.start[row]!, to: tree.start[row]! + tree.total[row]! }, 'glide');
  }

  private scrollTo(depth: number): void {
    this.canvas.scrollToDepth(depth);
  }

  private listen(surface: HTMLElement): void {
    const { store } = this;
    const zoomBy = (factor: number, x: number | null): void => {
      const { state } = store;
      const anchor = x === null ? middleOfSelected(state) : x / this.canvas.widthCssPx;
      this.setRange(zoomAt(visibleRange(state), factor, anchor, this.totalSamples), x === null ? 'glide' : 'follow');
    };
    const pan = (cssPx: number): void =>
      this.setRange(panBy(visibleRange(store.state), cssPx / this.canvas.widthCssPx, this.totalSamples), 'follow');
    listenToHands(surface, {
      hover: (at) => {
        this.pointer = at;
        this.updateHover();
      },
      click: (x, y) => {
        const hit = this.hitAt(x, y);
        store.send({ type: 'select', selection: hit ? selectionOf(hit.tree, hit.row) : null });
      },
      menu: (at) => this.openMenu(at),
      open: (opening) => this.openSelected(opening),
      enter: () => {
        if (store.state.selected) this.links.enter(store.state.selected);
      },
      drag: (dx, dy) => {
        surface.scrollTop -= dy;
        if (dx !== 0) pan(-dx);
      },
      dragging: (active) => surface.classList.toggle('dragging', active),
      zoomBy,
      panBy: pan,
      step: (direction) => this.step(direction),
      stepLike: (by) => this.links.stepLike(by),
      vertical: (key) => this.step((key === 'up') === (store.state.rootsAt === 'top') ? 'parent' : 'child'),
      reset: () => this.setRange(null, 'glide'),
      escape: () => {
        if (store.state.range) this.setRange(null, 'glide');
        else store.send({ type: 'select', selection: null });
      },
    });
  }

  /** Of the box under the pointer, which becomes the selected one; by key, of the selected one. */
  private openMenu(at: { readonly x: number; readonly y: number } | null): void {
    const { store } = this;
    const hit = at ? this.hitAt(at.x, at.y) : selectedHit(store.state);
    if (!hit) return;
    const selection = selectionOf(hit.tree, hit.row);
    store.send({ type: 'select', selection });
    const corner = this.canvas.stage.getBoundingClientRect();
    const box = this.canvas.rectOf(hit, visibleRange(store.state));
    const point = at ?? { x: Math.max(0, box.left) + 8, y: box.top + box.height };
    this.card.hide();
    this.links.openMenu(selection, corner.left + point.x, corner.top + point.y);
  }

  private openSelected(opening: Opening): void {
    const { selected } = this.store.state;
    if (!selected?.box) return;
    if (selected.box.source) this.links.openSource(selected.box.source, opening);
    else this.links.noSource(selected);
  }

  private step(direction: 'parent' | 'child' | 'next' | 'previous'): void {
    const { state } = this.store;
    const at = selectedHit(state);
    const tree = at?.tree ?? state.base;
    if (!tree) return;
    const row = neighbour(tree, at?.row ?? -1, direction);
    if (row < 0) return;
    this.store.send({ type: 'select', selection: selectionOf(tree, row) });
    this.showSelected();
  }

  private updateHover(): void {
    const { state } = this.store;
    const at = this.pointer;
    const picture = state.base ? this.pictureOf(state, state.base) : null;
    const hit = at && picture ? this.canvas.hit(picture, at.x, at.y) : null;
    this.canvas.surface.classList.toggle('over-box', hit !== null);
    show(this.outline, hit !== null);
    if (!hit || !at || !picture || !this.figures) {
      this.card.hide();
      return;
    }
    const rect = this.canvas.rectOf(hit, picture.range);
    const { style } = this.outline;
    style.transform = `translate(${rect.left}px, ${rect.top}px)`;
    style.width = `${rect.width}px`;
    style.height = `${rect.height}px`;
    const corner = this.canvas.stage.getBoundingClientRect();
    const box = { ...rect, left: corner.left + rect.left, top: corner.top + rect.top };
    this.card.showAt(this.factsOf(hit, picture, this.figures), box, corner.left + at.x);
  }

  /** Counting the boxes of a method looks at every box: done once per box, and again when what is on screen has changed. */
  private factsOf({ tree, row }: Hit, { base, range }: FlamePicture, figures: Figures): BoxFacts {
    const known = this.hovered;
    const same = known?.tree === tree && known.row === row && known.base === base && known.figures === figures;
    if (same && known.range.from === range.from && known.range.to === range.to) return known.facts;
    const facts = boxFacts(tree, row, base, range, figures, this.role.enters);
    this.hovered = { tree, row, base, range, figures, facts };
    return facts;
  }

  private hitAt(x: number, y: number): Hit | null {
    const { state } = this.store;
    return state.base ? this.canvas.hit(this.pictureOf(state, state.base), x, y) : null;
  }

  private get totalSamples(): number {
    return this.store.state.base?.totalSamples ?? 1;
  }
}

function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
