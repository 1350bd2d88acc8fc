import { expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { filterItems } from '../../webview/selectionActions';
import { initialState, type Selection } from '../../webview/state';
import { Store } from '../../webview/store';
import {
  everything,
  filterHint,
  filterWords,
  keptFilters,
  type ViewFilter,
  withFilter,
  withoutFilter,
} from '../../webview/viewFilters';
import { summaryFor } from './summaryFor';

const gem: ViewFilter = { kind: 'hide', of: { by: 'package', package: 'activerecord' }, label: 'gem activerecord' };
const text: ViewFilter = { kind: 'focus', of: { by: 'text', text: '/sync$/' }, label: '“/sync$/”' };

const inGem: Selection = {
  frame: 7,
  line: 12,
  name: 'ActiveRecord::Base#dup',
  file: '/bundle/ruby/3.4.0/gems/activerecord-7.2.1/lib/active_record/core.rb',
  place: 'activerecord 7.2.1 lib/active_record/core.rb',
  definitionLine: 10,
  origin: Origin.Gem,
  box: null,
};

test('a filter is there once, in the order of adding; without any, it is always the same list', () => {
  const both = withFilter(withFilter(everything, gem), text);
  expect(both).toEqual([gem, text]);
  expect(withFilter(both, { ...gem, label: 'otherwise called' })).toBe(both);
  expect(withoutFilter(both, gem)).toEqual([text]);
  expect(withoutFilter(withoutFilter(both, gem), text)).toBe(everything);
});

test('a chip says what the filter does', () => {
  expect([filterWords(gem), filterWords(text)]).toEqual(['Hide gem activerecord', 'Only stacks through “/sync$/”']);
  expect(filterHint(gem)).toBe('Frames of gem activerecord are left out; what they allocate counts for their callers.');
});

test('what a reload kept comes back; what does not fit is left out', () => {
  expect(keptFilters(structuredClone([gem, text]))).toEqual([gem, text]);
  expect(keptFilters([{ kind: 'drop', label: 'x' }, { ...gem, label: 4 }, 7, null, gem])).toEqual([gem]);
  expect(keptFilters('all')).toBe(everything);
});

test('the menu of a method filters by it, its file and its gem', () => {
  const store = new Store(initialState(null));
  store.send({ type: 'profile', summary: summaryFor(), lens: 'mine', locale: 'en' });
  const items = filterItems(store, inGem).flat();
  expect(items.map(({ label }) => label)).toEqual([
    'Only stacks through ActiveRecord::Base#dup',
    'No stacks through ActiveRecord::Base#dup',
    'Hide ActiveRecord::Base#dup',
    'Only stacks through activerecord 7.2.1 lib/active_record/core.rb',
    'Hide activerecord 7.2.1 lib/active_record/core.rb',
    'Only stacks through gem activerecord',
    'No stacks through gem activerecord',
    'Hide gem activerecord',
    'Show only gem activerecord',
  ]);
  items.find(({ label }) => label === 'Hide gem activerecord')?.act();
  expect(store.state.refinement).toEqual([gem]);
});

test('C has no file to filter by; a line is no method, so its file stands for it', () => {
  const store = new Store(initialState(null));
  const labels = (selection: Selection): string[] =>
    filterItems(store, selection).flatMap((group) => group.map(({ label }) => label));
  expect(labels({ ...inGem, file: '<cfunc>', place: 'C', origin: Origin.Core })).not.toContain('Hide C');
  const line = { ...inGem, frame: -1, file: 'app/a.rb', place: 'app/a.rb', origin: Origin.Mine };
  expect(labels(line).slice(0, 3)).toEqual([
    'Only stacks through app/a.rb',
    'No stacks through app/a.rb',
    'Hide app/a.rb',
  ]);
});
