import { boxName, pathTo } from './boxSelection';
import { element } from './dom';
import type { BoxRow, FlameTree } from './flameTree';
import { visibleText } from './visibleText';

/** Callers named between "All" and the zoomed box. */
const namedCallers = 2;

/** Where the view is zoomed to: `All › … › caller › box`; each step zooms back out to it. */
export class Trail {
  readonly element = element('nav', { className: 'trail', attributes: { 'aria-label': 'Zoomed to' } });

  private shown: { readonly tree: FlameTree | null; readonly node: number } | null = null;

  constructor(private readonly onZoom: (row: BoxRow) => void) {
    this.update(null, -1);
  }

  update(tree: FlameTree | null, row: BoxRow): void {
    const node = tree && row >= 0 ? tree.node[row]! : -1;
    if (this.shown?.tree === tree && this.shown.node === node) return;
    this.shown = { tree, node };
    const path = tree && row >= 0 ? pathTo(tree, row) : [];
    const shown = path.slice(-1 - namedCallers);
    const steps: HTMLElement[] = [this.step('All', -1, path.length === 0)];
    if (tree) {
      if (shown.length < path.length) steps.push(element('span', { className: 'trail-gap', text: '…' }));
      for (const at of shown) steps.push(this.step(boxName(tree, at), at, at === row));
    }
    this.element.replaceChildren(...steps);
  }

  private step(name: string, row: BoxRow, current: boolean): HTMLElement {
    const step = element('button', { className: 'trail-step', title: visibleText(name) });
    step.append(element('bdi', { text: visibleText(name, 120) }));
    if (current) step.setAttribute('aria-current', 'true');
    step.addEventListener('click', () => this.onZoom(row));
    return step;
  }
}
