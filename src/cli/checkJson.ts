import type { BudgetLimit, BudgetSubject } from '../findings/budget/budget';
import { checkMessage } from '../findings/budget/budgetWording';
import type { Figure } from '../findings/budget/countSubject';
import type { Check } from '../findings/budget/judgeBudgets';
import { assertNever } from '../profile/assertNever';
import type { BudgetReport } from './check';
import { rounded } from './hotLines';
import { JSON_SCHEMA, jsonChunks, mappingJson, profileJson } from './profileJson';

/** The checks as JSON text, in parts; docs/cli.md describes it. */
export function* checkJson({ analysis, baseline, budgetFile, checks, fails, strict }: BudgetReport): Generator<string> {
  yield* jsonChunks({
    schema: JSON_SCHEMA,
    budget: budgetFile,
    result: fails ? 'fail' : 'pass',
    strict,
    profile: profileJson(analysis),
    baseline: baseline === null ? null : profileJson(baseline),
    mapping: mappingJson(analysis),
    checks: checksJson(checks),
  });
  yield '\n';
}

function* checksJson(checks: readonly Check[]) {
  for (const check of checks) {
    const { budget, limit, verdict, figure, before, mostObjects, errorObjects } = check;
    yield {
      line: budget.line,
      ...subjectJson(budget.subject),
      counts: budget.counts,
      limit: limitJson(limit),
      verdict,
      objects: objectsOf(figure),
      share: figure === null ? 0 : figure.share,
      samples: figure === null ? 0 : rounded(figure.samples),
      provedObjects: figure === null ? 0 : Math.round(figure.proved),
      baselineObjects: limit.by === 'growth' && mostObjects !== null ? objectsOf(before) : null,
      mostObjects: mostObjects === null ? null : Math.round(mostObjects),
      errorObjects: Math.round(errorObjects),
      place: figure?.place ?? null,
      why: budget.why,
      message: checkMessage(check),
    };
  }
}

function objectsOf(figure: Figure | null): number {
  return figure === null ? 0 : Math.round(figure.objects);
}

/** As the budget file says it. */
function subjectJson(subject: BudgetSubject) {
  switch (subject.by) {
    case 'total':
      return { subject: 'total', name: null };
    case 'job':
      return { subject: 'job', name: subject.job };
    case 'method':
      return { subject: 'method', name: subject.method };
    case 'file':
      return { subject: 'file', name: subject.file };
    case 'line':
      return { subject: 'line', name: `${subject.file}:${subject.line}` };
    default:
      return assertNever(subject);
  }
}

function limitJson(limit: BudgetLimit) {
  if (limit.by !== 'growth') return { [limit.by]: limit.most };
  return { growth: limit.in === 'percent' ? `${limit.most} %` : limit.most };
}
