import type { FindingRow } from './requests';

export const findingGroupings = ['pattern', 'file'] as const;
export type FindingGrouping = (typeof findingGroupings)[number];
/** All, or those of one class of safety. */
export const findingFilters = ['all', 'safe', 'review', 'advice'] as const;
export type FindingFilter = (typeof findingFilters)[number];

export interface FindingGroup {
  /** The pattern's id or the file's place. */
  readonly label: string;
  /** What the pattern is, or how many findings there are. */
  readonly description: string;
  readonly lines: readonly FindingRow[];
}

/** Groups in the order of their first finding, findings in theirs: what saves most stays on top. */
export function groupFindings(
  findings: readonly FindingRow[],
  grouping: FindingGrouping,
  filter: FindingFilter,
): readonly FindingGroup[] {
  const groups = new Map<string, FindingRow[]>();
  for (const finding of findings) {
    if (filter !== 'all' && finding.safety !== filter) continue;
    const key = grouping === 'pattern' ? finding.id : finding.uri;
    const lines = groups.get(key);
    if (lines === undefined) groups.set(key, [finding]);
    else lines.push(finding);
  }
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const count = `${lines.length} ${lines.length === 1 ? 'finding' : 'findings'}`;
    return grouping === 'pattern'
      ? [{ label: first.id, description: first.title, lines }]
      : [{ label: first.place, description: count, lines }];
  });
}
