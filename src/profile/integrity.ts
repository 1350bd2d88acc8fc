import { FrameKind, type Profile, type StackTable } from './profile';

/** Enough to see what is wrong; a broken profile can break every row. */
const MAX_REPORTED = 20;

/** Walks every table of a profile and says which promises of `profile.ts` it breaks; empty when it keeps them all. */
export function brokenInvariants(profile: Profile): string[] {
  const broken: string[] = [];
  const claim = (holds: boolean, what: () => string): void => {
    if (!holds && broken.length < MAX_REPORTED) broken.push(what());
  };
  checkHeader(profile, claim);
  checkFrames(profile, claim);
  checkStacks(profile, claim);
  checkTimeline(profile, claim);
  checkFrameCounts(profile, claim);
  checkGroups(profile, claim);
  return broken;
}

type Claim = (holds: boolean, what: () => string) => void;

function checkHeader(profile: Profile, claim: Claim): void {
  for (const key of ['samples', 'missedSamples', 'gcSamples', 'fileBytes'] as const) {
    claim(isCount(profile[key]), () => `${key} is ${profile[key]}`);
  }
  claim(profile.interval === null || profile.interval > 0, () => `interval is ${profile.interval}`);
  claim(profile.version === null || Number.isFinite(profile.version), () => `version is ${profile.version}`);
}

function checkFrames(profile: Profile, claim: Claim): void {
  const { frames, strings } = profile;
  for (const key of ['name', 'file', 'line', 'kind', 'self', 'total'] as const) {
    claim(
      frames[key].length === frames.length,
      () => `frames.${key} has ${frames[key].length} of ${frames.length} rows`,
    );
  }
  const seen = new Set<string>();
  for (let frame = 0; frame < frames.length; frame++) {
    const name = frames.name[frame]!;
    const file = frames.file[frame]!;
    claim(isIndex(name, strings.length), () => `frames.name[${frame}] is ${name}`);
    claim(isIndex(file, strings.length), () => `frames.file[${frame}] is ${file}`);
    claim(frames.line[frame]! >= 0, () => `frames.line[${frame}] is ${frames.line[frame]}`);
    claim(isIndex(frames.kind[frame]!, Object.keys(FrameKind).length), () => `frames.kind[${frame}] is out of range`);
    const key = `${name},${file},${frames.line[frame]}`;
    claim(!seen.has(key), () => `frame ${frame} repeats name, file and line of another`);
    seen.add(key);
    const self = frames.self[frame]!;
    const total = frames.total[frame]!;
    claim(isCount(self) && isCount(total), () => `frame ${frame} has self ${self}, total ${total}`);
    claim(self <= total, () => `frame ${frame} has self ${self} above total ${total}`);
    claim(total <= profile.samples, () => `frame ${frame} has total ${total} of ${profile.samples} samples`);
  }
}

function checkStacks(profile: Profile, claim: Claim): void {
  const { stacks, frames } = profile;
  for (const key of ['parent', 'frame', 'line', 'subtreeEnd', 'self', 'total'] as const) {
    claim(
      stacks[key].length === stacks.length,
      () => `stacks.${key} has ${stacks[key].length} of ${stacks.length} rows`,
    );
  }
  claim(stacks.length === 0 || profile.detail !== 'aggregate', () => 'an aggregate profile has stacks');
  const sums = new Float64Array(stacks.length);
  let weight = 0;
  for (let node = stacks.length - 1; node >= 0; node--) {
    const parent = stacks.parent[node]!;
    const total = stacks.total[node]!;
    claim(isIndex(stacks.frame[node]!, frames.length), () => `stacks.frame[${node}] is ${stacks.frame[node]}`);
    claim(stacks.line[node]! >= 0, () => `stacks.line[${node}] is ${stacks.line[node]}`);
    claim(
      profile.detail !== 'raw' || stacks.line[node] === 0,
      () => `node ${node} has a line in a profile without lines`,
    );
    claim(isCount(stacks.self[node]!), () => `stacks.self[${node}] is ${stacks.self[node]}`);
    claim(total === stacks.self[node]! + sums[node]!, () => `node ${node}: total is not self plus children`);
    claim(total > 0, () => `node ${node} has no samples`);
    claim(parent >= -1 && parent < node, () => `stacks.parent[${node}] is ${parent}`);
    if (parent >= 0 && parent < node) sums[parent]! += total;
    else weight += total;
  }
  claim(weight <= profile.samples, () => `stacks hold ${weight} of ${profile.samples} samples`);
  checkNesting(stacks, claim);
}

