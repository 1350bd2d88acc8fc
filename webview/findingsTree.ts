/**
 * Findings under their groups: an ARIA tree grid with one row in the tab order. Arrows, Page Up/Down, Home and End move it,
 * left and right fold, Enter goes to the line, Space shows it, `.` opens the menu of its rewrites, `f` its boxes.
 */
import type { FindingGroup, FindingGrouping } from '../src/protocol/groupFindings';
import type { FindingRow } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import { nameCell, placeCell } from './cells';
import { element } from './dom';
import type { Figures } from './figures';
import { safetyHints } from './wording';

export interface FindingHandlers {
  select(finding: FindingRow): void;
  open(finding: FindingRow, opening: Opening | 'fix'): void;
  showInFlame(finding: FindingRow): void;
}

interface TreeRow {
  readonly element: HTMLElement;
  readonly group: FindingGroup;
  /** Null for the group's own row. */
  readonly finding: FindingRow | null;
}

/** Rows that Page Up and Page Down pass. */
const pageRows = 12;

const columns = [
  ['Line', 'Where it is now'],
  ['Finding', 'What allocates more than it has to'],
  ['Through', 'Share of all objects allocated while recording that go through the line'],
  ['Rewrite', 'What the rewrite gains'],
  ['Safety', 'What is known of the rewrite'],
  ['Fix', 'Opens the line and the menu of its rewrites'],
] as const;

export class FindingsTree {
  readonly element = element('div', {
    className: 'findings-tree',
    attributes: { role: 'treegrid', 'aria-label': 'Findings', 'aria-colcount': String(columns.length) },
  });
  private readonly folded = new Set<string>();
  private groups: readonly FindingGroup[] = [];
  private rows: TreeRow[] = [];
  private active = 0;
  private selected: FindingRow | null = null;

  constructor(private readonly handlers: FindingHandlers) {
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    // A source that opens beside the view makes it narrower, and the row moves.
    new ResizeObserver(() => this.keepInSight()).observe(this.element);
  }

  /** The findings in sight order, folded ones too. */
  get findings(): readonly FindingRow[] {
    return this.groups.flatMap(({ lines }) => lines);
  }

