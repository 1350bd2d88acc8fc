import type { FrameFacts } from '../refinement';
import { type ExportInput, exportedFile, exportedName, NO_STACK, samplesWithoutStack, weightAt } from './exportInput';
import { ProtoWriter } from './protoWriter';

const CHUNK_BYTES = 64 * 1024;
const WITH_LINES = 1;

/**
 * A pprof profile (https://github.com/google/pprof/blob/main/proto/profile.proto), not yet compressed. Two figures per stack: objects
 * (microseconds) and samples. A mapping per package, so that pprof can tell gems apart.
 */
export function* pprofFile(input: ExportInput, packages: FrameFacts['package']): Generator<Uint8Array> {
  const { profile, tree, measure } = input;
  const strings = new Strings();
  const out = new ProtoWriter();
  const weighted = measure.unit !== 'samples';
  const [type, unit] = measure.unit === 'objects' ? ['alloc_objects', 'count'] : [profile.mode, 'microseconds'];
  const valueType = (field: number, typeName: string, unitName: string): void =>
    out.message(field, (message) => {
      message.number(1, strings.indexOf(typeName));
      message.number(2, strings.indexOf(unitName));
    });
  if (weighted) valueType(1, type, unit);
  valueType(1, 'samples', 'count');
  const locations = new Locations(input, packages, strings, out);
  const stack: number[] = [];
  let samples = 0;
  let written = 0;
  const sample = (path: readonly number[], self: number): void => {
    samples += self;
    const weight = weightAt(input, samples) - written;
    written += weight;
    out.message(2, (message) => {
      message.numbers(1, path);
      message.numbers(2, weighted ? [weight, Math.round(self)] : [Math.round(self)]);
    });
  };
  for (let node = 0; node < tree.length; node++) {
    const depth = tree.depth[node]!;
    stack.length = depth;
    stack.push(locations.idOf(tree.frame[node]!, tree.line[node]!));
    if (tree.self[node]! > 0) sample([...stack].reverse(), tree.self[node]!);
    if (out.length >= CHUNK_BYTES) yield out.take();
  }
  const rest = samplesWithoutStack(input);
  if (rest > 0) sample([locations.noStack()], rest);
  valueType(11, weighted ? type : 'samples', weighted ? unit : 'count');
  out.number(12, Math.round(measure.perSample));
  if (weighted) out.number(14, strings.indexOf(type));
  out.numbers(13, [strings.indexOf(`${input.name}: written by Allocation Hotspots`)]);
  yield out.take();
  yield strings.message();
}

/** The table of strings; the first is the empty one. */
class Strings {
  private readonly known = new Map([['', 0]]);

  indexOf(text: string): number {
    let index = this.known.get(text);
    if (index === undefined) {
      index = this.known.size;
      this.known.set(text, index);
    }
    return index;
  }

  message(): Uint8Array {
    const encoder = new TextEncoder();
    const out = new ProtoWriter();
    for (const text of this.known.keys()) out.bytesOf(6, encoder.encode(text));
    return out.take();
  }
}

/** Locations (a method at a line), functions and mappings, written when they are needed first. */
class Locations {
  private readonly ids = new Map<string, number>();
  private readonly functions = new Map<number, number>();
  private readonly mappings = new Map<string, number>();
  private noStackId = 0;

  constructor(
    private readonly input: ExportInput,
    private readonly packages: FrameFacts['package'],
    private readonly strings: Strings,
    private readonly out: ProtoWriter,
  ) {}

  idOf(frame: number, line: number): number {
    const key = `${frame}:${line}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const { frames } = this.input.profile;
    return this.add(
      key,
      this.functionOf(frame),
      line > 0 ? line : frames.line[frame]!,
      this.mappingOf(frames.file[frame]!),
    );
  }

  noStack(): number {
    if (this.noStackId > 0) return this.noStackId;
    const id = this.functions.size + 1;
    this.functions.set(-1, id);
    this.out.message(5, (message) => {
      message.number(1, id);
      message.number(2, this.strings.indexOf(NO_STACK));
    });
    this.noStackId = this.add(NO_STACK, id, 0, 0);
    return this.noStackId;
  }

  private add(key: string, functionId: number, line: number, mapping: number): number {
    const id = this.ids.size + 1;
    this.ids.set(key, id);
    this.out.message(4, (message) => {
      message.number(1, id);
      message.number(2, mapping);
      message.message(4, (at) => {
        at.number(1, functionId);
        at.number(2, line);
      });
    });
    return id;
  }

  private functionOf(frame: number): number {
    const known = this.functions.get(frame);
    if (known !== undefined) return known;
    const { profile } = this.input;
    const id = this.functions.size + 1;
    this.functions.set(frame, id);
    const name = this.strings.indexOf(exportedName(profile, frame));
    this.out.message(5, (message) => {
      message.number(1, id);
      message.number(2, name);
      message.number(3, name);
      message.number(4, this.strings.indexOf(exportedFile(profile, frame)));
      message.number(5, profile.frames.line[frame]!);
    });
    return id;
  }

  private mappingOf(file: number): number {
    const name = this.packages[file] ?? '';
    if (name === '') return 0;
    const known = this.mappings.get(name);
    if (known !== undefined) return known;
    const id = this.mappings.size + 1;
    this.mappings.set(name, id);
    this.out.message(3, (message) => {
      message.number(1, id);
      message.number(5, this.strings.indexOf(name));
      for (const has of [7, 8, 9]) message.number(has, WITH_LINES);
    });
    return id;
  }
}
