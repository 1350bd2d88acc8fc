import type { Editor } from '../e2e/support/editor';

/** A row of the Findings view, as a person reads it. */
export interface FindingRow {
  /** What a screen reader says of it. */
  readonly label: string;
  readonly id: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Objects that it says the rewrite saves; 0 where it promises none. */
  readonly saves: number;
  readonly safety: string;
}

/** The rows of the Findings view that are on the screen. */
export async function findingRows(editor: Editor): Promise<FindingRow[]> {
  const rows = editor.page.locator('.sidebar .monaco-list-row');
  const labels = await rows.evaluateAll((elements) =>
    elements.map(
      (element) =>
        element.getAttribute('aria-label') ?? element.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '',
    ),
  );
  return labels.flatMap((label) => parseRow(label) ?? []);
}

/** `keys-each, digest.rb:10, 2.2 % · saves ≈9.9 k objects · review`. */
function parseRow(label: string): FindingRow | null {
  const [, id, file, line, rest] = /^([a-z0-9-]+), ([^,:]+):(\d+), (.*)$/.exec(label.replace(/\u00a0/g, ' ')) ?? [];
  const safety = /· (safe|review|advice)$/.exec(rest ?? '')?.[1];
  if (id === undefined || file === undefined || rest === undefined || safety === undefined) return null;
  return { label, id, file, line: Number(line), saves: savingIn(rest), safety };
}

const thousands = { k: 1_000, M: 1_000_000 } as const;

function savingIn(text: string): number {
  const [, figure, unit] = /saves ≈?([\d.,]+) ?([kM])? ?objects?/.exec(text) ?? [];
  if (figure === undefined) return 0;
  return Number(figure.replace(/,/g, '')) * (unit === 'k' || unit === 'M' ? thousands[unit] : 1);
}

/** Objects that all rows promise together: what one edit takes off the list is what was promised of it, whatever rows it answers. */
export function promisedBy(rows: readonly FindingRow[]): number {
  return rows.reduce((sum, { saves }) => sum + saves, 0);
}
