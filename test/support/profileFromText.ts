import { type NewFrame, ProfileBuilder } from '../../src/profile/builder';
import { Origin } from '../../src/profile/origin';
import type { Detail, FrameIndex, Profile, ProfileMode } from '../../src/profile/profile';

export interface ProfileText {
  /** How much of the stacks the "file" keeps. What it drops it sums up as StackProf does, with StackProf's inflation. */
  readonly detail?: Detail;
  readonly mode?: ProfileMode;
  readonly interval?: number | null;
  /** Defaults to the samples of the stacks. */
  readonly samples?: number;
  readonly missedSamples?: number;
  readonly version?: number;
  /** False: like `aggregate: false`, no line sums and no edges. */
  readonly sums?: boolean;
  /** True: the rows are in the order of recording, with times. */
  readonly timeline?: boolean;
}

/**
 * A profile from stacks written as text, root first, samples last; frames are `name@file:line`, the current line, or
 * `name@file#definition:line`. `<cfunc>` frames have no line. Blank lines and indentation do not matter.
 *
 *   profileFromText(`
 *     SyncJob#perform@app/jobs/sync_job.rb#5:6 > Array#map@<cfunc> > Money#initialize@app/models/money.rb:3   5
 *     SyncJob#perform@app/jobs/sync_job.rb#5:8                                                                2
 *   `)
 */
export function profileFromText(text: string, options: ProfileText = {}): Profile {
  const { detail = 'raw_lines' } = options;
  const builder = new ProfileBuilder();
  builder.mode = options.mode ?? 'object';
  builder.interval = options.interval === undefined ? 1 : options.interval;
  builder.missedSamples = options.missedSamples ?? 0;
  builder.version = options.version ?? 1.2;
  builder.detail = detail;
  const stacks = parseStacks(text, builder);
  builder.samples = options.samples ?? stacks.reduce((sum, stack) => sum + stack.count, 0);
  const runs: number[] = [];
  for (const { frames, lines, count } of stacks) {
    if (detail !== 'aggregate') runs.push(builder.addStack(frames, detail === 'raw' ? null : lines, count));
  }
  if (options.timeline === true) {
    const count = Int32Array.from(stacks, (stack) => stack.count);
    builder.useTimeline({ stack: Int32Array.from(runs), count, timed: true });
  }
  if (detail !== 'raw_lines') addSums(builder, stacks, detail, options.sums ?? true);
  return builder.finish();
}

/** `Mine` for files below `app/` and `lib/`, `Core` for C and internal code, `Gem` for the rest. Per StringIndex. */
export function originByFolder(profile: Profile): Uint8Array {
  return Uint8Array.from(profile.strings, (text) => {
    if (/^(app|lib)\//.test(text)) return Origin.Mine;
    return text.startsWith('<') ? Origin.Core : Origin.Gem;
  });
}

/** The row of the frame with this name; it must be there. */
export function frameNamed({ frames, strings }: Profile, name: string): FrameIndex {
  const frame = frames.name.findIndex((index) => strings[index] === name);
  if (frame < 0) throw new Error(`No frame ${name}`);
  return frame;
}

interface Stack {
  readonly specs: NewFrame[];
  readonly frames: FrameIndex[];
  readonly lines: number[];
  readonly count: number;
}

function parseStacks(text: string, builder: ProfileBuilder): Stack[] {
  const stacks: Stack[] = [];
  for (const row of text.split('\n')) {
    if (row.trim() === '') continue;
    const match = /^(.*?)\s+(\d+)$/.exec(row.trim());
    if (match === null) throw new Error(`Not a stack with a count: ${row}`);
    const specs: NewFrame[] = [];
    const lines: number[] = [];
    for (const part of match[1]!.split(/\s+>\s+/)) {
      const frame = /^(.+)@(.*?)(?:#(\d+))?(?::(\d+))?$/.exec(part);
      if (frame === null) throw new Error(`Not a frame: ${part}`);
      specs.push({ name: frame[1]!, file: frame[2]!, line: Number(frame[3] ?? 0) });
      lines.push(Number(frame[4] ?? 0));
    }
    const frames = specs.map((spec) => builder.addFrame(spec));
    stacks.push({ specs, frames, lines, count: Number(match[2]) });
  }
  return stacks;
}

/** https://github.com/tmm1/stackprof/blob/master/ext/stackprof/stackprof.c, `stackprof_record_sample_for_stack` */
function addSums(builder: ProfileBuilder, stacks: readonly Stack[], detail: Detail, sums: boolean): void {
  for (const { specs, frames, lines, count } of stacks) {
    const leaf = frames.length - 1;
    for (let depth = 0; depth <= leaf; depth++) {
      const frame = frames[depth]!;
      // Figures of a frame that is there already are added to it: `total` once per sample, `self` at the leaf.
      const total = frames.indexOf(frame) === depth ? count : 0;
      if (detail === 'aggregate') builder.addFrame({ ...specs[depth]!, total, self: depth === leaf ? count : 0 });
      if (!sums) continue;
      if (lines[depth]! > 0) builder.addFrameLine(frame, lines[depth]!, count, depth === leaf ? count : 0);
      if (depth < leaf && detail === 'aggregate') builder.addEdge(frame, frames[depth + 1]!, count);
    }
  }
}
