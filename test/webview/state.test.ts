import { expect, test } from 'vitest';
import type { ViewQuestions, ViewState } from '../../src/protocol/webview';
import { selectionOf } from '../../webview/boxSelection';
import { keptViewState } from '../../webview/keptViewState';
import { type Action, initialState, keptState, reduce, type State, visibleRange } from '../../webview/state';
import { Store } from '../../webview/store';
import { currentAnswer, missingKey, newestAnswer, type SubjectQuestion, subjectKey } from '../../webview/subjects';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';
import { summaryFor } from './summaryFor';

const text = 'A@app/a.rb:1 > B@app/b.rb:2 60\nA@app/a.rb:1 40';
const byLine = flameTreeFromText(text, { groupBy: 'line' });
const byMethod = flameTreeFromText(text, { groupBy: 'method' });
const opened: Action = { type: 'profile', summary: summaryFor(), lens: 'mine', locale: 'de' };

function after(actions: readonly Action[], kept: ViewState | null = null): State {
  return actions.reduce(reduce, initialState(kept));
}

/** What the server answers to what this state asks. */
function answerFor<Q extends SubjectQuestion>(state: State, question: Q, result: ViewQuestions[Q]['result']): Action {
  return { type: 'answer', question, key: subjectKey(state, question) ?? '', result };
}

function select(state: State, frame: number): State {
  return reduce(state, { type: 'select', selection: { ...selectionOf(byLine, 0), frame } });
}

test('a profile opens with everything visible', () => {
  const state = after([
    { type: 'loading', name: 'a.dump', fraction: 0.5, step: 'reading' },
    opened,
    { type: 'base', tree: byLine },
  ]);
  expect(state).toMatchObject({ phase: { kind: 'ready' }, lens: 'mine', locale: 'de', tab: 'flame', range: null });
  expect(visibleRange(state)).toEqual({ from: 0, to: 100 });
});

test('a failure shows the reason, a retry loads again', () => {
  const error = { reason: 'corrupt', message: 'It breaks at byte 7.', offset: 7 } as const;
  const failed = after([{ type: 'failed', name: 'a.dump', error }]);
  expect(failed.phase).toEqual({ kind: 'failed', name: 'a.dump', error });
  expect(reduce(failed, { type: 'loading', name: 'a.dump', fraction: null, step: 'reading' }).phase.kind).toBe(
    'loading',
  );
});

test('a range is cut to the profile; the whole is no range', () => {
  const state = after([opened, { type: 'base', tree: byLine }]);
  const zoomed = reduce(state, { type: 'range', range: { from: 90, to: 130 }, motion: 'glide' });
  expect(zoomed.range).toEqual({ from: 60, to: 100 });
  expect(reduce(zoomed, { type: 'range', range: { from: -5, to: 200 }, motion: 'follow' }).range).toBeNull();
  expect(reduce(zoomed, { type: 'range', range: null, motion: 'glide' }).range).toBeNull();
});

test('what changes nothing gives the same state, so that nothing is drawn', () => {
  const state = after([
    opened,
    { type: 'base', tree: byLine },
    { type: 'range', range: { from: 0, to: 50 }, motion: 'follow' },
  ]);
  const same: Action[] = [
    { type: 'range', range: { from: 0, to: 50 }, motion: 'glide' },
    { type: 'tab', tab: 'flame' },
    { type: 'lens', lens: 'mine' },
    { type: 'groupBy', groupBy: 'line' },
    { type: 'query', query: '' },
    { type: 'scroll', scrollTop: 0 },
    { type: 'notice', text: null },
  ];
  for (const action of same) expect(reduce(state, action)).toBe(state);
});

test('boxes of a grouping that was left come too late', () => {
  const state = after([opened, { type: 'base', tree: byLine }, { type: 'groupBy', groupBy: 'method' }]);
  expect(reduce(state, { type: 'base', tree: byLine }).base).toBe(byLine);
  expect(reduce(state, { type: 'detail', tree: byMethod })).toBe(state);
  const switched = reduce(reduce(state, { type: 'detail', tree: byLine }), { type: 'base', tree: byMethod });
  expect(switched).toMatchObject({ base: byMethod, detail: null });
});

test('the old picture stays until boxes of the new grouping are here', () => {
  const state = after([opened, { type: 'base', tree: byLine }, { type: 'groupBy', groupBy: 'method' }]);
  expect(state.base).toBe(byLine);
});

test('rows of another lens, callers of another method, hits of another query are dropped', () => {
  const callers = { callers: [], callees: [], self: 1, total: 2, exact: true };
  const matches = {
    length: 0,
    node: new Int32Array(),
    depth: new Uint16Array(),
    start: new Float64Array(),
    total: new Float64Array(),
    self: new Float64Array(),
    parentTotal: new Float64Array(),
    frame: new Int32Array(),
    line: new Int32Array(),
  };
  const hits = { frames: 1, samples: 2, boxes: 2, matches, named: byLine.frames, error: null };
  const rows = { rows: [], total: 0, hot: 0, elsewhere: 0 };
  const state = after([opened, { type: 'query', query: 'abc' }]);
  const otherLens = answerFor(reduce(state, { type: 'lens', lens: 'caller' }), 'hotLines', rows);
  expect(reduce(state, otherLens)).toBe(state);
  expect(currentAnswer(reduce(state, answerFor(state, 'hotLines', rows)), 'hotLines')).toBe(rows);
  expect(reduce(state, answerFor(select(state, 3), 'callers', callers))).toBe(state);
  expect(reduce(state, answerFor(reduce(state, { type: 'query', query: 'ab' }), 'search', hits))).toBe(state);
  const found = reduce(state, answerFor(state, 'search', hits));
  expect(currentAnswer(found, 'search')).toBe(hits);
  const typing = reduce(found, { type: 'query', query: 'abcd' });
  expect([newestAnswer(typing, 'search'), currentAnswer(typing, 'search')]).toEqual([hits, null]);
});

