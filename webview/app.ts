/** Puts the view together: state in the middle, parts around it, the host at the edge. */
import type { Scaling } from '../src/profile/comparison';
import type { FromView, Opening, PictureFormat, ToView } from '../src/protocol/webview';
import { BaselineChip } from './baselineChip';
import { BoxQuestions } from './boxQuestions';
import { CallTreeView } from './callTreeView';
import { tabs } from './controls';
import { Copying } from './copying';
import { element, setText, show } from './dom';
import { Figures, sameFigures } from './figures';
import { FilterBar } from './filterBar';
import { type FlameLinks, FlameView } from './flameView';
import { Host } from './host';
import { keptViewState } from './keptViewState';
import { openKeySheet } from './keySheet';
import { Questions } from './questions';
import { Reveal } from './reveal';
import { SandwichView } from './sandwichView';
import { SearchBox } from './searchBox';
import { nextMatch } from './searchWalk';
import { openSelectionMenu } from './selectionMenu';
import { SelectionPanel } from './selectionPanel';
import { initialState, keptState, type SourcePlace, type State } from './state';
import { StatusView } from './statusView';
import { Store } from './store';
import { SummaryView } from './summaryView';
import type { ViewLinks } from './tab';
import { type TabRow, tabViews } from './tabViews';
import { onThemeChange, readTheme, showColours } from './theme';
import { filterName } from './viewFilters';
import { actionOfKey } from './viewKeys';
import { visibleText } from './visibleText';

/** How long the view rests before what it shows is kept: every step of a wheel would be too often. */
const keepAfterMs = 250;

export type WebviewApi = ConstructorParameters<typeof Host>[0];

/** Builds the view in `root` and connects it to the host behind `api`. */
export function startApp(root: HTMLElement, api: WebviewApi, target: Window): void {
  new App(root, api).connect(target);
}

class App {
  private readonly store: Store;
  private readonly host: Host;
  private readonly status: StatusView;
  private readonly summary: SummaryView;
  private readonly baseline: BaselineChip;
  private readonly search: SearchBox;
  private readonly filters: FilterBar;
  private readonly flame: FlameView;
  private readonly sandwich: SandwichView;
  private readonly views: readonly TabRow[];
  private readonly panel: SelectionPanel;
  private readonly tabs;
  private readonly main: HTMLElement;
  private readonly notice = element('p', { className: 'notice', attributes: { role: 'status' } });
  private readonly reveal: Reveal;
  private readonly copying: Copying;
  private figures: Figures | null = null;
  private dataSinceMs = 0;
  private keepTimer = 0;
  private toldSelected = '';

  constructor(root: HTMLElement, api: WebviewApi) {
    this.host = new Host(api, (message) => this.receive(message));
    const store = new Store(initialState(keptViewState(this.host.kept)));
    this.store = store;
    const boxes = new BoxQuestions(store, this.host, () => true);
    new Questions(store, this.host);
    this.copying = new Copying(
      store,
      () => this.views,
      (text) => this.host.post({ type: 'copy', text }),
    );
    const openSource = (source: SourcePlace, opening: Opening): void => this.openSource(source, opening);
    this.status = new StatusView({ cancel: () => this.command('cancel'), retry: () => this.command('retry') });
    const compare = {
      choose: () => this.command('compareWithBaseline'),
      stop: () => this.command('stopComparing'),
      scale: (scaling: Scaling) => this.host.post({ type: 'setScaling', scaling }),
      showChanges: () => store.send({ type: 'tab', tab: 'compare' }),
    };
    this.baseline = new BaselineChip(compare);
    this.summary = new SummaryView(this.baseline.element, {
      setLens: (lens) => this.host.post({ type: 'setLens', lens }),
      showMapping: () => this.command('showMapping'),
      explainInterval: () => this.command('explainInterval'),
      chooseParts: () => this.command('chooseParts'),
    });
    this.search = new SearchBox(store, (by) => this.stepMatch(by));
    this.filters = new FilterBar(store, this.search.element);
    const ofBoxes: Pick<FlameLinks, 'openSource' | 'noSource' | 'openMenu'> = {
      openSource,
      noSource: ({ name }) =>
        store.send({ type: 'notice', text: `${name} has no source to open: neither it nor a caller is in a file.` }),
      openMenu: (selection, x, y) => links.openMenu(selection, x, y),
    };
    this.flame = new FlameView(
      store,
      {
        ...ofBoxes,
        wantDetail: (cover) => boxes.wantDetail(cover),
        stepLike: (by) => this.reveal.step(by),
        enter: () => this.flame.zoomToSelected(),
        save: (format) => void this.savePicture(format),
        painted: (boxes) =>
          this.host.post({ type: 'painted', ms: Math.round(performance.now() - this.dataSinceMs), boxes }),
      },
      readTheme(),
    );
    this.sandwich = new SandwichView(store, this.host, ofBoxes, readTheme());
    this.reveal = new Reveal(store, boxes, () => this.flame.zoomToSelected());
    const links: ViewLinks = {
      openSource,
      openFinding: ({ uri, line, character }, opening) =>
        this.host.post({ type: 'openFinding', place: { uri, line, character }, opening }),
      explainFinding: (id) => this.host.post({ type: 'explainFinding', id }),
      showLine: (file, line) => this.reveal.place(file, line),
      showInFlame: (selection) => this.reveal.method(selection),
      showInSandwich: (method) => store.send({ type: 'middle', method }),
      openMenu: (selection, x, y) =>
        openSelectionMenu(
          store,
          { ...links, zoom: () => this.flame.zoomToSelected(), copies: () => this.copying.items() },
          selection,
          x,
          y,
        ),
    };
    const tree = new CallTreeView(store, this.host, links);
    this.views = tabViews(this.flame, this.sandwich, tree, store, links, compare);
    this.panel = new SelectionPanel({
      ...links,
      setFollowCursor: (on) => this.host.post({ type: 'setFollowCursor', on }),
      zoom: () => this.flame.zoomToSelected(),
      stepLike: (by) => this.reveal.step(by),
      selectCall: (row) => this.reveal.call(row),
    });
    this.tabs = tabs(
      'Views',
      this.views.map(({ tab, view }) => [tab, view.element]),
      (tab) => store.send({ type: 'tab', tab }),
    );
    this.main = element('main', { className: 'main' }, this.tabs.element, this.panel.element);
    root.append(this.summary.element, this.filters.element, this.main, this.notice, this.status.element);
    store.subscribe((state, previous) => this.update(state, previous));
    this.show(store.state);
    showColours(readTheme());
    onThemeChange(() => {
      const theme = readTheme();
      showColours(theme);
      this.flame.setTheme(theme);
      this.sandwich.setTheme(theme);
    });
    document.addEventListener('keydown', (event) => this.onKey(event));
  }

