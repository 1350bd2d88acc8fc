import { relative } from 'node:path';
import { findingJson } from './findingJson';
import type { ApplyLevel } from './parseArguments';
import { JSON_SCHEMA, jsonChunks } from './profileJson';
import type { FileSuggestions } from './suggest';

/**
 * The suggestions as JSON text in parts; `changes` only where something was asked to be changed. `folder`: what the paths of
 * files that nobody named are relative to.
 */
export function* suggestJson(
  all: readonly FileSuggestions[],
  apply: ApplyLevel | null,
  folder: string,
): Generator<string> {
  yield* jsonChunks({
    schema: JSON_SCHEMA,
    findings: findingsJson(all, folder),
    problems: all.flatMap(({ problems }) => problems),
    ...(apply === null ? {} : { changes: changesJson(all) }),
  });
  yield '\n';
}

function* findingsJson(all: readonly FileSuggestions[], folder: string) {
  const inputs = new Map(all.map(({ path, input }) => [path, input]));
  const nameOf = (path: string): string => inputs.get(path) ?? relative(folder, path);
  for (const { findings, input } of all) for (const finding of findings) yield findingJson(finding, input, nameOf);
}

function* changesJson(all: readonly FileSuggestions[]) {
  for (const { input, applied, written } of all) {
    if (applied === null || !written) continue;
    yield {
      path: input,
      fixes: applied.made.map(({ finding, fix, from }) => ({
        id: finding.id,
        ...(from === undefined ? {} : { file: from }),
        line: finding.range.start.line + 1,
        safety: finding.safety,
        title: fix.title,
      })),
    };
  }
}
