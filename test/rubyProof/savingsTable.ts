import type { DetectorCase } from '../support/detectorCase';

/** One case, run: what was estimated from its profile, and what its rewrite saved. */
export interface MeasuredSaving {
  readonly one: DetectorCase;
  /** Objects that the findings are estimated to save, in the profile; null where nothing is said. */
  readonly saved: number | null;
  /** Objects of one run on this Ruby. */
  readonly before: number;
  readonly after: number;
}

/**
 * Estimates next to measurements, as Markdown: shares of all objects of a case. The recorded profile and `recorded` are of the
 * same Ruby; `here` is of the one that runs the tests. The largest difference to `recorded` comes first.
 */
export function savingsTable(savings: readonly MeasuredSaving[], ruby: string): string {
  const rows = savings.map(({ one, saved, before, after }) => {
    const recorded = one.measured.get((one.ruby ?? '').split('.').slice(0, 2).join('.'));
    const total = one.evidence?.samples ?? 0;
    const estimated = saved === null || total === 0 ? null : saved / total;
    const measured = recorded?.after == null ? null : 1 - recorded.after / recorded.before;
    return { one, estimated, measured, here: 1 - after / before };
  });
  const off = ({ estimated, measured }: (typeof rows)[number]): number =>
    estimated === null || measured === null ? -1 : Math.abs(estimated - measured);
  const lines = rows
    .sort((a, b) => off(b) - off(a))
    .map(({ one, estimated, measured, here }) =>
      [one.detector, one.name, one.gain ?? '', percent(estimated), percent(measured), percent(here)].join(' | '),
    );
  const heads = ['pattern', 'case', 'gain', 'estimated', 'recorded', `here (Ruby ${ruby})`];
  return [heads.join(' | '), heads.map(() => '---').join(' | '), ...lines].map((line) => `| ${line} |\n`).join('');
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}
