import type { StackTable } from './profile';

/** Members that are sorted by insertion. */
const RUN = 12;

/** One family of a tree while it is put into the order of the picture: heavier ones first, equal ones by name, then by line. */
export class Siblings {
  /** Nodes; those before `count` belong to the family at hand. */
  members = new Int32Array(256);
  count = 0;
  private spare = new Int32Array(256);

  /** `rank`: see `frameRanks`. */
  constructor(
    private readonly rank: Int32Array,
    private readonly nodes: Pick<StackTable, 'frame' | 'line' | 'total'>,
  ) {}

  add(node: number): void {
    if (this.count === this.members.length) this.widen();
    this.members[this.count++] = node;
  }

  sort(): void {
    const { count } = this;
    for (let from = 0; from < count; from += RUN) this.sortRun(from, Math.min(count, from + RUN));
    for (let run = RUN; run < count; run *= 2) this.mergeRuns(run, count);
  }

  /** Negative when `a` comes before `b`. */
  compare(a: number, b: number): number {
    const { total, frame, line } = this.nodes;
    const byWeight = total[b]! - total[a]!;
    if (byWeight !== 0) return byWeight;
    return this.rank[frame[a]!]! - this.rank[frame[b]!]! || line[a]! - line[b]!;
  }

  /** Most families have a handful: this is several times faster for them than a general sort. */
  private sortRun(from: number, to: number): void {
    const { members } = this;
    for (let next = from + 1; next < to; next++) {
      const node = members[next]!;
      let at = next;
      while (at > from && this.compare(node, members[at - 1]!) < 0) {
        members[at] = members[at - 1]!;
        at--;
      }
      members[at] = node;
    }
  }

  /** Merges sorted runs of this length, two by two. */
  private mergeRuns(run: number, count: number): void {
    const { members, spare } = this;
    for (let from = 0; from < count; from += 2 * run) {
      const middle = Math.min(count, from + run);
      const end = Math.min(count, from + 2 * run);
      let left = from;
      let right = middle;
      for (let at = from; at < end; at++) {
        const takeLeft = left < middle && (right >= end || this.compare(members[left]!, members[right]!) <= 0);
        spare[at] = takeLeft ? members[left++]! : members[right++]!;
      }
    }
    this.members = spare;
    this.spare = members;
  }

  private widen(): void {
    const wider = new Int32Array(this.members.length * 2);
    wider.set(this.members);
    this.members = wider;
    this.spare = new Int32Array(wider.length);
  }
}
