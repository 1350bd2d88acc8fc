import { SETTING, type StartPlace, setsAllocator, startedBy, VALUE } from './startPlace';
import { insertBelow, linesOf, newlineOf, rangeOfLine } from './textLines';

/** Where a systemd unit starts the application; null when it starts something else. */
export function unitStart(text: string): StartPlace | null {
  const lines = linesOf(text);
  const service = lines.findIndex((line) => line.trim() === '[Service]');
  if (service < 0) return null;
  const next = lines.findIndex((line, at) => at > service && /^\s*\[/.test(line));
  const own = Array.from({ length: (next < 0 ? lines.length : next) - service - 1 }, (_, at) => service + 1 + at);
  const start = own.find((line) => /^\s*ExecStart\s*=/.test(lines[line]!));
  const runs = start === undefined ? null : startedBy(continued(lines, start));
  if (start === undefined || runs === null) return null;
  const settings = own.filter((line) => /^\s*Environment\s*=/.test(lines[line]!) && !lines[line]!.endsWith('\\'));
  const after = settings.at(-1) ?? start - 1;
  const edits = [insertBelow(lines, after, [`Environment=${SETTING}=${VALUE}`], newlineOf(text))];
  return {
    range: rangeOfLine(lines, start),
    runs,
    // What a file of variables sets is not to be seen here.
    isSet: setsAllocator(text) || own.some((line) => /^\s*EnvironmentFile\s*=/.test(lines[line]!)),
    fix: { title: `Set ${SETTING}=${VALUE} in the unit`, edits },
    note: 'After the edit: systemctl daemon-reload, then restart the unit.',
  };
}

function continued(lines: readonly string[], from: number): string {
  let to = from;
  while (lines[to]!.endsWith('\\') && to + 1 < lines.length) to++;
  return lines.slice(from, to + 1).join(' ');
}
