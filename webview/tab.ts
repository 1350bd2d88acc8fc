/** What every tab of the view is to the view around it, and what the view does for all of them. */
import type { FindingRow } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import type { Figures } from './figures';
import type { Selection, SourcePlace, State } from './state';

export interface TabView {
  readonly element: HTMLElement;
  /** The number beside the tab's title; empty while it is not known, or when there is none. */
  count(state: State, figures: Figures): string;
  /** The rows of the tab's table as text with tabs, its heads first; empty when it has none now. Without it, the tab has no table. */
  copyTable?(): string;
  /** Another profile is here, with its unit, base and locale. */
  setFigures(figures: Figures): void;
}

/** Ways from a row or a box to elsewhere. */
export interface ViewLinks {
  openSource(source: SourcePlace, opening: Opening): void;
  openFinding(finding: FindingRow, opening: Opening | 'fix'): void;
  explainFinding(id: string): void;
  /** Selects the heaviest box of a line as recorded. */
  showLine(file: string, line: number): void;
  showInFlame(selection: Selection): void;
  /** Puts the method in the middle of the sandwich. */
  showInSandwich(selection: Selection): void;
  /** The menu of the selected row or box at a point of the page, CSS pixels. */
  openMenu(selection: Selection, x: number, y: number): void;
}
