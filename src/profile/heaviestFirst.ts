/** A binary heap of nodes by weight. */
export class HeaviestFirst {
  private readonly nodes: number[] = [];
  private readonly weights: number[] = [];

  push(node: number, weight: number): void {
    let at = this.nodes.length;
    this.nodes.push(node);
    this.weights.push(weight);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.weights[above]! >= weight) break;
      this.nodes[at] = this.nodes[above]!;
      this.weights[at] = this.weights[above]!;
      at = above;
    }
    this.nodes[at] = node;
    this.weights[at] = weight;
  }

  /** The heaviest node, or -1. */
  pop(): number {
    if (this.nodes.length === 0) return -1;
    const top = this.nodes[0]!;
    const node = this.nodes.pop()!;
    const weight = this.weights.pop()!;
    const { length } = this.nodes;
    if (length === 0) return top;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= length) break;
      if (below + 1 < length && this.weights[below + 1]! > this.weights[below]!) below++;
      if (this.weights[below]! <= weight) break;
      this.nodes[at] = this.nodes[below]!;
      this.weights[at] = this.weights[below]!;
      at = below;
    }
    this.nodes[at] = node;
    this.weights[at] = weight;
    return top;
  }
}
