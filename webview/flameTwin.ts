import { boxName, childRows, pathTo } from './boxSelection';
import { boxChange } from './changes';
import { element } from './dom';
import type { Figures } from './figures';
import type { BoxRow, FlameTree } from './flameTree';
import { visibleText } from './visibleText';

/** Siblings on each side of the selected box that the tree holds; `aria-posinset` tells the true place. */
const nearby = 3;

/** Callers above it. */
const callers = 24;

/**
 * The picture for those who do not see it: an ARIA tree with the selected box, its callers, neighbours and callees. The
 * flame graph's own keys move the selection; this follows, so the reader says name, level, place among siblings, figures.
 */
export class FlameTwin {
  readonly element = element('div', { className: 'visually-hidden', attributes: { role: 'presentation' } });

  constructor(
    private readonly owner: HTMLElement,
    private readonly role: { readonly label: string },
  ) {
    owner.setAttribute('aria-label', `${role.label}: arrow keys move between callers, callees and siblings`);
    owner.setAttribute('role', 'group');
  }

  update(tree: FlameTree | null, row: BoxRow, figures: Figures | null): void {
    if (!tree || !figures || tree.length === 0) {
      this.element.replaceChildren();
      this.owner.removeAttribute('aria-activedescendant');
      this.owner.setAttribute('role', 'group');
      return;
    }
    const items: HTMLElement[] = [];
    const path = row < 0 ? [] : pathTo(tree, row);
    for (const caller of path.slice(-1 - callers, -1)) items.push(this.item(tree, caller, figures, false));
    const family = childRows(tree, row < 0 ? -1 : tree.parent[row]!, tree.length);
    const place = Math.max(0, family.indexOf(row));
    for (let i = Math.max(0, place - nearby); i < Math.min(family.length, place + nearby + 1); i++) {
      const sibling = family[i]!;
      const item = this.item(tree, sibling, figures, sibling === row);
      item.setAttribute('aria-posinset', String(i + 1));
      item.setAttribute('aria-setsize', String(family.length));
      items.push(item);
    }
    if (row >= 0)
      for (const callee of childRows(tree, row, nearby)) items.push(this.item(tree, callee, figures, false));
    this.element.replaceChildren(...items);
    this.owner.setAttribute('role', 'tree');
    const active = row >= 0 ? row : family[0];
    if (active !== undefined) this.owner.setAttribute('aria-activedescendant', this.idOf(active));
  }

  /** Several pictures may be in the page. */
  private idOf(row: BoxRow): string {
    return `${this.role.label.toLowerCase().replaceAll(' ', '-')}-box-${row}`;
  }

  private item(tree: FlameTree, row: BoxRow, figures: Figures, selected: boolean): HTMLElement {
    const total = tree.total[row]!;
    const certainty = tree.approximate ? 'estimate' : 'exact';
    const { change } = tree;
    const changed =
      change === null ? '' : `, ${boxChange(change.before[row]!, change.after[row]!, change.level[row]!, figures)}`;
    const text = `${visibleText(boxName(tree, row), 120)}, ${figures.amount(total, certainty)}, ${figures.shareOf(total, change === null ? figures.samples : tree.totalSamples)} of all${changed}`;
    const item = element('div', { text, attributes: { role: 'treeitem', id: this.idOf(row) } });
    item.setAttribute('aria-level', String(tree.depth[row]! + 1));
    item.setAttribute('aria-selected', String(selected));
    if (tree.subtreeEnd[row]! > row + 1) item.setAttribute('aria-expanded', 'true');
    return item;
  }
}