  connect(target: Window): void {
    this.host.connect(target);
  }

  private receive(message: Exclude<ToView, { type: 'reply' }>): void {
    const { store } = this;
    switch (message.type) {
      case 'loading':
        store.send({ type: 'loading', name: message.name, fraction: message.fraction, step: message.phase });
        return;
      case 'profile':
        this.dataSinceMs = performance.now();
        store.send(message);
        return;
      case 'failed':
      case 'findingsChanged':
      case 'followCursor':
      case 'lens':
        store.send(message);
        return;
      case 'reveal':
        this.reveal.place(message.file, message.line);
        return;
      case 'revealMethod':
        this.reveal.method({ ...message, line: 0 });
        return;
      case 'follow':
        if (this.reveal.follow(message.file, message.line)) this.flame.showSelected();
    }
  }

  private update(state: State, previous: State): void {
    if (state.phase !== previous.phase) this.onPhase(state);
    if (state.lens !== previous.lens) this.summary.setLens(state.lens);
    // A kept view begins with its filters.
    const isNew = state.phase !== previous.phase && state.refinement.length > 0;
    if (isNew || state.refinement !== previous.refinement) this.tellFilters(state);
    if (state.selected !== previous.selected) this.tellSelected(state);
    this.show(state);
    this.keepSoon();
  }

  private onPhase({ phase, locale, lens }: State): void {
    if (phase.kind !== 'ready') return;
    const { summary } = phase;
    const figures = new Figures(summary.measure, summary.samples, locale);
    // The same profile again, perhaps with another mapping: tables keep their place.
    if (this.figures === null || !sameFigures(this.figures, figures)) {
      this.figures = figures;
      for (const { view } of this.views) view.setFigures(figures);
    }
    this.summary.update(summary, figures);
    this.summary.setLens(lens);
  }

  private show(state: State): void {
    const ready = state.phase.kind === 'ready';
    show(this.summary.element, ready);
    show(this.main, ready);
    show(this.filters.element, ready);
    show(this.status.element, !ready);
    this.status.update(state);
    this.tabs.select(state.tab);
    setText(this.notice, state.notice === null ? '' : visibleText(state.notice));
    show(this.notice, state.notice !== null);
    const { figures } = this;
    if (!figures) return;
    for (const { tab, title, view } of this.views) this.tabs.label(tab, title, view.count(state, figures));
    this.panel.update(state, figures);
    this.baseline.update(state, figures);
    this.search.update(state, figures);
    this.filters.update(state, figures);
  }

  private tellFilters({ refinement }: State): void {
    const filters = refinement.map((filter) => ({ ...filter, label: filterName(filter) }));
    this.host.post({ type: 'filters', filters });
  }

  /** The side bar selects the same line. */
  private tellSelected({ selected }: State): void {
    if (selected === null || selected.file === '') return;
    const { file, line } = selected.box?.source ?? selected;
    const key = `${file}:${line}`;
    if (key === this.toldSelected) return;
    this.toldSelected = key;
    this.host.post({ type: 'selected', place: { file, line } });
  }

  private openSource({ file, line }: SourcePlace, opening: Opening): void {
    this.host.post({ type: 'open', file, line, opening });
  }

  private async savePicture(format: PictureFormat): Promise<void> {
    const bytes = await this.flame.file(format);
    if (bytes) this.host.post({ type: 'savePicture', format, bytes });
    else this.store.send({ type: 'notice', text: 'There is no picture to save.' });
  }

  private command(command: Extract<FromView, { type: 'command' }>['command']): void {
    this.host.post({ type: 'command', command });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'F3' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.stepMatch(event.shiftKey ? -1 : 1);
      return;
    }
    const typing = event.composedPath().some((target) => target instanceof HTMLInputElement);
    if (typing || event.defaultPrevented) return;
    const action = actionOfKey(event, this.store.state);
    if (action) this.store.send(action);
    else if (event.key === '?') openKeySheet();
    else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) this.search.focus();
    else if (!this.copying.onKey(event)) return;
    event.preventDefault();
  }

  private stepMatch(by: 1 | -1): void {
    const selection = nextMatch(this.store.state, by);
    if (!selection) return;
    this.store.send({ type: 'select', selection });
    this.flame.showSelected();
  }

  private keepSoon(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = window.setTimeout(() => this.host.keep(keptState(this.store.state)), keepAfterMs);
  }
}
