/** Rows under rows, of which some are open: what a table that unfolds shows, in which order. Ids count from 0 as rows are added. */

/** Where a row stands, as screen readers say it. */
export interface OutlinePlace {
  /** 1 for the uppermost. */
  readonly level: number;
  /** Whether its rows can be seen; null when it has none. */
  readonly open: boolean | null;
  /** 1-based, among the rows with the same parent that are here. */
  readonly position: number;
  readonly siblings: number;
}

/** Sorts the ids of one family. */
export type FamilyOrder = (ids: readonly number[]) => readonly number[];

export class Outline {
  private readonly parents: number[] = [];
  private readonly levels: number[] = [];
  private readonly parentRows: boolean[] = [];
  private readonly families = new Map<number, number[]>();
  private readonly opened = new Set<number>();
  private sorted = new Map<number, readonly number[]>();
  private order: FamilyOrder = (ids) => ids;
  /** What `keptRows` said of the rows in sight; null when all are kept. */
  private kept: Uint8Array | null = null;

  get length(): number {
    return this.parents.length;
  }

  /** Adds a row under `parent` (-1: uppermost). `unfolds`: it has rows, here or not yet. */
  add(parent: number, unfolds: boolean): number {
    const id = this.parents.length;
    this.parents.push(parent);
    this.levels.push(parent < 0 ? 1 : this.levels[parent]! + 1);
    this.parentRows.push(unfolds);
    const family = this.families.get(parent);
    if (family) family.push(id);
    else this.families.set(parent, [id]);
    this.sorted.delete(parent);
    return id;
  }

  parent(id: number): number {
    return this.parents[id] ?? -1;
  }

  /** Rows under a row (-1: the uppermost) that are here, in the order they came. */
  children(id: number): readonly number[] {
    return this.families.get(id) ?? [];
  }

  unfolds(id: number): boolean {
    return this.parentRows[id] ?? false;
  }

  isOpen(id: number): boolean {
    return this.opened.has(id) || this.kept?.[id] === 2;
  }

  setOpen(id: number, open: boolean): void {
    if (open && this.unfolds(id)) this.opened.add(id);
    else this.opened.delete(id);
  }

  closeAll(): void {
    this.opened.clear();
  }

  /** Opens everything above a row, so that it is in sight. */
  openTo(id: number): void {
    for (let at = this.parent(id); at >= 0; at = this.parent(at)) this.setOpen(at, true);
  }

  sortBy(order: FamilyOrder): void {
    this.order = order;
    this.sorted = new Map();
  }

  /** Ids in sight from top to bottom. With `keep`, rows that it keeps or that have one under them, all of them open. */
  inSight(keep: ((id: number) => boolean) | null): Int32Array {
    this.kept = keep === null ? null : this.keptRows(keep);
    const { kept } = this;
    const ids: number[] = [];
    const waiting = [...this.family(-1)].reverse();
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (kept !== null && kept[id] === 0) continue;
      ids.push(id);
      if (!this.isOpen(id)) continue;
      const family = this.family(id);
      for (let at = family.length - 1; at >= 0; at--) waiting.push(family[at]!);
    }
    return Int32Array.from(ids);
  }

  place(id: number): OutlinePlace {
    const family = this.family(this.parent(id));
    return {
      level: this.levels[id]!,
      open: this.unfolds(id) ? this.isOpen(id) : null,
      position: family.indexOf(id) + 1,
      siblings: family.length,
    };
  }

  /** 0: not, 1: kept, 2: has one that is kept under it. Rows come after their parents. */
  private keptRows(keep: (id: number) => boolean): Uint8Array {
    const kept = new Uint8Array(this.length);
    for (let id = this.length - 1; id >= 0; id--) {
      if (kept[id] === 0 && keep(id)) kept[id] = 1;
      const parent = this.parents[id]!;
      if (kept[id] !== 0 && parent >= 0) kept[parent] = 2;
    }
    return kept;
  }

  private family(id: number): readonly number[] {
    const known = this.sorted.get(id);
    if (known) return known;
    const made = this.order(this.children(id));
    this.sorted.set(id, made);
    return made;
  }
}
