/** The rows of the call tree that are here: columns by id, with an outline of what is under what. */
import type { TreeRowsResult } from '../src/protocol/requests';
import { hasSource, placeWithLine } from './boxSelection';
import { Outline } from './outline';
import type { Selection, SourcePlace, State } from './state';
import { nameOrNone } from './visibleText';

interface CallTreeRow {
  /** Call-tree node. */
  readonly node: number;
  readonly frame: number;
  readonly name: string;
  readonly file: string;
  readonly place: string;
  readonly definitionLine: number;
  readonly origin: number;
  readonly line: number;
  readonly depth: number;
  readonly start: number;
  readonly total: number;
  readonly self: number;
  /** Calls there are, here or not. */
  readonly children: number;
}

export class CallRows {
  readonly outline = new Outline();
  private readonly rows: CallTreeRow[] = [];
  private readonly idOfNode = new Map<number, number>();
  /** Samples of the whole picture. */
  totalSamples = 0;
  /** Rows of the longest family of which only the heaviest are here; 0 when all are whole. */
  longestCut = 0;

  constructor(private readonly direction: State['direction']) {}

  row(id: number): CallTreeRow {
    return this.rows[id]!;
  }

  /** The row of a node, or -1 when it is not here. */
  idOf(node: number): number {
    return this.idOfNode.get(node) ?? -1;
  }

  /** Whether the rows under a row are still to be asked for. */
  isMissing(id: number): boolean {
    return this.row(id).children > 0 && this.outline.children(id).length === 0;
  }

  /** Takes rows over; those that are here already stay. */
  add(rows: TreeRowsResult): void {
    this.totalSamples = rows.totalSamples;
    const families = new Set<number>();
    for (let i = 0; i < rows.length; i++) {
      const node = rows.node[i]!;
      const above = rows.parent[i]!;
      const parent = above < 0 ? -1 : this.idOf(above);
      if (this.idOfNode.has(node) || (above >= 0 && parent < 0)) continue;
      const id = this.outline.add(parent, rows.children[i]! > 0);
      this.idOfNode.set(node, id);
      this.rows.push(rowOf(rows, i));
      families.add(parent);
    }
    for (const parent of families) {
      const here = this.outline.children(parent).length;
      const all = parent < 0 ? rows.roots : this.row(parent).children;
      if (here < all) this.longestCut = Math.max(this.longestCut, here);
    }
  }

  /** Samples of the row above; of the whole picture for a root. */
  parentTotal(id: number): number {
    const parent = this.outline.parent(id);
    return parent < 0 ? this.totalSamples : this.row(parent).total;
  }

  selection(id: number): Selection {
    const { node, depth, start, total, self, ...row } = this.row(id);
    const { frame, line, name, file, place, definitionLine, origin } = row;
    const box = { node, depth, start, total, self, parentTotal: this.parentTotal(id), source: this.source(id) };
    return { frame, line, name, file, place, definitionLine, origin, box };
  }

  name(id: number, byLine: boolean): string {
    const { name, line } = this.row(id);
    return byLine && line > 0 ? `${nameOrNone(name)}:${line}` : nameOrNone(name);
  }

  /** The calls of a row that lead to most samples, as far as they are here and have at least a share of the whole; ids from the top. */
  heaviestPath(from: number, share: number): number[] {
    const path: number[] = [];
    for (let id = this.outline.children(from)[0]; id !== undefined; id = this.outline.children(id)[0]) {
      if (this.row(id).total < this.totalSamples * share) break;
      path.push(id);
    }
    return path;
  }

  /** Its own line, or for code without source that of the nearest caller that is here. */
  private source(id: number): SourcePlace | null {
    for (let at = id; at >= 0; at = this.callerOf(at)) {
      const { file, origin, line, definitionLine, place } = this.row(at);
      const shown = line || definitionLine;
      if (hasSource(origin, file))
        return { file, line: shown, place: placeWithLine(place, shown), ofCaller: at !== id };
    }
    return null;
  }

  private callerOf(id: number): number {
    return this.direction === 'callees' ? this.outline.parent(id) : (this.outline.children(id)[0] ?? -1);
  }
}

function rowOf(rows: TreeRowsResult, i: number): CallTreeRow {
  const { frames } = rows;
  const frame = rows.frame[i]!;
  return {
    node: rows.node[i]!,
    frame: frames.index[frame]!,
    name: frames.name[frame]!,
    file: frames.file[frame]!,
    place: frames.place[frame]!,
    definitionLine: frames.definitionLine[frame]!,
    origin: frames.origin[frame]!,
    line: rows.line[i]!,
    depth: rows.depth[i]!,
    start: rows.start[i]!,
    total: rows.total[i]!,
    self: rows.self[i]!,
    children: rows.children[i]!,
  };
}
