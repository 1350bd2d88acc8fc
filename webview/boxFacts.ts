/** What a box stands for, in words: for the card beside the pointer. */
import { boxName, placeWithLine, sourceOf } from './boxSelection';
import { boxChange } from './changes';
import type { Figures } from './figures';
import { type BoxRow, boxesLike, type FlameTree, rowOfNode } from './flameTree';
import type { SampleRange } from './viewport';
import { visibleText } from './visibleText';

export interface BoxFacts {
  readonly name: string;
  readonly place: string;
  /** Heads of the columns of shares: `of all`, and what else there is to compare with. */
  readonly bases: readonly string[];
  readonly total: BoxAmount;
  readonly self: BoxAmount;
  /** Which of the boxes of its line or method it is, and what the figures are estimated from; may be empty. */
  readonly notes: readonly string[];
  readonly hint: string;
}

export interface BoxAmount {
  readonly amount: string;
  /** One per base; empty where a share says nothing. */
  readonly shares: readonly string[];
}

/**
 * The facts of a box. `base` holds the boxes that are counted; `range` is what is on screen. Shares: of all samples of the
 * profile, of what filters and zoom leave to be seen (where that is not all), and of the calling box. `enters`: what a double
 * click does.
 */
export function boxFacts(
  tree: FlameTree,
  row: BoxRow,
  base: FlameTree,
  range: SampleRange,
  figures: Figures,
  enters: string,
): BoxFacts {
  const frame = tree.frame[row]!;
  const above = tree.parent[row]!;
  const total = tree.total[row]!;
  const self = tree.self[row]!;
  const start = tree.start[row]!;
  const line = tree.line[row]! || tree.frames.definitionLine[frame]!;
  // Rebuilt boxes are not even a count of samples.
  const certainty = tree.approximate ? 'estimate' : 'exact';
  const span = range.to - range.from;
  // Widths of compared boxes may be those of the baseline.
  const all = tree.change === null ? figures.samples : tree.totalSamples;
  const bases = [tree.change === null ? 'of all' : 'of picture'];
  const totals = [figures.shareOf(total, all)];
  const selves = [figures.shareOf(self, all)];
  if (span < all && span > 0) {
    const within = (from: number, to: number): string =>
      figures.shareOf(Math.max(0, Math.min(to, range.to) - Math.max(from, range.from)), span);
    bases.push('of shown');
    totals.push(within(start, start + total));
    selves.push(within(start + total - self, start + total));
  }
  if (above >= 0) {
    bases.push(tree.direction === 'callees' ? 'of caller' : 'of callee');
    totals.push(figures.shareOf(total, tree.total[above]!));
    selves.push('');
  }
  return {
    name: visibleText(boxName({ ...tree, groupBy: 'method' }, row)),
    place: visibleText(placeWithLine(tree.frames.place[frame]!, line)),
    bases,
    total: { amount: figures.amount(total, certainty), shares: totals },
    self: { amount: figures.amount(self, certainty), shares: selves },
    notes: [...change(tree, row, figures), ...occurrence(tree, row, base, figures), ...estimate(tree, total, figures)],
    hint: hintFor(tree, row, enters),
  };
}

function change({ change: changed }: FlameTree, row: BoxRow, figures: Figures): string[] {
  if (changed === null) return [];
  return [boxChange(changed.before[row]!, changed.after[row]!, changed.level[row]!, figures)];
}

function occurrence(tree: FlameTree, row: BoxRow, base: FlameTree, figures: Figures): string[] {
  const frame = tree.frame[row]!;
  const line = tree.line[row]!;
  const like = { frame: tree.frames.index[frame]!, line, file: tree.frames.file[frame]! };
  const rows = boxesLike(base, like);
  const at = rows.indexOf(tree === base ? row : rowOfNode(base, tree.node[row]!));
  if (at < 0 || rows.length < 2) return [];
  const what = base.groupBy === 'line' && line > 0 ? 'this line' : 'this method';
  return [`Box ${figures.count(at + 1)} of ${figures.count(rows.length)} of ${what}, widest first`];
}

function estimate(tree: FlameTree, total: number, figures: Figures): string[] {
  if (tree.approximate || figures.measure.unit !== 'objects' || figures.measure.perSample === 1) return [];
  return [`Estimated from ${figures.count(total)} ${total === 1 ? 'sample' : 'samples'}`];
}

function hintFor(tree: FlameTree, row: BoxRow, enters: string): string {
  const source = sourceOf(tree, row);
  const approximate = tree.approximate ? 'Approximate: rebuilt from caller–callee sums. ' : '';
  if (!source) return `${approximate}No source to open · Double-click: ${enters}`;
  const opens = source.ofCaller ? `Click: show the caller, ${visibleText(source.place)}` : 'Click: show source';
  return `${approximate}${opens} · Double-click: ${enters}`;
}
