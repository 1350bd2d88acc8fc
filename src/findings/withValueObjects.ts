import type { Program } from '../ruby/flow/program';
import { valueObjectOf } from '../ruby/flow/valueObject';
import type { MatchContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import { modelNewPerRow } from '../ruby/patterns/modelNewPerRow';
import type { Finding } from './judge';

/** Whether a finding of one file may become another by what the other files of its application say. */
export function asksOtherFiles({ id }: Finding): boolean {
  return id === modelNewPerRow.id;
}

/**
 * Looks at the records of `model-new-per-row` in the whole application: a rewrite over several files where everything that is
 * done with them could be followed, else why not, with the places. What is no record by its own file is no finding.
 */
export function withValueObjects(
  findings: readonly Finding[],
  program: Program,
  context: MatchContext,
  parser: RubyParser,
): Finding[] {
  return findings.flatMap((finding) => {
    if (!asksOtherFiles(finding)) return [finding];
    const found = valueObjectOf(finding.file, finding.range, program, context, parser);
    if (found.kind === 'plain') return [];
    if (found.kind === 'unknown') return [finding];
    const [fix = null, ...alternatives] = found.fixes;
    return [
      {
        ...finding,
        safety: fix === null ? 'advice' : 'review',
        explanation: `${finding.explanation} ${found.note}`,
        fix,
        alternatives,
        related: found.related.length > 0 ? found.related : finding.related,
      },
    ];
  });
}
