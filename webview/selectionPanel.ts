/** The side of the view: what is selected, its figures, who calls it and what it calls. One panel for all tabs. */
import type { Certainty } from '../src/profile/lens';
import type { CallRow, HotLineRow } from '../src/protocol/requests';
import { hasSource, placeWithLine } from './boxSelection';
import { changeText } from './changes';
import { button } from './controls';
import { breakable, element, show } from './dom';
import type { Figures } from './figures';
import { findingNotes } from './findingNotes';
import { rowOfNode } from './flameTree';
import { openKeySheet } from './keySheet';
import { originName } from './legend';
import { occurrenceBar } from './occurrenceBar';
import type { Selection, SourcePlace, State } from './state';
import { currentAnswer, newestAnswer } from './subjects';
import type { ViewLinks } from './tab';
import { nameOrNone, visibleText } from './visibleText';

export interface PanelLinks extends ViewLinks {
  zoom(): void;
  stepLike(by: 1 | -1): void;
  selectCall(row: CallRow): void;
  setFollowCursor(on: boolean): void;
}

/** Callers and callees listed before "and n more". */
const listed = 12;

/** What of the state the panel shows; it is drawn anew when one of these changes. */
const readOf = ['selected', 'answers', 'lens', 'base'] as const;

export class SelectionPanel {
  readonly element = element('aside', { className: 'side', attributes: { 'aria-label': 'Selected' } });
  private readonly body = element('div', { className: 'side-body' });
  private readonly follow = element('button', {
    className: 'chip switch side-follow',
    text: 'Follow cursor',
    title: "Select the line of the editor's cursor here",
  });
  private following = false;
  private drawn: State | null = null;

  constructor(private readonly links: PanelLinks) {
    const title = element('h2', { className: 'side-title', text: 'Selected' });
    this.follow.addEventListener('click', () => links.setFollowCursor(!this.following));
    this.element.append(element('div', { className: 'side-head' }, title, this.follow), this.body);
  }

  update(state: State, figures: Figures): void {
    const { drawn } = this;
    this.following = state.followCursor;
    this.follow.setAttribute('aria-pressed', String(state.followCursor));
    // The buttons differ between the tabs.
    const sameButtons = drawn?.tab === state.tab && drawn.middle === state.middle;
    if (drawn && sameButtons && readOf.every((part) => drawn[part] === state[part])) return;
    this.drawn = state;
    const { selected } = state;
    this.body.replaceChildren(...(selected ? this.selection(state, selected, figures) : [nothing()]));
  }

  private selection(state: State, selected: Selection, figures: Figures): HTMLElement[] {
    const name = visibleText(nameOrNone(selected.name));
    const others = occurrenceBar(state, selected, figures, (by) => this.links.stepLike(by));
    const parts: HTMLElement[] = [
      element('h3', { className: 'side-name', title: name }, breakable(name)),
      this.place(selected),
      this.buttons(state, selected),
      ...(others ? [others] : []),
      ...findingNotes(state, selected, this.links),
      this.figureTables(state, selected, figures),
    ];
    if (selected.frame >= 0) parts.push(...this.calls(state, figures));
    else parts.push(...this.lineCallees(state, selected, figures));
    return parts;
  }

  private place(selected: Selection): HTMLElement {
    const line = selected.line || selected.definitionLine;
    const text = visibleText(placeWithLine(selected.place, line));
    const kind = originName[selected.origin] ?? '';
    const place = element('p', { className: 'side-place' });
    if (hasSource(selected.origin, selected.file)) {
      const link = element('button', { className: 'link', title: text }, breakable(text));
      link.addEventListener('click', () =>
        this.links.openSource({ file: selected.file, line, place: selected.place, ofCaller: false }, 'preview'),
      );
      place.append(link);
    } else place.append(element('bdi', { text }));
    const mark = element('span', { className: 'origin-mark' });
    mark.dataset.origin = String(selected.origin);
    place.append(element('span', { className: 'side-origin' }, mark, kind));
    return place;
  }

