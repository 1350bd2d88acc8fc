import { applyFixes, changesOtherFiles } from '../findings/applyFixes';
import type { Finding } from '../findings/judge';
import type { Fix } from '../ruby/pattern';
import type { TextEdit } from '../ruby/textRange';

/** What was made of a text. */
export interface Applied {
  readonly text: string;
  /** In the order made; positions are those of the text at that time. */
  readonly made: readonly MadeFix[];
}

export interface MadeFix {
  readonly finding: Finding;
  readonly fix: Fix;
  /** The file of the finding as it is printed, when the fix changed this file from there. */
  readonly from?: string;
}

const MOST_ROUNDS = 200;

/**
 * Makes the fixes of the findings of a text, one of a line at a time, and looks again after each round until nothing is
 * left to do: so doing it once more does nothing. A fix that would break the syntax is left out, and so is one of several files.
 *
 * `find`: the wanted findings of a text; `parses`: whether a text has no syntax errors.
 */
export function applyUntilStable(
  before: string,
  find: (text: string) => readonly Finding[],
  parses: (text: string) => boolean,
): Applied {
  const made: Array<{ finding: Finding; fix: Fix }> = [];
  const seen = new Set([before]);
  let text = before;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = disjoint(find(text));
    let next = applyFixes(text, fixesOf(chosen));
    let taken = chosen;
    if (!parses(next)) {
      const good = chosen.find((one) => {
        const alone = applyFixes(text, [one.fix]);
        return !seen.has(alone) && parses(alone);
      });
      taken = good === undefined ? [] : [good];
      next = applyFixes(text, fixesOf(taken));
    }
    if (seen.has(next)) break;
    seen.add(next);
    text = next;
    made.push(...taken);
  }
  return { text, made };
}

type Fixable = { readonly finding: Finding; readonly fix: Fix };

function fixesOf(fixables: readonly Fixable[]): Fix[] {
  return fixables.map(({ fix }) => fix);
}

/**
 * Those that touch no line of another. Of a statement the smallest goes first: after one that adds lines, a profile cannot
 * tell the lines around it any more. The same edit in several fixes (a constant of the class) is no clash.
 */
function disjoint(findings: readonly Finding[]): Fixable[] {
  const all = findings.flatMap(({ fix, ...finding }) =>
    fix === null || changesOtherFiles(fix) ? [] : [{ finding: { ...finding, fix }, fix }],
  );
  const inOrder = [...all].sort(
    (a, b) =>
      movedLines(a.fix) - movedLines(b.fix) ||
      a.fix.edits.length - b.fix.edits.length ||
      Number(b.finding.safety === 'safe') - Number(a.finding.safety === 'safe'),
  );
  const shared = new Set<string>();
  const lines = new Set<number>();
  const chosen = new Set<Fixable>();
  for (const fixable of inOrder) {
    const ranges = [
      fixable.finding.range,
      ...fixable.fix.edits.filter((edit) => !shared.has(keyOf(edit))).map(({ range }) => range),
    ];
    const own = ranges.flatMap(({ start, end }) =>
      Array.from({ length: end.line - start.line + 1 }, (_, at) => start.line + at),
    );
    if (own.some((line) => lines.has(line))) continue;
    for (const line of own) lines.add(line);
    for (const edit of fixable.fix.edits) shared.add(keyOf(edit));
    chosen.add(fixable);
  }
  return all.filter((fixable) => chosen.has(fixable));
}

/** Lines that the edits add and take away. */
function movedLines({ edits }: Fix): number {
  return edits.reduce(
    (sum, { range, newText }) => sum + Math.abs(newText.split('\n').length - 1 - (range.end.line - range.start.line)),
    0,
  );
}

function keyOf({ range: { start, end }, newText }: TextEdit): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${newText}`;
}
