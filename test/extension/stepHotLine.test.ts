import { describe, expect, test } from 'vitest';
import { type Place, stepHotLine } from '../../src/extension/stepHotLine';
import type { HotTreeGroup } from '../../src/protocol/requests';

/** `a 9 3 5?` is the file `a` with hot lines 9 and 3, heaviest first, and line 5 below the threshold. */
function groups(...files: readonly string[]): readonly HotTreeGroup[] {
  return files.map((file) => {
    const [uri = '', ...lines] = file.split(' ');
    const words = { label: '', description: '', tooltip: '' };
    return {
      ...words,
      uri,
      lines: lines.map((text) => {
        const line = Number(text.replace('?', ''));
        return { ...words, uri, line, file: uri, recordedLine: line + 1, hot: !text.endsWith('?') };
      }),
    };
  });
}

function at(place: string): Place {
  const [uri = '', line] = place.split(' ');
  return { uri, line: Number(line) };
}

function step(files: readonly HotTreeGroup[], from: string | null, direction: 1 | -1): string | null {
  const place = stepHotLine(files, from === null ? null : at(from), direction);
  return place === null ? null : `${place.uri} ${place.line}`;
}

const files = groups('a 9 3', 'b 5', 'c 7 1');

describe('stepping through hot lines', () => {
  test.each([
    ['a 0', 'a 3'],
    ['a 3', 'a 9'],
    ['a 4', 'a 9'],
    ['a 9', 'b 5'],
    ['b 99', 'c 1'],
    ['c 7', 'a 3'],
    ['elsewhere 4', 'a 9'],
  ])('after %s comes %s', (from, to) => expect(step(files, from, 1)).toBe(to));

  test.each([
    ['a 9', 'a 3'],
    ['a 3', 'c 7'],
    ['b 5', 'a 9'],
    ['c 1', 'b 5'],
    ['elsewhere 4', 'a 9'],
  ])('before %s comes %s', (from, to) => expect(step(files, from, -1)).toBe(to));

  test('lines below the threshold are passed over', () => {
    expect(step(groups('a 9 3? 12', 'b 5?'), 'a 2', 1)).toBe('a 9');
    expect(step(groups('a 9 3? 12', 'b 5?'), 'a 12', 1)).toBe('a 9');
  });

  test('where none reaches the threshold every listed line is a stop', () => {
    expect(step(groups('a 9? 3?'), 'a 4', 1)).toBe('a 9');
  });

  test('without a cursor it starts at the heaviest line', () => {
    expect(step(files, null, 1)).toBe('a 9');
  });

  test('without hot lines there is nowhere to go', () => {
    expect(step([], 'a 3', 1)).toBeNull();
    expect(step(groups('a'), null, -1)).toBeNull();
  });

  test('a line that several methods share is one stop', () => {
    const shared = groups('a 3', 'a 3 8');
    expect(step(shared, 'a 3', 1)).toBe('a 8');
    expect(step(shared, 'a 8', 1)).toBe('a 3');
  });

  test('every hot line is reached, once, in a round', () => {
    const visited: (string | null)[] = [];
    for (let place = step(files, null, 1); !visited.includes(place); place = step(files, place, 1)) visited.push(place);
    expect(visited).toEqual(['a 9', 'b 5', 'c 1', 'c 7', 'a 3']);
  });
});