  private buttons(state: State, selected: Selection): HTMLElement {
    const row = element('div', { className: 'side-buttons' });
    const source = sourceOfSelection(selected, state.tab === 'flame');
    if (source) {
      const label = source.ofCaller ? 'Open caller' : 'Open source';
      const open = button(label, () => this.links.openSource(source, 'go'), 'primary');
      open.title = visibleText(source.place);
      row.append(open);
    }
    if (state.tab === 'flame' && selected.box) row.append(button('Zoom to box', () => this.links.zoom()));
    const { phase } = state;
    const stacks = phase.kind === 'ready' && phase.summary.detail !== 'aggregate';
    if (stacks && selected.frame >= 0 && !(state.tab === 'sandwich' && state.middle?.frame === selected.frame)) {
      row.append(button('Sandwich', () => this.links.showInSandwich(selected)));
    }
    // A file or a gem is many lines.
    const shown = selected.frame >= 0 || selected.line > 0;
    if (state.tab !== 'flame' && shown)
      row.append(button('Show in flame graph', () => this.links.showInFlame(selected)));
    show(row, row.childElementCount > 0);
    return row;
  }

  /** The box stands for one way to the method; the method's own figures count every way. */
  private figureTables(state: State, selected: Selection, figures: Figures): HTMLElement {
    const tables = element('section', { className: 'side-figures' });
    const { box } = selected;
    const changed = state.tab === 'flame' ? selectedChange(state) : null;
    if (changed) {
      tables.append(element('h4', { text: 'This box, from the baseline' }), changeTable(figures, changed));
    } else if (box && state.tab === 'flame') {
      const certainty = state.base?.approximate ? 'estimate' : 'exact';
      const rows = [
        ['Total', box.total],
        ['Self', box.self],
      ] as const;
      const table = figureTable(figures, rows, certainty);
      const parent = state.base?.direction === 'callers' ? 'Of its callee' : 'Of its caller';
      table.append(row(parent, '', figures.shareOf(box.total, box.parentTotal)));
      tables.append(element('h4', { text: 'This box' }), table);
    }
    const callers = currentAnswer(state, 'callers');
    if (callers) {
      const { total, self } = callers;
      const charged = chargedTo(state, selected.frame);
      const rows: Array<readonly [string, number]> = [
        ['Total', total],
        ['Self, recorded', self],
      ];
      if (charged !== null) rows.push(['Charged to it', charged]);
      tables.append(element('h4', { text: 'The method, everywhere' }), figureTable(figures, rows));
    }
    const line = lineRow(state, selected);
    if (line) {
      tables.append(
        element('h4', { text: 'This line' }),
        figureTable(figures, [
          ['Own', line.own],
          ['Through', line.through],
        ]),
      );
    }
    return tables;
  }

  private calls(state: State, figures: Figures): HTMLElement[] {
    const result = currentAnswer(state, 'callers');
    if (!result) return [];
    if (result.total === 0 && state.refinement.length > 0) {
      return [element('p', { className: 'side-note', text: 'The filters leave no stack with this method.' })];
    }
    const note = result.exact
      ? []
      : [element('p', { className: 'side-note', text: 'Estimated from caller–callee sums: the file has no stacks.' })];
    return [
      ...note,
      this.callList('Called by', result.callers, result.total, figures, 'Nobody: it is the root of its stacks.'),
      this.callList('Calls', result.callees, result.total, figures, 'Nothing that allocates: the figures are its own.'),
    ];
  }

  private callList(title: string, rows: readonly CallRow[], base: number, figures: Figures, none: string): HTMLElement {
    const head = element('h4', { text: title }, element('small', { text: 'of its total' }));
    const section = element('section', { className: 'side-calls' }, head);
    if (rows.length === 0) section.append(element('p', { className: 'side-note', text: none }));
    const list = element('ul');
    for (const row of rows.slice(0, listed)) {
      const label = `${visibleText(nameOrNone(row.name))}\n${visibleText(placeWithLine(row.place, row.line))}\n${figures.amount(row.samples)}`;
      const entry = element('button', { className: 'call', title: label });
      entry.append(
        callBar(row.samples, base),
        element('bdi', { className: 'call-name', text: visibleText(nameOrNone(row.name), 160) }),
        element('span', { className: 'call-share', text: figures.shareOf(row.samples, base) }),
      );
      entry.addEventListener('click', () => this.links.selectCall(row));
      list.append(element('li', {}, entry));
    }
    section.append(list);
    if (rows.length > listed) {
      section.append(element('p', { className: 'side-note', text: `and ${figures.count(rows.length - listed)} more` }));
    }
    return section;
  }

  private lineCallees(state: State, selected: Selection, figures: Figures): HTMLElement[] {
    const line = lineRow(state, selected);
    if (!line || line.callees.length === 0) return [];
    const section = element(
      'section',
      { className: 'side-calls' },
      element('h4', { text: 'What allocates beneath it' }, element('small', { text: 'of through' })),
    );
    const list = element('ul');
    for (const callee of line.callees) {
      const entry = element('div', {
        className: 'call call-still',
        title: `${visibleText(callee.name)}\n${figures.amount(callee.samples)}`,
      });
      entry.append(
        callBar(callee.samples, line.through),
        element('bdi', { className: 'call-name', text: visibleText(callee.name, 160) }),
        element('span', { className: 'call-share', text: figures.shareOf(callee.samples, line.through) }),
      );
      list.append(element('li', {}, entry));
    }
    section.append(list);
    return [section];
  }
}

