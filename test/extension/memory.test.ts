import { describe, expect, test } from 'vitest';
import { Memory, type Store } from '../../src/extension/memory';

function store(values: Record<string, unknown> = {}): Store & { readonly values: Record<string, unknown> } {
  return {
    values,
    get: (key) => values[key],
    update: (key, value) => {
      values[key] = value;
      return Promise.resolve();
    },
  };
}

describe('memory', () => {
  test('starts with nothing chosen', () => {
    const memory = new Memory(store(), store());
    expect(memory).toMatchObject({
      active: null,
      opened: [],
      lens: null,
      heat: null,
      grouping: 'file',
      findingGrouping: 'pattern',
      mappings: {},
      asked: [],
      recent: [],
      lastFolder: null,
    });
  });

  test('comes back after a reload', () => {
    const [workspace, global] = [store(), store()];
    const before = new Memory(workspace, global);
    before.active = 'file:///a.dump';
    before.lens = 'caller';
    before.heat = false;
    before.grouping = 'method';
    before.findingGrouping = 'file';
    before.mappings = { '/app': '/home/me/shop' };
    before.addRecent('file:///a.dump');
    expect(new Memory(store(workspace.values), store(global.values))).toMatchObject({
      active: 'file:///a.dump',
      lens: 'caller',
      heat: false,
      grouping: 'method',
      findingGrouping: 'file',
      mappings: { '/app': '/home/me/shop' },
      recent: ['file:///a.dump'],
    });
  });

  test('stored values of another shape count as none', () => {
    const odd = {
      active: 3,
      opened: 'x',
      lens: 'theirs',
      heat: 'yes',
      grouping: [],
      mappings: ['/app'],
      asked: [1, '/app'],
    };
    expect(new Memory(store(odd), store({ recent: { 0: 'x' } }))).toMatchObject({
      active: null,
      opened: [],
      lens: null,
      heat: null,
      grouping: 'file',
      asked: ['/app'],
      recent: [],
    });
    expect(new Memory(store({ mappings: { '/app': 1, '/srv': '/home' } }), store()).mappings).toEqual({
      '/srv': '/home',
    });
  });

  test('recent profiles: the newest first, each once, at most ten', () => {
    const memory = new Memory(store(), store());
    for (const name of 'abcdefghijkl') memory.addRecent(name);
    memory.addRecent('f');
    expect(memory.recent.join('')).toBe('flkjihgedc');
    memory.forgetRecent('l');
    expect(memory.recent.join('')).toBe('fkjihgedc');
  });
});
