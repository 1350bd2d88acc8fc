/** File names (globs) that a job class is looked for in, the surest first: `Reports::DailyJob` -> `reports/daily_job.rb`. */
export function performFiles(job: string): readonly string[] {
  const parts = job.split('::').filter((part) => /^\w+$/.test(part));
  if (parts.length === 0) return [];
  const snake = parts.map(underscored);
  const last = snake.at(-1)!;
  return snake.length === 1 ? [`**/${last}.rb`] : [`**/${snake.join('/')}.rb`, `**/${last}.rb`];
}

/** As Rails names files: `SyncHTTPJob` -> `sync_http_job`. */
function underscored(name: string): string {
  return name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** 0-based line of the class's `perform`, or of the class where it has none; null where the text does not define the class. */
export function performLine(text: string, job: string): number | null {
  const name = job.slice(job.lastIndexOf(':') + 1);
  const lines = text.split('\n');
  const opening = new RegExp(`^\\s*class\\s+(?:\\w+::)*${name}\\b`);
  const start = lines.findIndex((line) => opening.test(line));
  if (start < 0) return null;
  const indent = /^\s*/.exec(lines[start]!)![0].length;
  for (let at = start + 1; at < lines.length; at++) {
    if (/^\s*def\s+perform\b/.test(lines[at]!)) return at;
    // The end of the class, or the next one beside it.
    const isOutside = /^\s*(?:end|class)\b/.test(lines[at]!) && /^\s*/.exec(lines[at]!)![0].length <= indent;
    if (isOutside) break;
  }
  return start;
}