/** The runs of every stack add up to its samples. */
function checkTimeline({ timeline, stacks }: Profile, claim: Claim): void {
  if (timeline === null) return;
  const { stack, count } = timeline;
  claim(stack.length === count.length, () => `timeline.count has ${count.length} of ${stack.length} rows`);
  const self = new Float64Array(stacks.length);
  for (let run = 0; run < stack.length; run++) {
    const node = stack[run]!;
    claim(node === -1 || isIndex(node, stacks.length), () => `timeline.stack[${run}] is ${node}`);
    claim(count[run]! > 0, () => `timeline.count[${run}] is ${count[run]}`);
    if (isIndex(node, stacks.length)) self[node]! += count[run]!;
  }
  for (let node = 0; node < stacks.length; node++) {
    claim(self[node] === stacks.self[node], () => `node ${node}: its runs are not its samples`);
  }
}

/** Each subtree is one range that lies inside its parent's and begins after it. */
function checkNesting(stacks: StackTable, claim: Claim): void {
  const open: number[] = [];
  const siblings = new Set<string>();
  for (let node = 0; node < stacks.length; node++) {
    while (open.length > 0 && stacks.subtreeEnd[open.at(-1)!]! <= node) open.pop();
    const above = open.at(-1) ?? -1;
    claim(
      stacks.parent[node] === above,
      () => `node ${node} lies under ${above}, its parent is ${stacks.parent[node]}`,
    );
    const end = stacks.subtreeEnd[node]!;
    claim(end > node && end <= stacks.length, () => `stacks.subtreeEnd[${node}] is ${end}`);
    claim(above < 0 || end <= stacks.subtreeEnd[above]!, () => `node ${node} ends after its parent`);
    const key = `${above},${stacks.frame[node]},${stacks.line[node]}`;
    claim(!siblings.has(key), () => `node ${node} repeats a sibling`);
    siblings.add(key);
    open.push(node);
  }
}

/** Frame figures follow from the stacks: a frame counts once per sample however often it is on the stack. */
function checkFrameCounts(profile: Profile, claim: Claim): void {
  const { stacks, frames } = profile;
  if (profile.detail === 'aggregate') return;
  const self = new Float64Array(frames.length);
  const total = new Float64Array(frames.length);
  const depth = new Int32Array(frames.length);
  const open: number[] = [];
  for (let node = 0; node < stacks.length; node++) {
    while (open.length > 0 && stacks.subtreeEnd[open.at(-1)!]! <= node) depth[stacks.frame[open.pop()!]!]!--;
    const frame = stacks.frame[node]!;
    self[frame]! += stacks.self[node]!;
    if (depth[frame]!++ === 0) total[frame]! += stacks.total[node]!;
    open.push(node);
  }
  for (let frame = 0; frame < frames.length; frame++) {
    claim(frames.self[frame] === self[frame], () => `frames.self[${frame}] differs from the stacks`);
    claim(frames.total[frame] === total[frame], () => `frames.total[${frame}] differs from the stacks`);
  }
}

function checkGroups(profile: Profile, claim: Claim): void {
  const { frameLines, edges, frames } = profile;
  checkOffsets('frameLines', frameLines.offset, frameLines.line.length, frames.length, claim);
  checkOffsets('edges', edges.offset, edges.callee.length, frames.length, claim);
  claim(profile.detail !== 'raw_lines' || frameLines.line.length === 0, () => 'frameLines beside raw_lines');
  claim(profile.detail === 'aggregate' || edges.callee.length === 0, () => 'edges beside stacks');
  for (let row = 0; row < frameLines.line.length; row++) {
    const total = frameLines.total[row]!;
    const self = frameLines.self[row]!;
    claim(isCount(total) && isCount(self), () => `frameLines row ${row} has total ${total}, self ${self}`);
    claim(frameLines.line[row]! > 0, () => `frameLines.line[${row}] is ${frameLines.line[row]}`);
  }
  for (let row = 0; row < edges.callee.length; row++) {
    claim(isIndex(edges.callee[row]!, frames.length), () => `edges.callee[${row}] is ${edges.callee[row]}`);
    claim(isCount(edges.count[row]!), () => `edges.count[${row}] is ${edges.count[row]}`);
  }
}

function checkOffsets(table: string, offset: Int32Array, rows: number, frames: number, claim: Claim): void {
  claim(offset.length === frames + 1, () => `${table}.offset has ${offset.length} entries for ${frames} frames`);
  claim(offset[0] === 0, () => `${table}.offset begins with ${offset[0]}`);
  claim(offset[frames] === rows, () => `${table}.offset ends with ${offset[frames]} of ${rows} rows`);
  for (let frame = 0; frame < frames; frame++) {
    claim(offset[frame]! <= offset[frame + 1]!, () => `${table}.offset falls at ${frame}`);
  }
}

function isIndex(value: number, length: number): boolean {
  return value >= 0 && value < length;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
