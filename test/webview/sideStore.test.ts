import { expect, test } from 'vitest';
import { selectionOf } from '../../webview/boxSelection';
import { SideStore } from '../../webview/sideStore';
import { initialState } from '../../webview/state';
import { Store } from '../../webview/store';
import { everything } from '../../webview/viewFilters';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';
import { summaryFor } from './summaryFor';

const whole = flameTreeFromText('A@app/a.rb:1 > B@app/b.rb:2 60\nA@app/a.rb:1 40', { groupBy: 'line' });
const method = selectionOf(whole, rowNamed(whole, 'B'));
const around = { ...flameTreeFromText('B@app/b.rb:2 60', { groupBy: 'line' }), around: method.frame };

function opened(): Store {
  const store = new Store(initialState(null));
  store.send({ type: 'profile', summary: summaryFor(), lens: 'mine', locale: 'en' });
  store.send({ type: 'base', tree: whole });
  return store;
}

test('a side shows what is around the method in the middle, in its own direction and with its own zoom', () => {
  const store = opened();
  const side = new SideStore(store, 'callers');
  expect(side.state).toMatchObject({ around: null, base: null, direction: 'callers', rootsAt: 'bottom' });
  store.send({ type: 'middle', method });
  expect(side.state).toMatchObject({ around: method.frame, tab: 'sandwich' });
  side.send({ type: 'base', tree: { ...around, refinement: everything, direction: 'callers' } });
  side.send({ type: 'range', range: { from: 0, to: 30 }, motion: 'glide' });
  expect(side.state.range).toEqual({ from: 0, to: 30 });
  expect(store.state).toMatchObject({ range: null, base: whole });
  store.send({ type: 'groupBy', groupBy: 'method' });
  expect(side.state).toMatchObject({ groupBy: 'method', direction: 'callers', range: null });
});

test('boxes of another method or direction come too late', () => {
  const store = opened();
  const side = new SideStore(store, 'callees');
  store.send({ type: 'middle', method });
  side.send({ type: 'base', tree: whole });
  side.send({ type: 'base', tree: { ...around, direction: 'callers' } });
  expect(side.state.base).toBeNull();
});

test('what is selected in a side is selected everywhere, its box only there', () => {
  const store = opened();
  store.send({ type: 'middle', method });
  const side = new SideStore(store, 'callees');
  side.send({ type: 'base', tree: around });
  const selection = selectionOf(around, 0);
  side.send({ type: 'select', selection });
  expect(store.state.selected).toEqual({ ...selection, box: null });
  expect(side.state.selected).toEqual(selection);
  const other = selectionOf(whole, rowNamed(whole, 'A'));
  store.send({ type: 'select', selection: other });
  expect(side.state.selected).toEqual({ ...other, box: null });
  store.send({ type: 'select', selection: null });
  expect(side.state.selected).toBeNull();
});

test('a change that is no matter of the side leaves it as it is', () => {
  const store = opened();
  store.send({ type: 'middle', method });
  const side = new SideStore(store, 'callees');
  const before = side.state;
  store.send({ type: 'scroll', scrollTop: 40 });
  store.send({ type: 'range', range: { from: 0, to: 60 }, motion: 'follow' });
  expect(side.state).toBe(before);
});
