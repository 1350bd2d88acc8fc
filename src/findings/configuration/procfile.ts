import { herokuNote, type StartPlace, setsAllocator, startedBy } from './startPlace';
import { linesOf, rangeOfLine } from './textLines';

/** The process types of a Procfile that start the application. Advice: where variables are set is the platform's. */
export function procfileStarts(text: string): StartPlace[] {
  const lines = linesOf(text);
  return lines.flatMap((source, line): StartPlace[] => {
    const command = /^[\w-]+:\s*(.+)$/.exec(source)?.[1];
    const runs = command === undefined ? null : startedBy(command);
    if (command === undefined || runs === null) return [];
    return [{ range: rangeOfLine(lines, line), runs, isSet: setsAllocator(command), fix: null, note: herokuNote }];
  });
}
