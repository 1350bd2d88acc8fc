/** From one box that a search matches to the next, in the order of the tree, round at its ends. */
import type { SearchResult } from '../src/protocol/requests';
import { hasSource, placeWithLine, selectionOf } from './boxSelection';
import { rowOfNode, samePicture } from './flameTree';
import { type Selection, type State, statePicture } from './state';
import { currentAnswer } from './subjects';

/** Tabs that show boxes of the picture that is searched. */
const tabsWithBoxes: ReadonlyArray<State['tab']> = ['flame', 'tree'];

/** What can be walked now: the matches, and which of them is selected (-1 for none); null when nothing can. */
export function searchWalk(state: State): { readonly found: SearchResult; readonly at: number } | null {
  const { base, selected, tab } = state;
  const found = currentAnswer(state, 'search');
  if (!found || found.matches.length === 0 || !tabsWithBoxes.includes(tab)) return null;
  if (!base || !samePicture(base, statePicture(state))) return null;
  return { found, at: selected?.box ? found.matches.node.indexOf(selected.box.node) : -1 };
}

/** The match after (1) or before (-1) what is selected, or null when there is none. */
export function nextMatch(state: State, by: 1 | -1): Selection | null {
  const walk = searchWalk(state);
  if (!walk) return null;
  const { node, length } = walk.found.matches;
  const from = state.selected?.box?.node ?? (by > 0 ? -1 : Number.POSITIVE_INFINITY);
  // Nodes count in the order of the tree.
  const next = by > 0 ? node.findIndex((one) => one > from) : node.findLastIndex((one) => one < from);
  const at = next >= 0 ? next : by > 0 ? 0 : length - 1;
  return selectionOfMatch(state, walk.found, at);
}

function selectionOfMatch({ base, detail }: State, { matches, named }: SearchResult, at: number): Selection {
  const node = matches.node[at]!;
  for (const tree of [detail, base]) {
    const row = tree ? rowOfNode(tree, node) : -1;
    if (tree && row >= 0) return selectionOf(tree, row);
  }
  // Too narrow for the boxes that are here: the search knows all of it but the callers.
  const frame = matches.frame[at]!;
  const row = named.index.indexOf(frame);
  const line = matches.line[at]!;
  const method = {
    frame,
    name: named.name[row]!,
    file: named.file[row]!,
    place: named.place[row]!,
    definitionLine: named.definitionLine[row]!,
    origin: named.origin[row]!,
  };
  const { file, place, definitionLine, origin } = method;
  const shown = line || definitionLine;
  const source = hasSource(origin, file)
    ? { file, line: shown, place: placeWithLine(place, shown), ofCaller: false }
    : null;
  const box = {
    node,
    depth: matches.depth[at]!,
    start: matches.start[at]!,
    total: matches.total[at]!,
    self: matches.self[at]!,
    parentTotal: matches.parentTotal[at]!,
    source,
  };
  return { ...method, line, box };
}
