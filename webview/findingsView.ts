/** The findings: what in this profile has a known cause, by pattern or by file. */
import { type FindingGrouping, findingFilters, groupFindings } from '../src/protocol/groupFindings';
import type { FindingRow } from '../src/protocol/requests';
import { button, dropdown } from './controls';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import { FindingsTree } from './findingsTree';
import type { Selection, State } from './state';
import type { Store } from './store';
import { newestAnswer } from './subjects';
import type { TabView, ViewLinks } from './tab';
import { findingFilterLabels } from './wording';

const groupings: ReadonlyArray<readonly [FindingGrouping, string]> = [
  ['pattern', 'By pattern'],
  ['file', 'By file'],
];

export class FindingsView implements TabView {
  readonly element = element('div', { className: 'table-view findings-view' });
  private readonly words = element('p', { className: 'grid-empty findings-empty', attributes: { role: 'status' } });
  private readonly at = element('span', { className: 'findings-at', attributes: { role: 'status' } });
  private readonly tree: FindingsTree;
  private readonly grouping;
  private readonly filter;
  private readonly steps: readonly HTMLElement[];
  /** The one that was selected here: two may be on one line. */
  private last: FindingRow | null = null;
  private figures: Figures | null = null;

  constructor(
    private readonly store: Store,
    private readonly links: ViewLinks,
  ) {
    this.tree = new FindingsTree({
      select: (finding) => this.select(finding),
      open: (finding, opening) => links.openFinding(finding, opening),
      showInFlame: (finding) => links.showLine(finding.file, finding.recordedLine),
    });
    this.grouping = dropdown('Group findings', groupings, (grouping) =>
      store.send({ type: 'findingGrouping', grouping }),
    );
    const filters = findingFilters.map((filter) => [filter, findingFilterLabels[filter]] as const);
    this.filter = dropdown('Findings to list, by safety', filters, (filter) =>
      store.send({ type: 'findingFilter', filter }),
    );
    const previous = button('Previous', () => this.step(-1));
    previous.title = 'Select the previous finding and show its line (p)';
    const next = button('Next', () => this.step(1));
    next.title = 'Select the next finding and show its line (n)';
    this.steps = [previous, next];
    const bar = element(
      'div',
      { className: 'findings-bar' },
      this.grouping.element,
      this.filter.element,
      element('span', { className: 'findings-steps' }, previous, next),
      this.at,
    );
    const body = element('div', { className: 'findings-body' }, this.tree.element, this.words);
    this.element.append(bar, body);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    store.subscribe((state, before) => this.update(state, before));
  }

  count(state: State, figures: Figures): string {
    const findings = newestAnswer(state, 'findings')?.findings;
    return findings === undefined ? '' : figures.count(findings.length);
  }

  setFigures(figures: Figures): void {
    this.figures = figures;
    this.fill(this.store.state);
  }

  private update(state: State, before: State): void {
    const changed =
      state.answers.findings !== before.answers.findings ||
      state.findingGrouping !== before.findingGrouping ||
      state.findingFilter !== before.findingFilter ||
      state.phase !== before.phase;
    if (changed) this.fill(state);
    else if (state.selected !== before.selected) this.mark(state);
  }

  private fill(state: State): void {
    const { findingGrouping, findingFilter } = state;
    this.grouping.set(findingGrouping);
    this.filter.set(findingFilter);
    if (!this.figures) return;
    const findings = newestAnswer(state, 'findings')?.findings ?? [];
    this.tree.setGroups(groupFindings(findings, findingGrouping, findingFilter), findingGrouping, this.figures);
    const words = emptyWords(state, this.tree.findings.length);
    setText(this.words, words);
    show(this.words, words !== '');
    show(this.tree.element, words === '');
    for (const step of this.steps) step.toggleAttribute('disabled', words !== '');
    this.mark(state);
  }

  private mark(state: State): void {
    const { findings } = this.tree;
    const { selected } = state;
    const here = selected === null ? [] : findings.filter((finding) => isAt(finding, selected));
    const found = here.find((finding) => finding.id === this.last?.id) ?? here[0] ?? null;
    this.last = found;
    this.tree.markSelected(found);
    const at = found === null ? -1 : findings.indexOf(found);
    const all = this.figures?.count(findings.length) ?? '';
    setText(this.at, at < 0 || findings.length === 0 ? '' : `${at + 1} of ${all}`);
  }

  private select(finding: FindingRow): void {
    this.last = finding;
    this.store.send({ type: 'select', selection: selectionOfFinding(finding) });
  }

  /** To the next one of the list, round at its ends; its line is shown while the keys stay here. */
  private step(by: 1 | -1): void {
    const { findings } = this.tree;
    const { selected } = this.store.state;
    const at = selected !== null && this.last !== null ? findings.indexOf(this.last) : -1;
    const from = at < 0 && by < 0 ? 0 : at;
    const next = findings[(from + by + findings.length) % findings.length];
    if (next === undefined) return;
    this.tree.goTo(next);
    this.links.openFinding(next, 'preview');
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'n' && event.key !== 'p')) return;
    event.preventDefault();
    this.step(event.key === 'n' ? 1 : -1);
  }
}

/** A finding as a selection: the line it is on, as recorded. */
export function selectionOfFinding({ file, place, recordedLine, line, title }: FindingRow): Selection {
  const definitionLine = recordedLine || line + 1;
  return { frame: -1, line: recordedLine, name: title, file, place, definitionLine, origin: 0, box: null };
}

function isAt({ file, recordedLine, line }: FindingRow, selected: Selection): boolean {
  const at = selected.line || selected.definitionLine;
  return file === selected.file && (recordedLine || line + 1) === at;
}

/** Why the list is empty, or nothing. */
function emptyWords(state: State, listed: number): string {
  const { phase, findingFilter } = state;
  if (phase.kind !== 'ready' || listed > 0) return '';
  if (phase.summary.mode !== 'object')
    return 'Findings need a profile of allocations: this one measures something else. Record with mode: :object.';
  const result = newestAnswer(state, 'findings');
  if (result === null) return 'Looking for known causes on the hot lines…';
  const { length } = result.findings;
  if (length > 0) {
    const others = length === 1 ? 'The one finding is of another class' : `All ${length} findings are of other classes`;
    return `No finding is listed under “${findingFilterLabels[findingFilter]}”. ${others}: choose “${findingFilterLabels.all}”.`;
  }
  if (phase.summary.mapping.mappedFiles === 0)
    return 'No file of this profile is in this workspace, so there is no Ruby to look at. Open the folder it was recorded from, or see the paths above.';
  return 'No hot line of this profile has a cause that is known here. Hot lines shows where the objects come from.';
}