test('the same profile with a new mapping keeps what is on screen, another one does not', () => {
  const state = after([
    opened,
    { type: 'base', tree: byLine },
    { type: 'range', range: { from: 0, to: 60 }, motion: 'follow' },
  ]);
  const remapped = reduce(state, opened);
  expect(remapped).toMatchObject({ base: byLine, range: { from: 0, to: 60 } });
  const other = reduce(state, { ...opened, summary: summaryFor({ uri: 'file:///b.dump' }) });
  expect(other.base).toBeNull();
  expect(other.answers).toEqual({});
});

test('answers grow old with what they were made from: places with the mapping, findings also with the sources', () => {
  const rows = { rows: [], total: 0, hot: 0, elsewhere: 0 };
  let state = after([opened, { type: 'base', tree: byLine }]);
  state = reduce(state, answerFor(state, 'hotLines', rows));
  state = reduce(state, answerFor(state, 'findings', { findings: [] }));
  const known = (at: State) => [currentAnswer(at, 'hotLines') !== null, currentAnswer(at, 'findings') !== null];
  expect(known(state)).toEqual([true, true]);
  expect(known(reduce(state, structuredClone(opened)))).toEqual([true, true]);
  expect(known(reduce(state, { type: 'findingsChanged' }))).toEqual([true, false]);
  const mapping = { rules: [], ambiguous: [], missingFiles: 1, mappedFiles: 2 };
  const remapped = reduce(state, { ...opened, summary: summaryFor({ mapping }) });
  expect(known(remapped)).toEqual([false, false]);
  expect(newestAnswer(remapped, 'hotLines')).toBe(rows);
});

test('a profile that measures something else has no findings to ask for', () => {
  const state = after([
    { ...opened, summary: summaryFor({ mode: 'wall' }) },
    { type: 'tab', tab: 'findings' },
  ]);
  expect(missingKey(state, 'findings')).toBeNull();
});

test('a new selection keeps the callers of the same method', () => {
  const selection = selectionOf(byLine, rowNamed(byLine, 'B'));
  const result = { callers: [], callees: [], self: 1, total: 2, exact: true };
  const chosen = after([opened, { type: 'select', selection }]);
  const state = reduce(chosen, answerFor(chosen, 'callers', result));
  expect(currentAnswer(reduce(state, { type: 'select', selection: { ...selection, box: null } }), 'callers')).toBe(
    result,
  );
  expect(currentAnswer(select(state, selection.frame + 1), 'callers')).toBeNull();
});

test('what a reload keeps is what it restores', () => {
  const selection = selectionOf(byLine, rowNamed(byLine, 'B'));
  const state = after([
    opened,
    { type: 'base', tree: byLine },
    { type: 'tab', tab: 'methods' },
    { type: 'range', range: { from: 10, to: 60 }, motion: 'glide' },
    { type: 'scroll', scrollTop: 77 },
    { type: 'query', query: 'x' },
    { type: 'findingGrouping', grouping: 'file' },
    { type: 'findingFilter', filter: 'safe' },
    { type: 'middle', method: selection },
    { type: 'tab', tab: 'methods' },
    { type: 'select', selection },
  ]);
  const kept = keptState(state);
  expect(keptViewState(structuredClone(kept))).toEqual(kept);
  const restored = after([opened, { type: 'base', tree: byLine }], kept);
  expect(restored).toMatchObject({ tab: 'methods', range: { from: 10, to: 60 }, scrollTop: 77, query: 'x' });
  expect(restored.middle).toEqual({ ...selection, line: undefined, box: undefined });
  expect(restored.restoring).toEqual({ frame: selection.frame, line: 2 });
  expect(keptState(restored)).toEqual(kept);
});

test('kept states that do not fit are ignored as far as they do not', () => {
  expect(keptViewState(undefined)).toBeNull();
  expect(keptViewState('flame')).toBeNull();
  expect(keptViewState({ tab: 'time', groupBy: 'line', scrollTop: 0, query: '' })).toBeNull();
  expect(keptViewState({ tab: 'flame', groupBy: 'line', scrollTop: Number.NaN, query: '' })).toBeNull();
  const odd = keptViewState({
    tab: 'flame',
    groupBy: 'line',
    scrollTop: 0,
    query: '',
    range: { from: 'a' },
    selected: 4,
  });
  expect(odd).toEqual({
    tab: 'flame',
    refinement: [],
    groupBy: 'line',
    direction: 'callees',
    order: 'weight',
    rootsAt: 'top',
    colourBy: 'origin',
    scrollTop: 0,
    query: '',
    findingGrouping: 'pattern',
    findingFilter: 'all',
    range: null,
    selected: null,
    middle: null,
    compared: 'after',
  });
});

test('the store tells each listener of every change, in order, also of changes a listener makes', () => {
  const store = new Store(initialState(null));
  const said: string[] = [];
  store.subscribe((state, previous) => {
    said.push(`first ${previous.tab}>${state.tab}`);
    if (state.tab === 'lines') store.send({ type: 'tab', tab: 'methods' });
  });
  store.subscribe((state, previous) => said.push(`second ${previous.tab}>${state.tab}`));
  store.send({ type: 'tab', tab: 'lines' });
  store.send({ type: 'tab', tab: 'methods' });
  expect(said).toEqual(['first flame>lines', 'second flame>lines', 'first lines>methods', 'second lines>methods']);
});
