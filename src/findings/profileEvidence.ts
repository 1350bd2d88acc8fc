import { type LineIndex, rowOfLine } from '../profile/lineIndex';
import type { Measure } from '../profile/measure';
import { Origin } from '../profile/origin';
import type { FrameIndex, Profile, StackIndex, StringIndex } from '../profile/profile';
import type { Site } from '../ruby/pattern';
import type { Evidence } from './evidence';
import { buildSiteIndex, type SiteNode } from './siteIndex';

export interface EvidenceSource {
  readonly profile: Profile;
  readonly measure: Measure;
  readonly lines: LineIndex;
  /** The recorded files that are this local file: one, or several releases of it. */
  readonly files: readonly StringIndex[];
  /** An `Origin` per StringIndex of a file. */
  readonly origin: Uint8Array;
  readonly path: string;
}

/** What a profile says about recorded lines. Answers are kept: a question costs a walk under the line once. */
export function profileEvidence(source: EvidenceSource): Evidence {
  const { profile, measure, lines, files, path } = source;
  const definitions = definitionsOf(profile, files);
  const methodAround = (line: number): number | null => lastAtOrBefore(definitions, line);
  const sumOfRows = (column: Float64Array, at: readonly Site[]): number[] =>
    at.map(({ line }) =>
      files.reduce((sum, file) => {
        const row = rowOfLine(lines, file, line);
        return row < 0 ? sum : sum + column[row]!;
      }, 0),
    );
  const question = remembering();
  let made: Walk | null = null;
  const walk = (): Walk => (made ??= profile.detail === 'aggregate' ? new EdgeWalk(source) : new StackWalk(source));
  const ask = (kind: string, sites: readonly Site[], answer: () => number, ...names: readonly RegExp[]): number =>
    question(
      `${kind} ${sites.map(({ line, depth }) => `${line}:${depth}`).join()} ${names.map(String).join(' ')}`,
      answer,
    );

  return {
    file: path,
    detail: profile.detail,
    samples: profile.samples,
    exact: measure.perSample === 1,
    objectsOf: (samples) => (measure.unit === 'objects' ? samples * measure.perSample : null),
    samplesThrough: (sites) => Math.max(0, ...sumOfRows(lines.through, sites)),
    samplesOwn: (sites) => sumOfRows(lines.ownRecorded, sites).reduce((sum, own) => sum + own, 0),
    samplesCalled: (sites, names, beneath) =>
      ask('called', sites, () => walk().called(sites, names, beneath), names, ...(beneath ? [beneath] : [])),
    samplesMade: (sites, names) => ask('made', sites, () => walk().made(sites, names), names),
    samplesBeneath: (sites, names) => ask('beneath', sites, () => walk().beneath(sites, names), names),
    samplesInCallers: (sites, names) => ask('callers', sites, () => walk().inCallers(sites, names), names),
    samplesOfMethod: (sites) => ask('whole', sites, () => walk().ofMethod(sites)),
    samplesIterated: (sites) => ask('iterated', sites, () => walk().iterated(sites)),
    methodAround,
  };
}

interface Walk {
  called(sites: readonly Site[], names: RegExp, beneath: RegExp | null): number;
  made(sites: readonly Site[], names: RegExp): number;
  beneath(sites: readonly Site[], names: RegExp): number;
  inCallers(sites: readonly Site[], names: RegExp): number;
  ofMethod(sites: readonly Site[]): number;
  iterated(sites: readonly Site[]): number;
}

/** Answers from stacks, with or without lines. */
class StackWalk implements Walk {
  private readonly index: ReadonlyMap<number, readonly SiteNode[]>;
  private readonly names: FrameNames;
  private readonly definitions: readonly number[];
  private readonly methodNodes = new Map<number, StackIndex[]>();

  constructor(private readonly source: EvidenceSource) {
    this.index = buildSiteIndex(source.profile, source.files, source.origin);
    this.names = new FrameNames(source.profile);
    this.definitions = definitionsOf(source.profile, source.files);
  }

