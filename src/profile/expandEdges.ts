import type { UnorderedTree } from './callTree';
import { rootSamples } from './chargeByEdges';
import { FloatColumn, IntColumn } from './column';
import { HeaviestFirst } from './heaviestFirst';
import type { FrameIndex, Profile } from './profile';
import { recursiveEdges } from './recursiveEdges';

/** A picture from sums cannot be exact: beyond these there is nothing more to see. */
const MAX_NODES = 50_000;
const MAX_DEPTH = 1_000;
/** Boxes below this share of the whole are not taken apart. */
const MIN_SHARE = 1 / 20_000;
/** For boxes below this share nobody looks whether a callee leads back. */
const MIN_SHARE_TO_LOOK = 1 / 500;
/** Edges looked at, in all: keeps a hostile graph under a second. */
const MAX_STEPS = 30_000_000;

type EdgeIndex = number;

/**
 * A call tree from caller-callee sums. They forgot which call led to which, but any tree of them must take each edge as often
 * as it was counted, end in each method as often as that was on top, and have it in no more samples than it was in. So the
 * heaviest node gives its samples to callees until those sums are used up, to few callees as much as they can take: this
 * needs fewest boxes, and every method comes out about as wide as it was recorded. What is not taken apart stays with
 * its node as self, so no weight is lost.
 *
 * A method that appears n times on the stacks that have it is a hub (`run_callbacks`, a middleware chain): at its first n - 1
 * appearances its samples go to callees that lead back to it.
 */
export function expandEdges(profile: Profile): UnorderedTree {
  const expansion = new Expansion(profile);
  expansion.addRoots();
  expansion.run();
  return expansion.finish();
}

class Expansion {
  private readonly parent = new IntColumn();
  private readonly frame = new IntColumn();
  private readonly self = new FloatColumn();
  private readonly depth = new IntColumn();
  private readonly heaviest = new HeaviestFirst();
  /** What the sums still have: per edge its calls, per frame samples on top, and samples of stacks that have it. */
  private readonly callsLeft: Float64Array;
  private readonly selfLeft: Float64Array;
  private readonly totalLeft: Float64Array;
  /** Per edge, what the node at hand gives it. */
  private readonly given: Float64Array;
  /** How often a frame appears on the stacks that have it. */
  private readonly appearances: Float64Array;
  private readonly isRecursive: Uint8Array;
  /** How often a frame is on the path to the node at hand, where `pathOf` is that node. */
  private readonly onPath: Int32Array;
  private readonly pathOf: Int32Array;
  private node = -1;
  private readonly queue: Int32Array;
  private readonly queuedIn: Int32Array;
  private searches = 0;
  private steps = 0;

  constructor(private readonly profile: Profile) {
    const { frames, edges } = profile;
    this.callsLeft = edges.count.slice();
    this.selfLeft = frames.self.slice();
    this.totalLeft = frames.total.slice();
    this.given = new Float64Array(edges.count.length);
    this.isRecursive = recursiveEdges(profile);
    this.onPath = new Int32Array(frames.length);
    this.pathOf = new Int32Array(frames.length).fill(-1);
    this.queue = new Int32Array(frames.length);
    this.queuedIn = new Int32Array(frames.length);
    this.appearances = rootSamples(profile);
    for (let edge = 0; edge < edges.count.length; edge++) this.appearances[edges.callee[edge]!]! += edges.count[edge]!;
    for (let frame = 0; frame < frames.length; frame++) this.appearances[frame]! /= Math.max(1, frames.total[frame]!);
  }

  addRoots(): void {
    const roots = rootSamples(this.profile);
    for (let frame = 0; frame < roots.length && this.self.length < MAX_NODES; frame++) {
      if (roots[frame]! <= 0) continue;
      this.add(frame, -1, roots[frame]!);
      this.totalLeft[frame]! -= roots[frame]!;
    }
  }

  run(): void {
    const smallest = this.profile.samples * MIN_SHARE;
    while (this.self.length < MAX_NODES && this.steps < MAX_STEPS) {
      const node = this.heaviest.pop();
      if (node < 0 || this.self.values[node]! < smallest) return;
      if (this.depth.values[node]! + 1 < MAX_DEPTH) this.takeApart(node);
    }
  }

  finish(): UnorderedTree {
    return {
      length: this.self.length,
      parent: this.parent.values,
      frame: this.frame.values,
      line: new Int32Array(this.self.length),
      self: this.self.values,
    };
  }

  private add(frame: FrameIndex, above: number, samples: number): void {
    const node = this.self.length;
    this.parent.push(above);
    this.frame.push(frame);
    this.self.push(samples);
    this.depth.push(above < 0 ? 0 : this.depth.values[above]! + 1);
    this.heaviest.push(node, samples);
  }

  private takeApart(node: number): void {
    const { edges } = this.profile;
    const frame = this.frame.values[node]!;
    const first = edges.offset[frame]!;
    const end = edges.offset[frame + 1]!;
    if (first === end) return;
    this.walkPath(node);
    this.steps += end - first;
    const callees = Array.from({ length: end - first }, (_, at) => first + at);
    const samples = this.self.values[node]!;
    let rest = samples - this.giveBack(frame, samples, callees);
    rest -= this.giveOn(frame, rest, callees);
    rest -= this.giveRest(frame, rest, callees);
    this.self.values[node] = rest;
    this.selfLeft[frame] = Math.max(0, this.selfLeft[frame]! - rest);
    for (const edge of callees) {
      // What is left over of sums of fractions is nothing.
      if (this.given[edge]! > samples * 1e-9) this.add(edges.callee[edge]!, node, this.given[edge]!);
      this.given[edge] = 0;
    }
  }

