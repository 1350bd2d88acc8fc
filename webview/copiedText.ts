/** What is copied of a frame and of its stack: as Ruby writes a backtrace, so that it can be pasted where one is expected. */
import { pathTo, placeWithLine } from './boxSelection';
import type { BoxRow, FlameTree } from './flameTree';
import type { Selection } from './state';
import { nameOrNone, visibleText } from './visibleText';

/** Names may be endless; what is pasted somewhere should not be. */
const longest = 2000;

/** `app/models/balance.rb:63:in 'Balance#sync'`. */
export function frameText({ frame, name, place, line, definitionLine }: Selection): string {
  return frame < 0 ? placeText(place, line || definitionLine) : inFrame(name, place, line || definitionLine);
}

/** The box and its callers, one a line, innermost first. */
export function stackText(tree: FlameTree, row: BoxRow): string {
  const path = pathTo(tree, row);
  // Callers first, the way from the root leads from what is called to who calls it.
  const inward = tree.direction === 'callees' ? path.reverse() : path;
  const { frames } = tree;
  return inward
    .map((at) => {
      const frame = tree.frame[at]!;
      const line = tree.line[at]! || frames.definitionLine[frame]!;
      return inFrame(frames.name[frame]!, frames.place[frame]!, line);
    })
    .join('\n');
}

function inFrame(name: string, place: string, line: number): string {
  return `${placeText(place, line)}:in '${visibleText(nameOrNone(name), longest)}'`;
}

function placeText(place: string, line: number): string {
  return visibleText(placeWithLine(place, line), longest);
}
