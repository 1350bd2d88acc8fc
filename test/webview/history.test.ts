import { describe, expect, test } from 'vitest';
import { selectionOf } from '../../webview/boxSelection';
import { keptViewState } from '../../webview/keptViewState';
import { noTimeOrder } from '../../webview/pictureOrder';
import type { Key } from '../../webview/selectionActions';
import { type Action, initialState, keptState, reduce, type State, statePicture } from '../../webview/state';
import { subjects } from '../../webview/subjects';
import { everything, type ViewFilter } from '../../webview/viewFilters';
import { actionOfKey } from '../../webview/viewKeys';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';
import { summaryFor } from './summaryFor';

const tree = flameTreeFromText('A@app/a.rb:1 > B@app/b.rb:2 60\nA@app/a.rb:1 40', { groupBy: 'line' });
const hide: ViewFilter = { kind: 'hide', of: { by: 'file', file: 'app/b.rb' }, label: 'app/b.rb' };
const opened: readonly Action[] = [
  { type: 'profile', summary: summaryFor(), lens: 'mine', locale: 'en' },
  { type: 'base', tree },
];
const zoom = (from: number, to: number, motion: State['motion']): Action => ({
  type: 'range',
  range: { from, to },
  motion,
});
const undo: Action = { type: 'step', step: -1 };
const redo: Action = { type: 'step', step: 1 };

function stateAfter(...actions: readonly Action[]): State {
  return [...opened, ...actions].reduce(reduce, initialState(null));
}

function key(name: string, held: { readonly ctrl?: boolean; readonly shift?: boolean } = {}): Key {
  const { ctrl: ctrlKey = false, shift: shiftKey = false } = held;
  return { key: name, ctrlKey, shiftKey, metaKey: false, altKey: false };
}

describe('undo and redo', () => {
  test('filters, zoom, direction and grouping step back and forth one by one', () => {
    const state = stateAfter(
      zoom(0, 60, 'glide'),
      { type: 'addFilter', filter: hide },
      { type: 'direction', direction: 'callers' },
    );
    expect(state).toMatchObject({ refinement: [hide], direction: 'callers', range: null });
    const once = reduce(state, undo);
    expect(once).toMatchObject({ refinement: [hide], direction: 'callees' });
    const twice = reduce(once, undo);
    expect(twice).toMatchObject({ refinement: [], range: { from: 0, to: 60 } });
    expect(twice.refinement).toBe(everything);
    const back = reduce(reduce(twice, redo), redo);
    expect(back).toMatchObject({ refinement: [hide], direction: 'callers', range: null });
    expect(reduce(back, redo)).toBe(back);
  });

  test('a movement of the hand is one step', () => {
    const state = stateAfter(zoom(0, 90, 'follow'), zoom(0, 80, 'follow'), zoom(0, 70, 'follow'));
    expect(reduce(state, undo).range).toBeNull();
    const twice = stateAfter(zoom(0, 90, 'follow'), zoom(0, 50, 'glide'), zoom(0, 40, 'follow'));
    expect(reduce(twice, undo).range).toEqual({ from: 0, to: 50 });
  });

  test('a new step forgets what was taken back; nothing done is nothing to undo', () => {
    const state = reduce(stateAfter({ type: 'addFilter', filter: hide }, undo), { type: 'groupBy', groupBy: 'method' });
    expect(reduce(state, redo)).toBe(state);
    const fresh = stateAfter();
    expect(reduce(fresh, undo)).toBe(fresh);
    expect(stateAfter({ type: 'removeFilter', filter: hide }).history.past).toEqual([]);
  });
});

describe('the order of time', () => {
  const timed: Action = { type: 'profile', summary: summaryFor({ timeline: 'timed' }), lens: 'mine', locale: 'en' };
  const inTime: Action = { type: 'order', order: 'time' };
  const from = (...actions: readonly Action[]): State => [timed, ...actions].reduce(reduce, initialState(null));

  test('is a step that can be undone, and excludes callers first', () => {
    const state = from({ type: 'direction', direction: 'callers' }, inTime);
    expect(state).toMatchObject({ direction: 'callees', order: 'time', range: null });
    expect(statePicture(state).order).toBe('time');
    expect(reduce(state, undo)).toMatchObject({ direction: 'callers', order: 'weight' });
    expect(reduce(reduce(state, undo), redo)).toMatchObject({ direction: 'callees', order: 'time' });
    expect(reduce(state, { type: 'direction', direction: 'callers' })).toMatchObject({ order: 'weight' });
    expect(reduce(state, inTime)).toBe(state);
  });

  test('is of the flame graph of one recording only', () => {
    expect(stateAfter(inTime).order).toBe('weight');
    expect(actionOfKey(key('t'), stateAfter())).toBeNull();
    const state = from(inTime);
    expect(statePicture(reduce(state, { type: 'tab', tab: 'tree' })).order).toBe('weight');
    const baseline = { uri: 'file:///b.dump', name: 'b.dump', scaling: { by: 'none' } } as const;
    const summary = summaryFor({ timeline: 'timed', baseline });
    const compared = reduce(state, { ...timed, summary });
    expect([statePicture(compared).order, noTimeOrder(compared)]).toEqual([
      'weight',
      expect.stringContaining('No changes'),
    ]);
    expect(statePicture(reduce(compared, { type: 'compared', compared: null })).order).toBe('time');
    const other = reduce(state, { ...timed, summary: summaryFor({ uri: 'file:///c.dump' }) });
    expect(other.order).toBe('weight');
  });

  test('is reached by key, asked for, searched and kept', () => {
    expect(actionOfKey(key('t'), from())).toEqual(inTime);
    const state = from(inTime, { type: 'query', query: 'B' });
    expect(actionOfKey(key('t'), state)).toEqual({ type: 'order', order: 'weight' });
    expect(subjects.search.params(state)?.shape.order).toBe('time');
    const kept = keptViewState(JSON.parse(JSON.stringify(keptState(state))));
    expect(reduce(initialState(kept), timed).order).toBe('time');
    expect(keptViewState({ ...kept, direction: 'callers' })?.order).toBe('weight');
  });
});

