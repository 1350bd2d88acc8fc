import type { Recorded } from './exampleWorker';

/** A quick fix that was made, with what the editor promised of it then. */
export interface MadeFix {
  readonly id: string;
  readonly file: string;
  /** 1-based, as the file was then. */
  readonly line: number;
  readonly safety: string;
  readonly fixTitle: string;
  /** Objects; 0 where it promised none. */
  readonly promised: number;
}

export interface LoopReport {
  /** Objects that all fixes together promised to save. */
  readonly promised: number;
  /** Objects that the second recording has less than the first. */
  readonly measured: number;
  /** Both as Markdown, fix by fix and file by file. */
  readonly text: string;
}

export function loopReport(before: Recorded, after: Recorded, made: readonly MadeFix[]): LoopReport {
  const promised = made.reduce((sum, fix) => sum + fix.promised, 0);
  const measured = before.objects - after.objects;
  const apart = (100 * (promised - measured)) / measured;
  const text = [
    `${count(before.objects)} objects before, ${count(after.objects)} after: ${count(measured)} fewer (${(
      (100 * measured) / before.objects
    ).toFixed(1)} %). Promised: ≈${count(promised)} (${apart < 0 ? '' : '+'}${apart.toFixed(1)} %).`,
    '',
    '| fix | place | class | promised |',
    '| --- | --- | --- | ---: |',
    ...made.map(
      ({ id, fixTitle, file, line, safety, promised: objects }) =>
        `| \`${id}\`: ${fixTitle} | \`${file}:${line}\` | ${safety} | ${objects === 0 ? '' : `≈${count(objects)}`} |`,
    ),
    '',
    '| file | before | after | difference |',
    '| --- | ---: | ---: | ---: |',
    ...changes(perFile(before.lines), perFile(after.lines)),
    '',
  ];
  return { promised, measured, text: text.join('\n') };
}

/** Lines move when they are fixed, so files are compared. */
function perFile(lines: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [place, objects] of lines) {
    const file = place.slice(0, place.lastIndexOf(':'));
    sums.set(file, (sums.get(file) ?? 0) + objects);
  }
  return sums;
}

/** Files whose own objects changed by more than sampling does, largest saving first. */
function changes(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...before]
    .map(([file, objects]) => ({ file, objects, now: after.get(file) ?? 0 }))
    .filter(({ objects, now }) => Math.abs(objects - now) >= 1000)
    .sort((a, b) => b.objects - b.now - (a.objects - a.now))
    .map(({ file, objects, now }) => `| \`${file}\` | ≈${count(objects)} | ≈${count(now)} | ${count(now - objects)} |`);
}

function count(objects: number): string {
  return Math.round(objects).toLocaleString('en-US');
}