/** What changed of the selected box, where the picture shows it. */
function selectedChange({ base, detail, selected }: State): BoxChange | null {
  for (const tree of [detail, base]) {
    const row = tree?.change && selected?.box ? rowOfNode(tree, selected.box.node) : -1;
    if (tree?.change && row >= 0) return { before: tree.change.before[row]!, after: tree.change.after[row]! };
  }
  return null;
}

/** What "Open source" opens: in the flame graph the box's own place, elsewhere that of the row. */
function sourceOfSelection(selected: Selection, byBox: boolean): SourcePlace | null {
  if (selected.box && byBox) return selected.box.source;
  if (!hasSource(selected.origin, selected.file)) return null;
  return {
    file: selected.file,
    line: selected.line || selected.definitionLine,
    place: selected.place,
    ofCaller: false,
  };
}

/** Self by the chosen lens, where the methods table has it and it may differ from what was recorded. */
function chargedTo(state: State, frame: number): number | null {
  const methods = currentAnswer(state, 'methods');
  if (!methods || state.lens === 'recorded') return null;
  const row = methods.frame.indexOf(frame);
  return row < 0 ? null : methods.self[row]!;
}

function lineRow(state: State, selected: Selection): HotLineRow | null {
  if (selected.frame >= 0) return null;
  const rows = newestAnswer(state, 'hotLines')?.rows;
  return rows?.find((row) => row.file === selected.file && row.line === selected.line) ?? null;
}

function figureTable(
  figures: Figures,
  rows: ReadonlyArray<readonly [head: string, samples: number]>,
  certainty: Certainty = 'exact',
): HTMLElement {
  return element(
    'table',
    {},
    ...rows.map(([head, samples]) =>
      row(head, figures.amount(samples, certainty), samples === 0 ? '' : figures.share(samples)),
    ),
  );
}

interface BoxChange {
  readonly before: number;
  readonly after: number;
}

/** Widths of compared boxes may be those of the baseline: no shares of the profile are made of them. */
function changeTable(figures: Figures, { before, after }: BoxChange): HTMLElement {
  const delta = after - before;
  const share = before > 0 ? figures.shareOf(delta, before) : 'new';
  return element(
    'table',
    {},
    row('Now', figures.amount(after), after === 0 ? '' : figures.share(after)),
    row('Before', figures.amount(before), ''),
    row('Change', changeText(figures, delta, 'exact'), delta > 0 && before > 0 ? `+${share}` : share),
  );
}

function row(head: string, amount: string, share: string): HTMLElement {
  const title = element('th', { text: head, attributes: { scope: 'row' } });
  return element(
    'tr',
    {},
    title,
    element('td', { text: amount }),
    element('td', { className: 'side-share', text: share }),
  );
}

function callBar(samples: number, base: number): HTMLElement {
  const bar = element('span', { className: 'call-bar' });
  bar.style.transform = `scaleX(${base > 0 ? Math.min(1, samples / base) : 0})`;
  return bar;
}

/** What hands can do, while there is nothing else to say; the sheet has all of it. */
const hands: ReadonlyArray<readonly [hand: string, effect: string]> = [
  ['Click, Space', 'select, show the source'],
  ['Double-click, Enter', 'zoom to the box'],
  ['Arrow keys', 'walk to caller, callee, sibling'],
  ['Ctrl+wheel, + −', 'zoom'],
  ['Drag, Shift+wheel', 'move'],
  ['0, Esc', 'reset zoom'],
  ['o', 'go to the source'],
  ['Right click, menu key', 'filters, copies and more'],
  ['/', 'search'],
  ['F3, Shift+F3', 'next, previous box that it matches'],
];

function nothing(): HTMLElement {
  const list = element('dl', { className: 'hands' });
  for (const [hand, effect] of hands) list.append(element('dt', { text: hand }), element('dd', { text: effect }));
  const words = 'Nothing yet: click a box or a row to see its figures, its callers and what it calls.';
  const all = element('button', { className: 'link', text: 'All keys (?)' });
  all.addEventListener('click', openKeySheet);
  return element('div', {}, element('p', { className: 'side-note', text: words }), list, all);
}