  called(sites: readonly Site[], names: RegExp, beneath: RegExp | null): number {
    const called = this.names.matching(names);
    const under = beneath && this.names.matching(beneath);
    const { stacks } = this.source.profile;
    return this.sumOver(this.nodesOf(sites), (node) => {
      let samples = 0;
      const end = stacks.subtreeEnd[node]!;
      for (let child = node + 1; child < end; child = stacks.subtreeEnd[child]!) {
        if (called[stacks.frame[child]!] === 1 && (under === null || this.holds(child, under))) {
          samples += stacks.total[child]!;
        }
      }
      return samples;
    });
  }

  made(sites: readonly Site[], names: RegExp): number {
    const makers = this.names.matching(names);
    const each = this.names.matching(/#each$/);
    const { stacks } = this.source.profile;
    return this.sumOver(this.nodesOf(sites), (node) => {
      let samples = 0;
      const end = stacks.subtreeEnd[node]!;
      for (let child = node + 1; child < end; child = stacks.subtreeEnd[child]!) {
        if (makers[stacks.frame[child]!] === 1) samples += this.selfWith(child, each);
      }
      return samples;
    });
  }

  beneath(sites: readonly Site[], names: RegExp): number {
    const wanted = this.names.matching(names);
    return this.sumOver(this.nodesOf(sites), (node) => this.totalBeneath(node, wanted));
  }

  inCallers(sites: readonly Site[], names: RegExp): number {
    const wanted = this.names.matching(names);
    const { frame, length } = this.source.profile.stacks;
    const around = new Set(this.nodesOfMethods(sites).flatMap((node) => [frame[node]!, ...this.callerOf(node)]));
    const nodes = Array.from({ length }, (_, node) => node).filter((node) => around.has(frame[node]!));
    return this.sumOver(nodes, (node) => this.totalBeneath(node, wanted));
  }

  ofMethod(sites: readonly Site[]): number {
    const { stacks } = this.source.profile;
    return this.sumOver(this.nodesOfMethods(sites), (node) => stacks.total[node]!);
  }

  iterated(sites: readonly Site[]): number {
    const { stacks } = this.source.profile;
    const nodes = this.entriesOf(sites).filter(({ iterated }) => iterated);
    return this.sumOver(
      nodes.map(({ node }) => node),
      (node) => stacks.total[node]!,
    );
  }

  /** Nodes of the sites in depth-first order. */
  private nodesOf(sites: readonly Site[]): StackIndex[] {
    return this.entriesOf(sites).map(({ node }) => node);
  }

  private entriesOf(sites: readonly Site[]): SiteNode[] {
    if (this.source.profile.detail === 'raw') {
      const definitions = new Set(sites.map(({ line }) => lastAtOrBefore(this.definitions, line)));
      return inOrder(
        [...definitions].flatMap((definition) => (definition === null ? [] : (this.index.get(definition) ?? []))),
      );
    }
    return inOrder(
      sites.flatMap(({ line, depth }) => {
        const nodes = this.index.get(line) ?? [];
        const exact = nodes.filter((entry) => entry.depth === depth);
        if (exact.length > 0) return exact;
        // A block that runs later (a callback, a thread) is not under the line that opens it.
        const deepest = nodes.reduce((most, entry) => Math.max(most, entry.depth), -1);
        return deepest < depth ? nodes.filter((entry) => entry.depth === deepest) : [];
      }),
    );
  }

  /** Nodes of the methods around the sites, in depth-first order. */
  private nodesOfMethods(sites: readonly Site[]): StackIndex[] {
    const nodes = sites.flatMap(({ line }) => {
      const definition = lastAtOrBefore(this.definitions, line);
      return definition === null ? [] : this.nodesOfMethod(definition);
    });
    return [...new Set(nodes)].sort((a, b) => a - b);
  }

  private nodesOfMethod(definition: number): StackIndex[] {
    const known = this.methodNodes.get(definition);
    if (known) return known;
    const { stacks, frames } = this.source.profile;
    const here = new Set(this.source.files);
    const nodes: StackIndex[] = [];
    for (let node = 0; node < stacks.length; node++) {
      const frame = stacks.frame[node]!;
      if (frames.line[frame] === definition && here.has(frames.file[frame]!)) {
        nodes.push(node);
        node = stacks.subtreeEnd[node]! - 1;
      }
    }
    this.methodNodes.set(definition, nodes);
    return nodes;
  }

  /** The own method that called the one at a node, if there is one. */
  private callerOf(node: StackIndex): FrameIndex[] {
    const { profile, origin } = this.source;
    const { stacks, frames } = profile;
    for (let at = stacks.parent[node]!; at >= 0; at = stacks.parent[at]!) {
      const frame = stacks.frame[at]!;
      if (origin[frames.file[frame]!] === Origin.Mine) return [frame];
    }
    return [];
  }

  /** Each sample once: what stands under a node that counted does not count again. */
  private sumOver(nodes: readonly StackIndex[], samplesOf: (node: StackIndex) => number): number {
    const { stacks } = this.source.profile;
    let samples = 0;
    let end = 0;
    for (const node of nodes) {
      if (node < end) continue;
      const found = samplesOf(node);
      samples += found;
      if (found > 0) end = stacks.subtreeEnd[node]!;
    }
    return samples;
  }

  /** What a node allocates itself, with what nodes of `also` directly under it do. */
  private selfWith(node: StackIndex, also: Uint8Array): number {
    const { stacks } = this.source.profile;
    let samples = stacks.self[node]!;
    const end = stacks.subtreeEnd[node]!;
    for (let child = node + 1; child < end; child = stacks.subtreeEnd[child]!) {
      if (also[stacks.frame[child]!] === 1) samples += this.selfWith(child, also);
    }
    return samples;
  }

  private totalBeneath(node: StackIndex, wanted: Uint8Array): number {
    const { stacks } = this.source.profile;
    let samples = 0;
    const end = stacks.subtreeEnd[node]!;
    for (let at = node + 1; at < end; at++) {
      if (wanted[stacks.frame[at]!] !== 1) continue;
      samples += stacks.total[at]!;
      at = stacks.subtreeEnd[at]! - 1;
    }
    return samples;
  }

  private holds(node: StackIndex, wanted: Uint8Array): boolean {
    const { stacks } = this.source.profile;
    const end = stacks.subtreeEnd[node]!;
    for (let at = node; at < end; at++) if (wanted[stacks.frame[at]!] === 1) return true;
    return false;
  }
}

/** Answers from caller-callee counts, which count appearances: a callee's own samples are the limit. */
class EdgeWalk implements Walk {
  private readonly names: FrameNames;
  private readonly definitions: readonly number[];