describe('keys', () => {
  const state = stateAfter({ type: 'select', selection: selectionOf(tree, rowNamed(tree, 'B')) });

  test('filter by the selected method', () => {
    const frame = state.selected?.frame;
    expect(actionOfKey(key('H', { shift: true }), state)).toEqual({
      type: 'addFilter',
      filter: { kind: 'hide', of: { by: 'frame', frame }, label: 'B' },
    });
    expect(actionOfKey(key('F', { shift: true }), state)).toMatchObject({ filter: { kind: 'focus' } });
    expect(actionOfKey(key('H', { shift: true }), stateAfter())).toBeNull();
    expect(actionOfKey(key('h'), state)).toBeNull();
  });

  test('step back and forth, turn the picture', () => {
    expect(actionOfKey(key('z', { ctrl: true }), state)).toEqual(undo);
    expect(actionOfKey(key('Z', { ctrl: true, shift: true }), state)).toEqual(redo);
    expect(actionOfKey(key('y', { ctrl: true }), state)).toEqual(redo);
    expect(actionOfKey(key('v'), state)).toEqual({ type: 'direction', direction: 'callers' });
  });

  test('without stacks nothing is filtered or turned', () => {
    const sums = reduce(initialState(null), {
      type: 'profile',
      summary: summaryFor({ detail: 'aggregate' }),
      lens: 'mine',
      locale: 'en',
    });
    expect(actionOfKey(key('v'), sums)).toBeNull();
    expect(actionOfKey(key('H', { shift: true }), { ...sums, selected: state.selected })).toBeNull();
  });
});

describe('another picture', () => {
  const other = flameTreeFromText('A@app/a.rb:1 100', { groupBy: 'line', refinement: [hide] });

  test('boxes of filters that were changed meanwhile come too late', () => {
    const state = stateAfter({ type: 'addFilter', filter: hide });
    expect(state.base).toBe(tree);
    expect(reduce(state, { type: 'base', tree: other }).base).toBe(tree);
    const same = { ...other, refinement: state.refinement };
    expect(reduce(state, { type: 'base', tree: same }).base).toBe(same);
  });

  test('the selected method stays selected, its old box is forgotten', () => {
    const state = stateAfter(
      { type: 'select', selection: selectionOf(tree, rowNamed(tree, 'B')) },
      { type: 'addFilter', filter: hide },
    );
    const shown = reduce(state, { type: 'base', tree: { ...other, refinement: state.refinement } });
    expect(shown.selected).toMatchObject({ name: 'B', box: null });
  });

  test('another profile has other frames: filters go', () => {
    const state = stateAfter({ type: 'addFilter', filter: hide });
    const next = reduce(state, { type: 'profile', summary: summaryFor({ samples: 5 }), lens: 'mine', locale: 'en' });
    expect(next).toMatchObject({ refinement: [], history: { past: [] } });
  });
});

describe('the method in the middle of the sandwich', () => {
  const a = selectionOf(tree, rowNamed(tree, 'A'));
  const b = selectionOf(tree, rowNamed(tree, 'B'));

  test('is a step of its own, seen where it is undone', () => {
    const state = stateAfter(
      { type: 'middle', method: a },
      { type: 'middle', method: b },
      { type: 'tab', tab: 'flame' },
    );
    expect(state.middle?.name).toBe('B');
    const once = reduce(state, undo);
    expect(once).toMatchObject({ tab: 'sandwich', middle: { name: 'A' } });
    expect(reduce(once, redo).middle?.name).toBe('B');
  });

  test('is what is selected when the tab is opened first, and stays afterwards', () => {
    const first = stateAfter({ type: 'select', selection: b }, { type: 'tab', tab: 'sandwich' });
    expect(first.middle?.name).toBe('B');
    const later = [
      { type: 'select', selection: a },
      { type: 'tab', tab: 'flame' },
      { type: 'tab', tab: 'sandwich' },
    ] as const;
    expect(later.reduce(reduce, first).middle?.name).toBe('B');
    expect(stateAfter({ type: 'tab', tab: 'sandwich' }).middle).toBeNull();
  });

  test('comes by the key s, where there are stacks', () => {
    const state = stateAfter({ type: 'select', selection: b });
    expect(actionOfKey(key('s'), state)).toEqual({ type: 'middle', method: b });
    expect(actionOfKey(key('s'), stateAfter())).toBeNull();
    const sums: State = { ...state, phase: { kind: 'ready', summary: summaryFor({ detail: 'aggregate' }) } };
    expect(actionOfKey(key('s'), sums)).toBeNull();
  });

  test('is forgotten with its profile', () => {
    const other: Action = {
      type: 'profile',
      summary: summaryFor({ uri: 'file:///b.dump' }),
      lens: 'mine',
      locale: 'en',
    };
    expect(stateAfter({ type: 'middle', method: b }, other).middle).toBeNull();
  });
});
