/** Every key of the view, and what it does; a test compares them with the code. */
export interface KeyGroup {
  readonly title: string;
  /** Keys separated by `, ` do alike things, in the order of the words. */
  readonly keys: ReadonlyArray<readonly [keys: string, effect: string]>;
}

export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Enter, o', 'go to the source; in the flame graph Enter zooms'],
      ['Space', 'show the source, the keys stay here'],
      ['f', 'the row in the flame graph'],
      ['s', 'the method in the sandwich: callers above, callees below'],
      ['Menu, Shift+F10', 'menu of the box or row'],
      ['Shift+F, Shift+I', 'only stacks through the method; none through it'],
      ['Shift+H, Shift+O', 'hide the method; show only it'],
      ['Ctrl+Z', 'undo: filters, zoom, shape'],
      ['Ctrl+Shift+Z, Ctrl+Y', 'redo'],
      ['c', 'copy name and place'],
      ['Shift+C', 'copy the stack'],
      ['Shift+T', 'copy the table of the tab'],
      ['/', 'search'],
      ['F3, Shift+F3', 'next, previous box that the search matches'],
      ['?', 'this sheet'],
    ],
  },
  {
    title: 'Flame graph, sandwich',
    keys: [
      ['↑ ↓ ← →', 'to caller, callee, siblings'],
      ['+, −', 'zoom in, zoom out'],
      ['=, _', 'the same'],
      ['Shift+← →', 'move sideways'],
      ['0', 'everything in sight'],
      ['Escape', 'zoom out; then select nothing'],
      ['n, p', 'next, previous box of the same line or method'],
      ['v', 'callers first, or callees'],
      ['t', 'in the order of time, or heaviest first'],
    ],
  },
  {
    title: 'Tables',
    keys: [
      ['↑ ↓, Page Up, Page Down', 'from row to row, page by page'],
      ['Home, End', 'first, last row'],
      ['← →', 'close, open rows under the row; to the row above'],
      ['e', 'in the call tree: open the heaviest path'],
    ],
  },
  {
    title: 'Findings',
    keys: [
      ['n, p', 'next, previous finding'],
      ['.', 'its rewrites'],
    ],
  },
  {
    title: 'Pointer, on a picture',
    keys: [
      ['Click', 'select, show the source'],
      ['Double click', 'zoom to the box'],
      ['Drag, Shift+wheel', 'move'],
      ['Ctrl+wheel', 'zoom'],
      ['Drag on the strip', 'zoom to that part; on its mark: move it'],
    ],
  },
];