  constructor(private readonly source: EvidenceSource) {
    this.names = new FrameNames(source.profile);
    this.definitions = definitionsOf(source.profile, source.files);
  }

  called(sites: readonly Site[], names: RegExp, beneath: RegExp | null): number {
    const { edges, frames } = this.source.profile;
    const called = this.names.matching(names);
    const under = beneath && this.names.matching(beneath);
    if (under && !under.some((mark, frame) => mark === 1 && frames.total[frame]! > 0)) return 0;
    let samples = 0;
    for (const method of this.methodsAround(sites)) {
      for (let edge = edges.offset[method]!; edge < edges.offset[method + 1]!; edge++) {
        const callee = edges.callee[edge]!;
        if (called[callee] === 1) samples += Math.min(edges.count[edge]!, frames.total[callee]!, frames.total[method]!);
      }
    }
    return samples;
  }

  made(sites: readonly Site[], names: RegExp): number {
    const { edges, frames } = this.source.profile;
    const makers = this.names.matching(names);
    let samples = 0;
    for (const method of this.methodsAround(sites)) {
      for (let edge = edges.offset[method]!; edge < edges.offset[method + 1]!; edge++) {
        const callee = edges.callee[edge]!;
        if (makers[callee] === 1) samples += Math.min(edges.count[edge]!, frames.self[callee]!, frames.total[method]!);
      }
    }
    return samples;
  }

