import type { CapturedDefinition } from './definitions';
import { diffLines } from './diffLines';
import { findDrift } from './lineDrift';

/** A line of one side, and whether its text or surroundings changed since the capture. */
export interface MappedLine {
  readonly line: number;
  readonly stale: boolean;
}

/**
 * The way from the lines of a capture to those of an open document and back, kept true while the document is edited.
 * The document as it was opened is compared with the capture by its definitions (`findDrift`), the document as it is
 * now with the opened one by text. So lines below an edit move, lines that were edited are stale, deleted lines have no
 * place, and an edit taken back leaves no trace.
 *
 * Captured lines are 1-based, as in profiles; lines now are 0-based, as in editors.
 */
export interface LineMap {
  /** One sentence when the opened text differs from what was profiled, else null. */
  readonly drift: string | null;
  /** The whole text after an edit. */
  update(text: string): void;
  /** Null: the line was deleted. */
  lineNow(captured: number): MappedLine | null;
  /** Null: the line was not there at capture. */
  lineThen(now: number): MappedLine | null;
}

export function openLineMap(definitions: readonly CapturedDefinition[], openedText: string): LineMap {
  const drift = findDrift(definitions, openedText);
  const opened = splitLines(openedText);
  let edited: EditedLines | null = null;
  return {
    drift: drift.summary,
    update(text) {
      edited = text === openedText ? null : compare(opened, splitLines(text));
    },
    lineNow(captured) {
      const there = drift.lineNow(captured);
      if (!edited) return { line: there.line - 1, stale: there.stale };
      const line = edited.now[there.line - 1] ?? -1;
      return line < 0 ? null : { line, stale: there.stale || edited.changed[there.line - 1] === 1 };
    },
    lineThen(now) {
      const at = edited ? (edited.opened[now] ?? -1) : now;
      if (at < 0) return null;
      const there = drift.lineThen(at + 1);
      return there && { line: there.line, stale: there.stale || edited?.changed[at] === 1 };
    },
  };
}

interface EditedLines {
  /** Opened line -> line now, -1 when deleted. */
  readonly now: Int32Array;
  /** Line now -> opened line, -1 when inserted. */
  readonly opened: Int32Array;
  /** By opened line: 1 when its text is another now. */
  readonly changed: Uint8Array;
}

/** Between two kept lines, changed lines are paired from the top; what is left over was deleted or inserted. */
function compare(opened: readonly string[], current: readonly string[]): EditedLines {
  const now = diffLines(opened, current);
  const changed = new Uint8Array(opened.length);
  let free = 0;
  for (let line = 0; line < opened.length; line++) {
    if (now[line]! >= 0) {
      free = now[line]! + 1;
      continue;
    }
    let nextKept = current.length;
    for (let below = line + 1; below < opened.length; below++) {
      if (now[below]! >= 0) {
        nextKept = now[below]!;
        break;
      }
    }
    for (; line < opened.length && now[line]! < 0; line++) {
      if (free >= nextKept) continue;
      now[line] = free++;
      changed[line] = 1;
    }
    line--;
  }
  const openedAt = new Int32Array(current.length).fill(-1);
  now.forEach((line, at) => {
    if (line >= 0) openedAt[line] = at;
  });
  return { now, opened: openedAt, changed };
}

function splitLines(text: string): string[] {
  return text.split(/\r?\n/);
}
