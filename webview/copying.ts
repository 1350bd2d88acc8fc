/** Copies what is selected, its stack, or the table of the tab; by menu and by key. The extension puts it on the clipboard. */
import { frameText, stackText } from './copiedText';
import { selectedHit } from './flamePlaces';
import type { MenuItem } from './menu';
import type { Key } from './selectionActions';
import type { Selection, State } from './state';
import type { Store } from './store';
import type { TabRow } from './tabViews';

interface Copied {
  readonly text: string;
  /** What it is, for the notice. */
  readonly what: string;
}

export class Copying {
  constructor(
    private readonly store: Store,
    private readonly views: () => readonly TabRow[],
    private readonly post: (text: string) => void,
  ) {}

  /** Entries for the menu of what is selected. */
  items(): MenuItem[] {
    const { state } = this.store;
    const items: MenuItem[] = [];
    const item = (label: string, key: string, copy: () => Copied | null): void => {
      items.push({ label, key, act: () => this.copy(copy()) });
    };
    if (state.selected) item('Copy name and place', 'C', () => frameOf(this.store.state.selected));
    if (selectedHit(state)) item('Copy stack', 'Shift+C', () => stackOf(this.store.state));
    if (this.hasTable()) item('Copy table', 'Shift+T', () => this.table());
    return items;
  }

  /** Whether the key was one of these. */
  onKey(event: Key): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { state } = this.store;
    if (event.key === 'c') this.copy(frameOf(state.selected));
    else if (event.key === 'C') this.copy(stackOf(state));
    else if (event.key === 'T') this.copy(this.table());
    else return false;
    return true;
  }

  private copy(copied: Copied | null): void {
    if (copied) this.post(copied.text);
    const text = copied
      ? `Copied: ${copied.what}.`
      : 'There is nothing to copy: select a box or a row, or go to a table.';
    this.store.send({ type: 'notice', text });
  }

  private hasTable(): boolean {
    return this.shownView()?.copyTable !== undefined;
  }

  private table(): Copied | null {
    const text = this.shownView()?.copyTable?.() ?? '';
    if (text === '') return null;
    const rows = text.split('\n').length - 1;
    return { text, what: `the table, ${rows === 1 ? '1 row' : `${rows} rows`} with tabs between its columns` };
  }

  private shownView(): TabRow['view'] | undefined {
    return this.views().find(({ tab }) => tab === this.store.state.tab)?.view;
  }
}

function frameOf(selected: Selection | null): Copied | null {
  return selected && { text: frameText(selected), what: 'the name and the place of what is selected' };
}

function stackOf(state: State): Copied | null {
  const hit = selectedHit(state);
  if (!hit) return null;
  const text = stackText(hit.tree, hit.row);
  const frames = text.split('\n').length;
  return { text, what: frames === 1 ? 'the stack, 1 frame' : `the stack, ${frames} frames` };
}
