import type { CallTree } from '../callTree';
import type { Measure } from '../measure';
import {
  CHUNK_LENGTH,
  type ExportInput,
  exportedFile,
  exportedName,
  NO_STACK,
  samplesWithoutStack,
  weightAt,
} from './exportInput';

/**
 * A file for speedscope (https://www.speedscope.app/file-format-schema.json). The call tree is written as frames that open and close, so
 * the file grows with the number of boxes; as a list of samples it would grow with that times their depth.
 */
export function* speedscopeFile(input: ExportInput): Generator<string> {
  const { tree, measure, name } = input;
  const frames = new FrameTable(input);
  const end = weightAt(input, tree.totalSamples + samplesWithoutStack(input));
  const head = {
    type: 'evented',
    name: `${name}: ${titleOf(measure)}`,
    unit: measure.unit === 'microseconds' ? 'microseconds' : 'none',
    startValue: 0,
    endValue: end,
  };
  let chunk = `{"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"allocation-hotspots","name":${JSON.stringify(name)},"activeProfileIndex":0,\n"profiles":[${JSON.stringify(head).slice(0, -1)},"events":[`;
  let separator = '\n';
  for (const [kind, frame, at] of events(input, frames)) {
    chunk += `${separator}{"type":"${kind}","frame":${frame},"at":${at}}`;
    separator = ',\n';
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}\n]}],\n"shared":{"frames":[`;
  yield* frames.json();
  yield ']}}\n';
}

type Event = readonly [kind: 'O' | 'C', frame: number, at: number];

function* events(input: ExportInput, frames: FrameTable): Generator<Event> {
  const { tree } = input;
  const open: number[] = [];
  for (let node = 0; node < tree.length; node++) {
    while (open.length > tree.depth[node]!) yield closing(input, tree, open.pop()!, frames);
    yield ['O', frames.rowOf(tree.frame[node]!, tree.line[node]!), weightAt(input, tree.start[node]!)];
    open.push(node);
  }
  while (open.length > 0) yield closing(input, tree, open.pop()!, frames);
  const rest = samplesWithoutStack(input);
  if (rest === 0) return;
  yield ['O', frames.noStack(), weightAt(input, tree.totalSamples)];
  yield ['C', frames.noStack(), weightAt(input, tree.totalSamples + rest)];
}

function closing(input: ExportInput, tree: CallTree, node: number, frames: FrameTable): Event {
  const at = weightAt(input, tree.start[node]! + tree.total[node]!);
  return ['C', frames.rowOf(tree.frame[node]!, tree.line[node]!), at];
}

function titleOf({ unit, exact, perSample }: Measure): string {
  if (unit === 'samples') return 'samples';
  const what = unit === 'objects' ? 'objects allocated' : 'time';
  return exact && perSample === 1 ? what : `${what}, estimated from samples`;
}

/** Rows of `shared.frames`: one per method, or per method and line. */
class FrameTable {
  private readonly rows = new Map<string, number>();
  private readonly frames: { readonly name: string; readonly file?: string; readonly line?: number }[] = [];
  private noStackRow = -1;

  constructor(private readonly input: ExportInput) {}

  rowOf(frame: number, line: number): number {
    const key = `${frame}:${line}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      const { profile } = this.input;
      const file = exportedFile(profile, frame);
      const at = line > 0 ? line : profile.frames.line[frame]!;
      const name = exportedName(profile, frame);
      row = this.frames.push({ name, ...(file === '' ? {} : { file }), ...(at > 0 ? { line: at } : {}) }) - 1;
      this.rows.set(key, row);
    }
    return row;
  }

  noStack(): number {
    if (this.noStackRow < 0) this.noStackRow = this.frames.push({ name: NO_STACK }) - 1;
    return this.noStackRow;
  }

  *json(): Generator<string> {
    let separator = '\n';
    for (const frame of this.frames) {
      yield separator + JSON.stringify(frame);
      separator = ',\n';
    }
  }
}
