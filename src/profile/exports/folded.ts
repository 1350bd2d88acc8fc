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
 * Folded stacks (https://github.com/brendangregg/FlameGraph): a line per stack, root first, then its own weight, which all readers
 * want whole. The weights add up to the whole profile.
 *
 *   SyncJob#perform;Array#map;Class#new 1999
 *   SyncJob#perform - app/jobs/sync_job.rb:6;... 1999      with the lines of the tree
 */
export function* foldedStacks(input: ExportInput): Generator<string> {
  const { tree } = input;
  const nameOf = frameNames(input);
  const prefixes: string[] = [];
  let chunk = '';
  let samples = 0;
  let written = 0;
  const weighed = (self: number): number => {
    samples += self;
    const weight = weightAt(input, samples) - written;
    written += weight;
    return weight;
  };
  for (let node = 0; node < tree.length; node++) {
    const depth = tree.depth[node]!;
    const name = nameOf(tree.frame[node]!, tree.line[node]!);
    const stack = depth === 0 ? name : `${prefixes[depth - 1]};${name}`;
    prefixes[depth] = stack;
    const weight = tree.self[node]! > 0 ? weighed(tree.self[node]!) : 0;
    if (weight > 0) chunk += `${stack} ${weight}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  const rest = weighed(samplesWithoutStack(input));
  yield rest > 0 ? `${chunk}${NO_STACK} ${rest}\n` : chunk;
}

/** What a box is called; `;` parts frames, so names have `:` in its place, as FlameGraph's own collapsers do. */
function frameNames({ profile }: ExportInput): (frame: number, line: number) => string {
  const known = new Map<number, string>();
  return (frame, line) => {
    let name = known.get(frame);
    if (name === undefined) {
      name = exportedName(profile, frame).replaceAll(';', ':');
      known.set(frame, name);
    }
    return line > 0 ? `${name} - ${exportedFile(profile, frame).replaceAll(';', ':')}:${line}` : name;
  };
}
