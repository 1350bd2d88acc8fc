/** A place in a document; `line` 0-based. */
export interface Place {
  readonly uri: string;
  readonly line: number;
}

/** Lines of a list, by file. */
export interface StepGroup {
  readonly lines: readonly (Place & { readonly hot: boolean })[];
}

/**
 * The hot line after (or before) the cursor: down the file, then on in the next file of the list, round at the end.
 * `listed` are the listed lines by file, heaviest file and line first; lines below the threshold are stops only where no line
 * reaches it. From a file without hot lines, the heaviest one.
 */
export function stepHotLine(listed: readonly StepGroup[], cursor: Place | null, direction: 1 | -1): Place | null {
  const groups = withHotLines(listed);
  const places = inReadingOrder(groups);
  if (places.length === 0) return null;
  const own = places.filter((place) => place.uri === cursor?.uri);
  const first = own[0];
  const last = own.at(-1);
  if (cursor === null || first === undefined || last === undefined) return heaviest(groups);
  const inFile =
    direction === 1 ? own.find((place) => place.line > cursor.line) : own.findLast((place) => place.line < cursor.line);
  if (inFile !== undefined) return inFile;
  const edge = places.indexOf(direction === 1 ? last : first);
  return places[(edge + direction + places.length) % places.length] ?? null;
}

function withHotLines(listed: readonly StepGroup[]): readonly StepGroup[] {
  const hot = listed.map((group) => ({ ...group, lines: group.lines.filter((line) => line.hot) }));
  return hot.some((group) => group.lines.length > 0) ? hot : listed;
}

function heaviest(groups: readonly StepGroup[]): Place | null {
  const line = groups.find((group) => group.lines.length > 0)?.lines[0];
  return line === undefined ? null : { uri: line.uri, line: line.line };
}

/** Files in the list's order, each file's lines from top to bottom, no line twice. */
function inReadingOrder(groups: readonly StepGroup[]): readonly Place[] {
  const files = new Map<string, Set<number>>();
  for (const line of groups.flatMap((group) => group.lines)) {
    const lines = files.get(line.uri);
    if (lines === undefined) files.set(line.uri, new Set([line.line]));
    else lines.add(line.line);
  }
  return [...files].flatMap(([uri, lines]) => [...lines].sort((a, b) => a - b).map((line) => ({ uri, line })));
}