  beneath(sites: readonly Site[], names: RegExp): number {
    return this.beneathMethods(this.methodsAround(sites), names);
  }

  private beneathMethods(methods: readonly FrameIndex[], names: RegExp): number {
    const { edges, frames } = this.source.profile;
    const wanted = this.names.matching(names);
    const reached = new Set<FrameIndex>(methods);
    const queue = [...methods];
    let samples = 0;
    for (let frame = queue.pop(); frame !== undefined; frame = queue.pop()) {
      for (let edge = edges.offset[frame]!; edge < edges.offset[frame + 1]!; edge++) {
        const callee = edges.callee[edge]!;
        if (reached.has(callee)) continue;
        reached.add(callee);
        if (wanted[callee] === 1) samples += frames.total[callee]!;
        else queue.push(callee);
      }
    }
    const limit = methods.reduce((sum, method) => sum + frames.total[method]!, 0);
    return Math.min(samples, limit);
  }

  inCallers(sites: readonly Site[], names: RegExp): number {
    const methods = this.methodsAround(sites);
    return this.beneathMethods([...new Set([...methods, ...this.ownCallersOf(methods)])], names);
  }

  /** The largest of the frames: one method may have several, and a sample may hold two of them. */
  ofMethod(sites: readonly Site[]): number {
    const { frames } = this.source.profile;
    return Math.max(0, ...this.methodsAround(sites).map((frame) => frames.total[frame]!));
  }

  /** A method may be under an iterator by its own blocks alone: its callers prove nothing about one line. */
  iterated(): number {
    return 0;
  }

  private ownCallersOf(methods: readonly FrameIndex[]): FrameIndex[] {
    const { profile, origin } = this.source;
    const { edges, frames } = profile;
    return Array.from({ length: frames.length }, (_, frame) => frame).filter((frame) => {
      if (origin[frames.file[frame]!] !== Origin.Mine) return false;
      const callees = edges.callee.subarray(edges.offset[frame]!, edges.offset[frame + 1]!);
      return methods.some((method) => callees.includes(method));
    });
  }

  private methodsAround(sites: readonly Site[]): FrameIndex[] {
    const { frames } = this.source.profile;
    const definitions = new Set(sites.map(({ line }) => lastAtOrBefore(this.definitions, line)));
    return framesOf(this.source.profile, this.source.files).filter((frame) => definitions.has(frames.line[frame]!));
  }
}

function inOrder(entries: readonly SiteNode[]): SiteNode[] {
  return [...new Set(entries)].sort((a, b) => a.node - b.node);
}

function remembering(): (key: string, answer: () => number) => number {
  const known = new Map<string, number>();
  return (key, answer) => {
    const found = known.get(key) ?? answer();
    known.set(key, found);
    return found;
  };
}

function framesOf({ frames }: Profile, files: readonly StringIndex[]): FrameIndex[] {
  const here = new Set(files);
  return Array.from({ length: frames.length }, (_, frame) => frame).filter((frame) => here.has(frames.file[frame]!));
}

/** Definition lines of the file's methods, ascending. */
function definitionsOf(profile: Profile, files: readonly StringIndex[]): number[] {
  const lines = framesOf(profile, files).map((frame) => profile.frames.line[frame]!);
  return [...new Set(lines)].filter((line) => line > 0).sort((a, b) => a - b);
}

function lastAtOrBefore(ascending: readonly number[], line: number): number | null {
  return ascending.findLast((one) => one <= line) ?? null;
}

/** Which frames a pattern names, worked out once for each pattern. */
class FrameNames {
  private readonly known = new Map<string, Uint8Array>();

  constructor(private readonly profile: Profile) {}

  matching(name: RegExp): Uint8Array {
    const key = String(name);
    let marks = this.known.get(key);
    if (!marks) {
      const { frames, strings } = this.profile;
      marks = Uint8Array.from({ length: frames.length }, (_, frame) =>
        name.test(strings[frames.name[frame]!]!) ? 1 : 0,
      );
      this.known.set(key, marks);
    }
    return marks;
  }
}
