import { findingJson } from './findingJson';
import type { ApplyLevel } from './parseArguments';
import { JSON_SCHEMA, jsonChunks } from './profileJson';
import type { FileSuggestions } from './suggest';

/** The suggestions as JSON text in parts; `changes` only where something was asked to be changed. */
export function* suggestJson(all: readonly FileSuggestions[], apply: ApplyLevel | null): Generator<string> {
  yield* jsonChunks({
    schema: JSON_SCHEMA,
    findings: findingsJson(all),
    problems: all.flatMap(({ problems }) => problems),
    ...(apply === null ? {} : { changes: changesJson(all) }),
  });
  yield '\n';
}

function* findingsJson(all: readonly FileSuggestions[]) {
  for (const { findings, input } of all) for (const finding of findings) yield findingJson(finding, input);
}

function* changesJson(all: readonly FileSuggestions[]) {
  for (const { input, applied, written } of all) {
    if (applied === null || !written) continue;
    yield {
      path: input,
      fixes: applied.made.map(({ finding, fix }) => ({
        id: finding.id,
        line: finding.range.start.line + 1,
        safety: finding.safety,
        title: fix.title,
      })),
    };
  }
}
