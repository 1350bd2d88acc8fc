import { describe, expect, test } from 'vitest';
import type { NamedBaseline } from '../../src/protocol/requests';
import { samePicture } from '../../webview/flameTree';
import { initialState, keptState, reduce, type State, statePicture } from '../../webview/state';
import { subjectKey } from '../../webview/subjects';
import { summaryFor } from './summaryFor';

describe('a baseline', () => {
  const summary = summaryFor({ samples: 100 });
  const baseline: NamedBaseline = { uri: 'file:///before.dump', name: 'before.dump', scaling: { by: 'none' } };
  const shown = (state: State, of: NamedBaseline | null): State =>
    reduce(state, { type: 'profile', summary: { ...summary, baseline: of }, lens: 'mine', locale: 'en' });

  test('is in the picture as soon as there is one, and another one makes another picture', () => {
    const alone = shown(initialState(null), null);
    expect(statePicture(alone).compared).toBeNull();
    const compared = shown(alone, baseline);
    expect(statePicture(compared).compared).toEqual({ width: 'after', baseline: compared.rebased });
    expect(samePicture(statePicture(alone), statePicture(compared))).toBe(false);
    const again = shown(compared, baseline);
    expect(samePicture(statePicture(compared), statePicture(again))).toBe(true);
    const other = shown(compared, { ...baseline, uri: 'file:///other.dump' });
    expect(samePicture(statePicture(compared), statePicture(other))).toBe(false);
    expect(statePicture(shown(other, null)).compared).toBeNull();
  });

  test('is not in the picture when it is turned off, nor beside the call tree', () => {
    const compared = shown(initialState(null), baseline);
    const off = reduce(compared, { type: 'compared', compared: null });
    expect(statePicture(off).compared).toBeNull();
    expect(keptState(off).compared).toBeNull();
    expect(statePicture(reduce(compared, { type: 'tab', tab: 'tree' })).compared).toBeNull();
  });

  test('makes older comparisons old', () => {
    const compared = shown(initialState(null), baseline);
    const asked = subjectKey(compared, 'compare');
    expect(asked).not.toBeNull();
    expect(subjectKey(shown(compared, { ...baseline, scaling: { by: 'none' } }), 'compare')).toBe(asked);
    expect(subjectKey(shown(compared, { ...baseline, uri: 'file:///other.dump' }), 'compare')).not.toBe(asked);
    expect(subjectKey(shown(compared, null), 'compare')).toBeNull();
  });
});