  setGroups(groups: readonly FindingGroup[], grouping: FindingGrouping, figures: Figures): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.dataset.grouping = grouping;
    const at = this.active;
    this.groups = groups;
    this.rows = groups.flatMap((group) => [
      this.groupRow(group),
      ...group.lines.map((finding) => this.findingRow(group, finding, grouping, figures)),
    ]);
    this.element.replaceChildren(...(groups.length === 0 ? [] : [head()]), ...this.rows.map((row) => row.element));
    this.fold();
    this.active = Math.min(at, Math.max(0, this.rows.length - 1));
    this.markSelected(this.selected);
    if (hadFocus) this.rows[this.active]?.element.focus({ preventScroll: true });
  }

  /** Shows which finding is selected elsewhere; null for none. */
  markSelected(finding: FindingRow | null): void {
    this.selected = finding;
    const at = this.rows.findIndex((row) => row.finding !== null && finding !== null && same(row.finding, finding));
    if (at >= 0) this.active = at;
    this.rows.forEach((row, index) => {
      row.element.tabIndex = index === this.active ? 0 : -1;
      if (row.finding !== null) row.element.setAttribute('aria-selected', String(index === at));
    });
  }

  /** Selects a finding, unfolds its group, brings it into sight and puts the focus on it. */
  goTo(finding: FindingRow): void {
    const at = this.rows.findIndex((row) => row.finding !== null && same(row.finding, finding));
    const row = this.rows[at];
    if (row === undefined) return;
    this.folded.delete(row.group.label);
    this.fold();
    this.activate(at);
  }

  private groupRow(group: FindingGroup): TreeRow {
    const count = group.lines.length === 1 ? '1 finding' : `${group.lines.length} findings`;
    const description = group.description === count ? '' : group.description;
    const cell = element(
      'div',
      { className: 'finding-group-cell', attributes: { role: 'gridcell' } },
      element('span', { className: 'finding-twist', attributes: { 'aria-hidden': 'true' } }),
      element('bdi', { className: 'finding-group-name', text: group.label }),
      element('bdi', { className: 'finding-group-about', text: description }),
      element('small', { text: count }),
    );
    const made = element(
      'div',
      { className: 'grid-row finding-group', attributes: { role: 'row', 'aria-level': '1' } },
      cell,
    );
    const row = { element: made, group, finding: null };
    made.addEventListener('click', () => {
      this.activate(this.rows.indexOf(row));
      this.toggle(group);
    });
    return row;
  }

  private findingRow(group: FindingGroup, finding: FindingRow, grouping: FindingGrouping, figures: Figures): TreeRow {
    const { safety, hasFix } = finding;
    const place = `${finding.place}:${finding.line + 1}`;
    const cells = columns.map(() => element('div', { className: 'grid-cell start', attributes: { role: 'gridcell' } }));
    placeCell(cells[0]!, grouping === 'file' ? `:${finding.line + 1}` : place, place);
    nameCell(cells[1]!, finding.title, finding.tooltip);
    nameCell(
      cells[2]!,
      figures.shareOf(finding.share, 1),
      `${figures.shareOf(finding.share, 1)} of all objects allocated`,
    );
    cells[2]!.classList.replace('start', 'end');
    nameCell(cells[3]!, finding.saving, finding.saving);
    const badge = element('span', { className: 'safety', text: safety, title: safetyHints[safety] });
    badge.dataset.safety = safety;
    cells[4]!.append(badge);
    if (hasFix) {
      const fix = element('button', { className: 'link', text: 'Fix…', attributes: { tabindex: '-1' } });
      fix.setAttribute('aria-label', `Fix… ${finding.id}, ${place}: shows its rewrites`);
      fix.addEventListener('click', (event) => {
        event.stopPropagation();
        this.activate(this.rows.indexOf(row));
        this.handlers.open(finding, 'fix');
      });
      cells[5]!.append(fix);
    }
    const attributes = { role: 'row', 'aria-level': '2' };
    const made = element('div', { className: 'grid-row finding', attributes }, ...cells);
    const row = { element: made, group, finding };
    made.addEventListener('click', (event) => {
      this.activate(this.rows.indexOf(row));
      this.handlers.open(finding, event.detail > 1 ? 'go' : 'preview');
    });
    return row;
  }

  private toggle(group: FindingGroup): void {
    if (!this.folded.delete(group.label)) this.folded.add(group.label);
    this.fold();
  }

  private fold(): void {
    for (const { element: made, group, finding } of this.rows) {
      const folded = this.folded.has(group.label);
      if (finding === null) made.setAttribute('aria-expanded', String(!folded));
      else made.hidden = folded;
    }
  }

  private onKey(event: KeyboardEvent): void {
    const row = this.rows[this.active];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLButtonElement) return;
    const act = this.moveFor(event.key, row) ?? this.actionFor(event.key, row);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private moveFor(key: string, { group, finding }: TreeRow): (() => void) | null {
    const folded = this.folded.has(group.label);
    switch (key) {
      case 'ArrowDown':
        return () => this.move(1);
      case 'ArrowUp':
        return () => this.move(-1);
      case 'PageDown':
        return () => this.move(pageRows);
      case 'PageUp':
        return () => this.move(-pageRows);
      case 'Home':
        return () => this.move(-this.rows.length);
      case 'End':
        return () => this.move(this.rows.length);
      case 'ArrowLeft':
        if (finding === null) return folded ? null : () => this.toggle(group);
        return () => this.activate(this.rows.findIndex((row) => row.group === group));
      case 'ArrowRight':
        if (finding !== null) return null;
        return folded ? () => this.toggle(group) : () => this.move(1);
      default:
        return null;
    }
  }

  private actionFor(key: string, { group, finding }: TreeRow): (() => void) | null {
    if (finding === null) return key === 'Enter' || key === ' ' ? () => this.toggle(group) : null;
    switch (key) {
      case 'Enter':
      case 'o':
        return () => this.handlers.open(finding, 'go');
      case ' ':
        return () => this.handlers.open(finding, 'preview');
      case '.':
        return finding.hasFix ? () => this.handlers.open(finding, 'fix') : null;
      case 'f':
        return () => this.handlers.showInFlame(finding);
      default:
        return null;
    }
  }

  /** By rows in sight; stops at the ends. */
  private move(by: number): void {
    const seen = this.rows.filter((row) => !row.element.hidden);
    const active = this.rows[this.active];
    const from = active === undefined ? -1 : seen.indexOf(active);
    const to = seen[Math.min(Math.max(from + by, 0), seen.length - 1)];
    if (to !== undefined) this.activate(this.rows.indexOf(to));
  }

  private keepInSight(): void {
    const row = this.rows[this.active]?.element;
    if (row !== undefined && row === document.activeElement) row.scrollIntoView({ block: 'nearest' });
  }

  private activate(at: number): void {
    const row = this.rows[at];
    if (row === undefined) return;
    this.active = at;
    this.markSelected(row.finding);
    // A group's row is where the focus is, though no finding is selected.
    this.active = at;
    row.element.tabIndex = 0;
    row.element.focus({ preventScroll: true });
    row.element.scrollIntoView({ block: 'nearest' });
    if (row.finding !== null) this.handlers.select(row.finding);
  }
}

function head(): HTMLElement {
  const cells = columns.map(([text, title], index) => {
    const className = `grid-cell ${index === 2 ? 'end' : 'start'}`;
    return element('div', { className, text, title, attributes: { role: 'columnheader' } });
  });
  return element('div', { className: 'grid-row finding-head', attributes: { role: 'row' } }, ...cells);
}

function same(a: FindingRow, b: FindingRow): boolean {
  return a.id === b.id && a.uri === b.uri && a.line === b.line && a.character === b.character;
}
