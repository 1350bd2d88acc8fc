import { checkMessage, limitName, subjectName } from '../findings/budget/budgetWording';
import type { Check, Verdict } from '../findings/budget/judgeBudgets';
import type { BudgetReport } from './check';
import { placeIn } from './placeIn';
import { artifactOf, sarifText } from './sarifText';

type Broken = Exclude<Verdict, 'within'>;

const RULES: Readonly<
  Record<Broken, { readonly id: string; readonly level: 'error' | 'warning' | 'note'; readonly text: string }>
> = {
  over: {
    id: 'over-budget',
    level: 'error',
    text: 'More objects are allocated than the budget allows.',
  },
  unproved: {
    id: 'over-budget-unproved',
    level: 'warning',
    text: 'The figure is over the budget, but the recording is too small or too coarse to prove it.',
  },
  unmatched: {
    id: 'budget-unmatched',
    level: 'warning',
    text: 'The profile has nothing of the name that a budget is about, so it was not checked.',
  },
  unchecked: {
    id: 'budget-unchecked',
    level: 'note',
    text: 'A budget limits growth, and there was no baseline to measure it from.',
  },
};
const IDS = Object.values(RULES).map(({ id }) => id);

/** The limits that are not kept as SARIF: at the place in the code that allocates most of it, else at the budget. */
export function checkSarif({ analysis, budgetPath, checks, fails, strict }: BudgetReport): string {
  const { root } = analysis;
  const budgetArtifact = artifactOf({ inRoot: placeIn(root, budgetPath), path: budgetPath });
  return sarifText(root, {
    rules: Object.values(RULES).map(({ id, level, text }) => ({
      id,
      shortDescription: { text },
      help: { text: `${text} See docs/ci.md of Allocation Hotspots.` },
      defaultConfiguration: { level },
      properties: { tags: ['performance'] },
    })),
    successful: true,
    notifications: analysis.problems.map(({ code, message }) => ({
      descriptor: { id: code },
      level: 'warning',
      message: { text: message },
    })),
    results: checks.flatMap((check) => {
      const { verdict } = check;
      return verdict === 'within' ? [] : [resultOf(check, verdict, strict && fails, root, budgetArtifact)];
    }),
  });
}

function resultOf(check: Check, verdict: Broken, isStrict: boolean, root: string, budgetArtifact: object) {
  const { budget, limit, figure, mostObjects, errorObjects } = check;
  const { id, level } = RULES[verdict];
  const inBudget = { physicalLocation: { artifactLocation: budgetArtifact, region: { startLine: budget.line } } };
  const place = figure?.place ?? null;
  const inCode =
    place === null
      ? null
      : {
          physicalLocation: {
            artifactLocation: artifactOf({ inRoot: place.path, path: root }),
            region: { startLine: place.line },
          },
        };
  return {
    ruleId: id,
    ruleIndex: IDS.indexOf(id),
    level: isStrict ? 'error' : level,
    message: { text: checkMessage(check) },
    locations: [inCode ?? inBudget],
    ...(inCode === null ? {} : { relatedLocations: [{ id: 1, ...inBudget, message: { text: 'The budget.' } }] }),
    partialFingerprints: { 'budget/v1': `${subjectName(budget.subject)} ${budget.counts} ${limit.by}` },
    properties: {
      limit: limitName(limit),
      objects: figure === null ? 0 : Math.round(figure.objects),
      share: figure?.share ?? 0,
      ...(mostObjects === null ? {} : { mostObjects: Math.round(mostObjects) }),
      errorObjects: Math.round(errorObjects),
      ...(budget.why === null ? {} : { why: budget.why }),
    },
  };
}
