import type { Finding } from '../findings/judge';
import type { TextRange } from '../ruby/textRange';
import { gainName } from './findingText';

/**
 * A finding of the JSON output; lines 1-based, columns 0-based in UTF-16 units. `file`: the path to print; `nameOf`: that of
 * another file by its local path.
 */
export function findingJson(finding: Finding, file: string, nameOf: (path: string) => string) {
  const { id, range, share, objects, gain, safety, title, savedObjects, fix } = finding;
  const { startLine, startColumn, endLine, endColumn } = placeOf(range);
  return {
    id,
    file,
    line: startLine,
    column: startColumn,
    endLine,
    endColumn,
    share,
    objects: objects === null ? null : Math.round(objects),
    gain: gainName(gain),
    safety,
    title,
    savedObjects: savedObjects === null ? null : Math.round(savedObjects),
    fix:
      fix === null
        ? null
        : {
            title: fix.title,
            edits: fix.edits.map((edit) => ({
              path: edit.path === undefined ? file : nameOf(edit.path),
              ...placeOf(edit.range),
              newText: edit.newText,
            })),
          },
  };
}

function placeOf({ start, end }: TextRange) {
  return {
    startLine: start.line + 1,
    startColumn: start.character,
    endLine: end.line + 1,
    endColumn: end.character,
  };
}