  /** At all but its last appearance on a stack: callees that lead back. Outer callers first, as far as the sums can tell. */
  private giveBack(frame: FrameIndex, samples: number, callees: readonly EdgeIndex[]): number {
    const { frames, edges } = this.profile;
    let rest = samples * Math.max(0, Math.min(1, this.appearances[frame]! - this.countOnPath(frame)));
    if (rest === 0) return 0;
    const recursive = callees.filter((edge) => this.isRecursive[edge] === 1);
    const total = (edge: EdgeIndex): number => frames.total[edges.callee[edge]!]!;
    // Who calls whom in a chain is in more samples; StackProf lists what it met first, from the top of a stack down.
    recursive.sort((a, b) => this.isNew(b) - this.isNew(a) || total(b) - total(a) || b - a);
    const look = samples > this.profile.samples * MIN_SHARE_TO_LOOK;
    let given = 0;
    for (const edge of recursive) {
      const samplesHere = Math.min(rest, this.room(edge));
      if (samplesHere <= 0 || (look && !this.leadsBack(edges.callee[edge]!, frame, samplesHere / 2))) continue;
      this.give(edge, samplesHere);
      given += samplesHere;
      rest -= samplesHere;
      if (rest <= 0) break;
    }
    return given;
  }

  /** Callees with most room first; the method keeps the part that is its own on average. */
  private giveOn(frame: FrameIndex, samples: number, callees: EdgeIndex[]): number {
    const room = new Map(callees.map((edge) => [edge, this.room(edge)]));
    let all = this.selfLeft[frame]!;
    for (const free of room.values()) all += free;
    if (all === 0) return 0;
    const most = samples - this.selfLeft[frame]! * Math.min(1, samples / all);
    callees.sort((a, b) => room.get(b)! - room.get(a)! || b - a);
    return this.giveInTurn(callees, most, (edge) => room.get(edge)!);
  }

  /** More than the method had on top: to whomever it still has calls of, even once more on the same stack. */
  private giveRest(frame: FrameIndex, samples: number, callees: EdgeIndex[]): number {
    const most = samples - this.selfLeft[frame]!;
    if (most <= 0) return 0;
    callees.sort((a, b) => this.isNew(b) - this.isNew(a) || this.callsLeft[b]! - this.callsLeft[a]! || b - a);
    return this.giveInTurn(callees, most, (edge) => this.callsLeft[edge]!);
  }

  private giveInTurn(callees: readonly EdgeIndex[], most: number, roomOf: (edge: EdgeIndex) => number): number {
    let given = 0;
    for (const edge of callees) {
      const samples = Math.min(most - given, roomOf(edge));
      if (samples <= 0) continue;
      this.give(edge, samples);
      given += samples;
    }
    return given;
  }

  private give(edge: EdgeIndex, samples: number): void {
    const callee = this.profile.edges.callee[edge]!;
    this.given[edge]! += samples;
    this.callsLeft[edge] = Math.max(0, this.callsLeft[edge]! - samples);
    if (this.countOnPath(callee) === 0) this.totalLeft[callee] = Math.max(0, this.totalLeft[callee]! - samples);
  }

  /** Samples that an edge can take below the node at hand. */
  private room(edge: EdgeIndex): number {
    const callee = this.profile.edges.callee[edge]!;
    const times = this.countOnPath(callee);
    if (times === 0) return Math.min(this.callsLeft[edge]!, this.totalLeft[callee]!);
    return times < this.appearances[callee]! ? this.callsLeft[edge]! : 0;
  }

  /** Whether so many samples could come from one frame to the other below the node at hand. */
  private leadsBack(from: FrameIndex, to: FrameIndex, least: number): boolean {
    if (from === to) return true;
    const { edges } = this.profile;
    const search = ++this.searches;
    this.queue[0] = from;
    this.queuedIn[from] = search;
    let length = 1;
    for (let at = 0; at < length && this.steps < MAX_STEPS; at++) {
      const caller = this.queue[at]!;
      for (let edge = edges.offset[caller]!; edge < edges.offset[caller + 1]!; edge++) {
        this.steps++;
        const callee = edges.callee[edge]!;
        if (this.queuedIn[callee] === search || this.callsLeft[edge]! < least) continue;
        if (callee === to) return true;
        const times = this.countOnPath(callee);
        if (times === 0 ? this.totalLeft[callee]! < least : times + 0.5 >= this.appearances[callee]!) continue;
        this.queuedIn[callee] = search;
        this.queue[length++] = callee;
      }
    }
    return false;
  }

  private walkPath(node: number): void {
    this.node = node;
    for (let at = node; at >= 0; at = this.parent.values[at]!) {
      const frame = this.frame.values[at]!;
      this.onPath[frame] = this.countOnPath(frame) + 1;
      this.pathOf[frame] = node;
    }
  }

  private countOnPath(frame: FrameIndex): number {
    return this.pathOf[frame] === this.node ? this.onPath[frame]! : 0;
  }

  /** 1 when the callee is not on the path yet. */
  private isNew(edge: EdgeIndex): number {
    return this.countOnPath(this.profile.edges.callee[edge]!) === 0 ? 1 : 0;
  }
}
