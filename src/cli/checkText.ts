import { checkMessage, limitName, objectsName, subjectName } from '../findings/budget/budgetWording';
import type { Check, Verdict } from '../findings/budget/judgeBudgets';
import { formatCount, formatShare, formatTotal } from '../profile/format';
import type { BudgetReport } from './check';
import { profileHeading, wrapped } from './profileHeading';
import { dimmedTitle } from './reportText';
import { pageWidth, printable, styleOf, type Terminal } from './terminal';
import { type TextColumn, textTable } from './textTable';

const COLUMNS: readonly TextColumn[] = [
  { title: '', align: 'left' },
  { title: 'budget', align: 'left', cut: 'front', least: 24 },
  { title: 'counts', align: 'left' },
  { title: 'baseline', align: 'right' },
  { title: 'objects', align: 'right' },
  { title: 'share', align: 'right' },
  { title: 'limit', align: 'right' },
];

const VERDICTS: Readonly<Record<Verdict, string>> = {
  over: 'over',
  unproved: 'not proved',
  unmatched: 'no match',
  unchecked: 'not checked',
  within: 'within',
};

/** The checks for people: a table of all limits, then a sentence for each that is not kept. */
export function checkText(report: BudgetReport, terminal: Terminal): string {
  const { analysis, baseline, budgetFile, checks, fails, strict } = report;
  const style = styleOf(terminal);
  const width = pageWidth(terminal);
  const counted = Object.entries(VERDICTS).flatMap(([verdict, word]) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? [] : [`${formatCount(count)} ${word}`];
  });
  const against =
    baseline === null ? [] : [`  Baseline: ${printable(baseline.input)} · ${formatTotal(baseline.measure)}`];
  const broken = checks.filter(({ verdict }) => verdict !== 'within');
  const isStrictOnly = fails && !checks.some(({ verdict }) => verdict === 'over');
  return [
    ...profileHeading(analysis, style, width),
    ...against,
    '',
    `${style.bold(`Budgets of ${printable(budgetFile)}`)}${style.dim(` (${counted.join(', ')}; shares are of all objects)`)}`,
    ...dimmedTitle(textTable(COLUMNS, checks.map(cellsOf), width), style),
    ...(broken.length === 0 ? [] : ['']),
    ...broken.flatMap((check) => wrapped(printable(checkMessage(check)), '  ! ', width).map(style.warning)),
    ...(isStrictOnly && strict
      ? ['', 'Nothing is over its limit, but --strict wants every limit checked and proved.']
      : []),
    '',
  ].join('\n');
}

function cellsOf({ budget, limit, verdict, figure, before }: Check): string[] {
  const isTotal = budget.subject.by === 'total';
  return [
    VERDICTS[verdict],
    printable(subjectName(budget.subject)),
    budget.counts === 'own' ? 'own' : '',
    limit.by === 'growth' && before !== null ? objectsName(before) : '',
    figure === null ? '0' : objectsName(figure),
    figure === null || isTotal ? '' : formatShare(figure.share),
    limitName(limit),
  ];
}
