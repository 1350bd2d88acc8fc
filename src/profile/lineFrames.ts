import { type LineIndex, type LineRow, rowsOfFile } from './lineIndex';
import { isLineOfFile } from './lineRows';
import type { FrameIndex, Profile, StringIndex } from './profile';

/** The method that each of the given lines is in: of several frames with the line the one with most samples there; -1: none. */
export function lineFrames(profile: Profile, index: LineIndex, rows: readonly LineRow[]): FrameIndex[] {
  const wanted = new WantedLines(profile, index, rows);
  if (profile.detail === 'raw_lines') {
    const { stacks } = profile;
    for (let node = 0; node < stacks.length; node++) {
      wanted.offer(stacks.frame[node]!, stacks.line[node]!, stacks.total[node]!);
    }
  } else {
    const { frameLines, frames } = profile;
    for (let frame = 0; frame < frames.length; frame++) {
      for (let row = frameLines.offset[frame]!; row < frameLines.offset[frame + 1]!; row++) {
        wanted.offer(frame, frameLines.line[row]!, frameLines.total[row]!);
      }
    }
  }
  return rows.map((row) => wanted.frameOf(row));
}

/**
 * The line of each method of `files` that most samples go through: what "show this method" shows, since a definition's
 * own line is on no stack. Methods without sampled lines are left out.
 */
export function heaviestLines(
  profile: Profile,
  index: LineIndex,
  files: readonly StringIndex[],
): Map<FrameIndex, number> {
  const rows = files.flatMap((file) => {
    const { from, to } = rowsOfFile(index, file);
    return Array.from({ length: to - from }, (_, at) => from + at);
  });
  const most = new Map<FrameIndex, LineRow>();
  lineFrames(profile, index, rows).forEach((frame, at) => {
    const row = rows[at]!;
    const known = most.get(frame);
    if (frame >= 0 && (known === undefined || index.through[row]! > index.through[known]!)) most.set(frame, row);
  });
  return new Map([...most].map(([frame, row]) => [frame, index.line[row]!]));
}

/** Sums samples per (wanted line, frame); files without a wanted line cost one look each. */
class WantedLines {
  private readonly rowOfLine = new Map<number, Map<number, LineRow>>();
  private readonly isWanted: Uint8Array;
  private readonly sums = new Map<LineRow, Map<FrameIndex, number>>();

  constructor(
    private readonly profile: Profile,
    index: LineIndex,
    rows: readonly LineRow[],
  ) {
    this.isWanted = new Uint8Array(profile.strings.length);
    for (const row of rows) {
      const file = index.file[row]!;
      this.isWanted[file] = 1;
      const lines = this.rowOfLine.get(file) ?? new Map<number, LineRow>();
      lines.set(index.line[row]!, row);
      this.rowOfLine.set(file, lines);
    }
  }

  offer(frame: FrameIndex, line: number, samples: number): void {
    const file = this.profile.frames.file[frame]!;
    if (this.isWanted[file] === 0 || !isLineOfFile(this.profile, frame, line)) return;
    const row = this.rowOfLine.get(file)?.get(line);
    if (row === undefined) return;
    const frames = this.sums.get(row) ?? new Map<FrameIndex, number>();
    frames.set(frame, (frames.get(frame) ?? 0) + samples);
    this.sums.set(row, frames);
  }

  frameOf(row: LineRow): FrameIndex {
    let heaviest = -1;
    let most = -1;
    for (const [frame, samples] of this.sums.get(row) ?? []) {
      if (samples <= most) continue;
      heaviest = frame;
      most = samples;
    }
    return heaviest;
  }
}
