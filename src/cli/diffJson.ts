import type { Change } from '../profile/comparison';
import type { Analysis } from './analyseProfile';
import type { DiffAnalysis } from './diff';
import { type NamedMethod, type NamedRow, namedLines, namedMethods } from './diffRows';
import { rounded } from './hotLines';
import { JSON_SCHEMA, jsonChunks } from './profileJson';

/** The comparison as JSON text, in parts; every row unless `--top` is given. */
export function diffJson(analysis: DiffAnalysis): Generator<string> {
  const { before, after, comparison, command } = analysis;
  const top = command.top ?? Number.POSITIVE_INFINITY;
  return ended(
    jsonChunks({
      schema: JSON_SCHEMA,
      before: sideJson(before),
      after: sideJson(after),
      unit: comparison.unit,
      scaling: command.scaling,
      lens: command.lens,
      total: changeJson(comparison.total),
      methods: mapped(namedMethods(analysis, comparison.methods.slice(0, top)), methodJson),
      lines: mapped(namedLines(analysis, comparison.lines.slice(0, top)), rowJson),
    }),
  );
}

function sideJson({ input, profile, measure, problems }: Analysis) {
  const { mode, interval, samples, detail } = profile;
  const objects = measure.unit === 'objects' ? measure.total : null;
  return { input, objects, objectsExact: objects !== null && measure.exact, mode, interval, samples, detail, problems };
}

function methodJson(row: NamedMethod) {
  return { name: row.name, ...rowJson(row), self: changeJson(row.self) };
}

function rowJson({ file, path, line, lineBefore, through, own, fate }: NamedRow) {
  const lines = { line: line ?? lineBefore, lineBefore, lineAfter: line };
  return { file, path, ...lines, ...changeJson(through), own: changeJson(own), fate };
}

function changeJson({ before, after }: Change) {
  const [old, now] = [rounded(before), rounded(after)];
  return { before: old, after: now, delta: rounded(now - old) };
}

function* mapped<From, To>(rows: Iterable<From>, map: (row: From) => To): Generator<To> {
  for (const row of rows) yield map(row);
}

function* ended(chunks: Iterable<string>): Generator<string> {
  yield* chunks;
  yield '\n';
}
