import { dumpName } from '../profile/dumpName';
import type { MergedPart } from '../profile/mergeProfiles';
import { compareFrames, methodTable } from '../profile/methods';
import type { Analysis } from './analyseProfile';
import { type HotLine, rounded } from './hotLines';

/** Version of the JSON the commands print; a field that changes its meaning makes a new one. docs/cli.md describes it. */
export const JSON_SCHEMA = 1;

/** `profile` of the JSON output. */
export function profileJson({ profile, measure, problems, input, parts }: Analysis) {
  const countsObjects = measure.unit === 'objects';
  return {
    input,
    format: profile.format,
    version: profile.version,
    compressed: profile.compressed,
    bytes: profile.fileBytes,
    mode: profile.mode,
    interval: profile.interval,
    samples: profile.samples,
    missedSamples: profile.missedSamples,
    gcSamples: profile.gcSamples,
    objects: countsObjects ? measure.total : null,
    objectsExact: countsObjects && measure.exact,
    unit: measure.unit,
    perSample: measure.perSample,
    detail: profile.detail,
    problems,
    ...(parts.length > 0 ? { processes: parts.map((part) => processJson(part, countsObjects)) } : {}),
  };
}

/** One of the profiles that were added up. */
function processJson({ name, samples, total, interval, detail }: MergedPart, countsObjects: boolean) {
  const { pid, writtenAt } = dumpName(name);
  return { input: name, pid, writtenAt, samples, objects: countsObjects ? Math.round(total) : null, interval, detail };
}

/** `mapping` of the JSON output: how recorded paths became local ones. */
export function mappingJson({ root, sources: { summary } }: Analysis) {
  return {
    root,
    mappedFiles: summary.mappedFiles,
    missingFiles: summary.missingFiles,
    rules: summary.rules.map(({ from, to, origin, files }) => ({ from, to, origin, files })),
    ambiguous: summary.ambiguous.map(({ from, candidates }) => ({ from, candidates })),
  };
}

function lineJson(line: HotLine) {
  const { file, path, line: number, own, through, mostly, callees } = line;
  return {
    file,
    path,
    line: number,
    own,
    through,
    mostly,
    callees,
    certainty: line.ownCertainty,
    throughCertainty: line.throughCertainty,
  };
}

/** The rows of `methods`: StackProf's own figures, heaviest self first, ties by name, file and line. */
export function* methodsJson({ profile, sources }: Analysis, top: number | null) {
  const table = methodTable(profile, 'recorded', sources.origin);
  const { frames, strings } = profile;
  const order = Array.from(table.frame.keys()).sort(
    (a, b) => table.self[b]! - table.self[a]! || compareFrames(profile, table.frame[a]!, table.frame[b]!),
  );
  for (const row of top === null ? order : order.slice(0, top)) {
    const frame = table.frame[row]!;
    yield {
      name: strings[frames.name[frame]!]!,
      file: strings[frames.file[frame]!]!,
      line: frames.line[frame]! > 0 ? frames.line[frame]! : null,
      self: rounded(table.self[row]!),
      total: rounded(table.total[row]!),
    };
  }
}

/** The rows of `lines`. */
export function* linesJson(lines: Iterable<HotLine>) {
  for (const line of lines) yield lineJson(line);
}

/** About this many characters are written at a time. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * A JSON object, a line per row of its tables: readable, and `diff` shows the row that changed. Tables (iterables that are
 * not arrays) are taken row by row.
 */
export function* jsonChunks(value: Readonly<Record<string, unknown>>): Generator<string> {
  let chunk = '{';
  let separator = '\n';
  for (const [key, field] of Object.entries(value)) {
    chunk += `${separator}${JSON.stringify(key)}: `;
    separator = ',\n';
    if (!isTable(field)) {
      chunk += JSON.stringify(field);
      continue;
    }
    chunk += '[';
    let rowSeparator = '\n';
    for (const row of field) {
      chunk += rowSeparator + JSON.stringify(row);
      rowSeparator = ',\n';
      if (chunk.length < CHUNK_LENGTH) continue;
      yield chunk;
      chunk = '';
    }
    chunk += ']';
  }
  yield `${chunk}\n}`;
}

function isTable(field: unknown): field is Iterable<unknown> {
  return typeof field === 'object' && field !== null && Symbol.iterator in field && !Array.isArray(field);
}
