import { diffLines } from '../source/diffLines';

const CONTEXT = 3;

/** The change of one file as `patch -p1` and `git apply` read it; empty when there is none. Lines keep their ends. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const hunks = hunksOf(stepsOf(old, now));
  if (hunks.length === 0) return '';
  const name = path.replaceAll('\\', '/').replace(/^\//, '');
  return `--- a/${name}\n+++ b/${name}\n${hunks.map(hunkText).join('')}`;
}

interface Step {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
  /** Lines of the old and of the new text before it. */
  readonly old: number;
  readonly now: number;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function stepsOf(old: readonly string[], now: readonly string[]): Step[] {
  const match = diffLines(old, now);
  const steps: Step[] = [];
  let [from, to] = [0, 0];
  const removeTo = (end: number): void => {
    for (; from < end; from++) steps.push({ mark: '-', line: old[from]!, old: from, now: to });
  };
  const addTo = (end: number): void => {
    for (; to < end; to++) steps.push({ mark: '+', line: now[to]!, old: from, now: to });
  };
  for (let at = 0; at < old.length; at++) {
    // Lines that differ in their indentation are paired too.
    if (match[at]! < 0 || old[at] !== now[match[at]!]) continue;
    removeTo(at);
    addTo(match[at]!);
    steps.push({ mark: ' ', line: old[at]!, old: from++, now: to++ });
  }
  removeTo(old.length);
  addTo(now.length);
  return steps;
}

/** Changes with the lines around them; those that are close together are one. */
function hunksOf(steps: readonly Step[]): Step[][] {
  const hunks: Step[][] = [];
  let end = -1;
  steps.forEach((step, at) => {
    if (step.mark === ' ') return;
    const from = Math.max(0, at - CONTEXT);
    const to = Math.min(steps.length, at + 1 + CONTEXT);
    if (from > end) hunks.push(steps.slice(from, to));
    else hunks.at(-1)!.push(...steps.slice(end, to));
    end = to;
  });
  return hunks;
}

function hunkText(hunk: readonly Step[]): string {
  const count = (mark: Step['mark']): number => hunk.filter((step) => step.mark === ' ' || step.mark === mark).length;
  const span = (before: number, lines: number): string => `${lines === 0 ? before : before + 1},${lines}`;
  const { old, now } = hunk[0]!;
  const body = hunk.map(({ mark, line }) =>
    line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${span(old, count('-'))} +${span(now, count('+'))} @@\n${body.join('')}`;
}
