import { describe, expect, test } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { compileQuery } from '../../src/profile/search';
import { searchShape } from '../../src/profile/searchShape';
import { wholeByLine } from '../../src/profile/treeShape';
import type { SearchResult } from '../../src/protocol/requests';
import { selectionOf } from '../../webview/boxSelection';
import { nextMatch, searchWalk } from '../../webview/searchWalk';
import { type Action, initialState, reduce, type State } from '../../webview/state';
import { subjectKey } from '../../webview/subjects';
import { profileFromText } from '../support/profileFromText';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';
import { summaryFor } from './summaryFor';

const text = `
  A@app/a.rb:1 > Hit@app/hit.rb#1:2 > new@<cfunc>   50
  A@app/a.rb:1 > B@app/b.rb:3 > Hit@app/hit.rb#1:2  30
  A@app/a.rb:1 > B@app/b.rb:3 > Hit@app/hit.rb#1:5   1
  C@app/c.rb:1                                       9
`;
const whole = flameTreeFromText(text, { groupBy: 'line' });
const coarse = flameTreeFromText(text, { groupBy: 'line', minSamples: 20 });

/** What the server answers. */
function answerTo(query: string): SearchResult {
  const profile = profileFromText(text);
  const tree = buildCallTree(profile, wholeByLine);
  const { nodes, ...sums } = searchShape(profile, wholeByLine, tree, compileQuery(query), 100);
  const pick = (column: ArrayLike<number>): number[] => nodes.map((node) => column[node]!);
  const frame = Int32Array.from(pick(tree.frame));
  const matches = {
    length: nodes.length,
    node: Int32Array.from(nodes),
    depth: Uint16Array.from(pick(tree.depth)),
    start: Float64Array.from(pick(tree.start)),
    total: Float64Array.from(pick(tree.total)),
    self: Float64Array.from(pick(tree.self)),
    parentTotal: Float64Array.from(nodes, (node) => tree.total[tree.parent[node]!] ?? tree.totalSamples),
    frame,
    line: Int32Array.from(pick(tree.line)),
  };
  return { ...sums, matches, named: whole.frames };
}

function searching(query: string, tree = whole): State {
  const opened: Action[] = [
    { type: 'profile', summary: summaryFor(), lens: 'mine', locale: 'en' },
    { type: 'base', tree },
    { type: 'query', query },
  ];
  const state = opened.reduce(reduce, initialState(null));
  const key = subjectKey(state, 'search') ?? '';
  return reduce(state, { type: 'answer', question: 'search', key, result: answerTo(query) });
}

function walked(state: State, by: 1 | -1, steps: number): string[] {
  const seen: string[] = [];
  let at = state;
  for (let i = 0; i < steps; i++) {
    at = reduce(at, { type: 'select', selection: nextMatch(at, by) });
    const { selected } = at;
    seen.push(`${selected?.name}:${selected?.line} ${selected?.box?.total} ${searchWalk(at)?.at}`);
  }
  return seen;
}

describe('walking what a search matches', () => {
  test('goes from box to box in the order of the tree, round at its ends', () => {
    const state = searching('hit');
    expect(searchWalk(state)?.at).toBe(-1);
    expect(walked(state, 1, 4)).toEqual(['Hit:2 50 0', 'Hit:2 30 1', 'Hit:5 1 2', 'Hit:2 50 0']);
    expect(walked(state, -1, 2)).toEqual(['Hit:5 1 2', 'Hit:2 30 1']);
  });

  test('goes on from what is selected, also where that does not match', () => {
    const state = searching('hit');
    const at = (name: string): State =>
      reduce(state, { type: 'select', selection: selectionOf(whole, rowNamed(whole, name)) });
    expect(walked(at('B'), 1, 1)).toEqual(['Hit:2 30 1']);
    expect(walked(at('B'), -1, 1)).toEqual(['Hit:2 50 0']);
    expect(walked(at('C'), 1, 1)).toEqual(['Hit:2 50 0']);
  });

  test('knows boxes that are too narrow to be here', () => {
    const narrow = nextMatch(searching('hit', coarse), -1);
    const full = nextMatch(searching('hit'), -1);
    expect(coarse.length).toBeLessThan(whole.length);
    expect(narrow).toEqual(full);
  });

  test('nothing is walked without matches, without boxes, and in tabs that show none', () => {
    expect(nextMatch(searching('nothing like it'), 1)).toBeNull();
    const state = searching('hit');
    expect(nextMatch(reduce(state, { type: 'tab', tab: 'tree' }), 1)).not.toBeNull();
    expect(nextMatch(reduce(state, { type: 'tab', tab: 'methods' }), 1)).toBeNull();
    expect(nextMatch(reduce(state, { type: 'direction', direction: 'callers' }), 1)).toBeNull();
    expect(nextMatch(reduce(state, { type: 'query', query: 'hi' }), 1)).toBeNull();
  });
});
