import { describe, expect, test } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { selectFlameRows } from '../../src/profile/flameRows';
import { wholeByLine } from '../../src/profile/treeShape';
import { type FlameTree, toFlameTree } from '../../webview/flameTree';
import { BoxBuffer, type BoxColours, type FlameWindow, hitTest, layoutBoxes } from '../../webview/layout';
import { everything } from '../../webview/viewFilters';
import type { SampleRange } from '../../webview/viewport';
import { flameTreeFromText, nameOf } from './flameTreeFromText';
import { syntheticProfile } from './harness/syntheticProfile';

const text = `
  A@app/a.rb:1 > B@app/b.rb:1 > D@app/d.rb:1   40
  A@app/a.rb:1 > B@app/b.rb:1                  10
  A@app/a.rb:1 > C@app/c.rb:1                  30
  A@app/a.rb:1                                 10
  E@app/e.rb:1                                 10
`;

const restColour = 7;

function windowOn(range: SampleRange, widthPx = 100, heightPx = 100, scrollPx = 0): FlameWindow {
  return { range, widthPx, heightPx, scrollPx, rowPx: 10, gapPx: 1, rootRow: null };
}

function coloursOf(tree: FlameTree): BoxColours {
  return { perFrame: Uint32Array.from(tree.frames.name, (_, frame) => 100 + frame), perBox: null, rest: restColour };
}

/** `name left..right @top` per box; `rest` for the flat areas. */
function drawn(tree: FlameTree, window: FlameWindow, except: SampleRange | null = null): string[] {
  const out = new BoxBuffer(1);
  layoutBoxes(tree, window, coloursOf(tree), out, except);
  return Array.from({ length: out.length }, (_, i) => {
    const [left, right, top] = out.floats.slice(i * 4, i * 4 + 3);
    const row = out.rows[i]!;
    expect(out.colours[i * 4 + 3]).toBe(row < 0 ? restColour : 100 + tree.frame[row]!);
    return `${row < 0 ? 'rest' : nameOf(tree, row)} ${left}..${right} @${top}`;
  });
}

test('everything at once: a box per node, with a gap at its right', () => {
  const tree = flameTreeFromText(text);
  expect(drawn(tree, windowOn({ from: 0, to: 100 }))).toEqual([
    'A 0..89 @0',
    'B 0..49 @10',
    'D 0..39 @20',
    'C 50..79 @10',
    'E 90..100 @0',
  ]);
});

test('zoomed: what is left and right of the view is gone, what crosses an edge is cut there', () => {
  const tree = flameTreeFromText(text);
  expect(drawn(tree, windowOn({ from: 45, to: 95 }))).toEqual([
    'A 0..89 @0',
    'B 0..9 @10',
    'C 10..69 @10',
    'E 90..100 @0',
  ]);
});

test('roots at the bottom: the same boxes, each row above its caller', () => {
  const tree = flameTreeFromText(text);
  const window = { ...windowOn({ from: 0, to: 100 }, 100, 40), rootRow: 3 };
  const boxes = ['A 0..89 @30', 'B 0..49 @20', 'D 0..39 @10', 'C 50..79 @20', 'E 90..100 @30'];
  expect(drawn(tree, window)).toEqual(boxes);
  expect(nameOf(tree, hitTest(tree, window, 10, 15))).toBe('D');
  expect(nameOf(tree, hitTest(tree, window, 10, 35))).toBe('A');
  expect(hitTest(tree, window, 10, 5)).toBe(-1);
  expect(drawn(tree, { ...window, heightPx: 10, scrollPx: 20 })).toEqual(['B 0..49 @0', 'C 50..79 @0']);
});

test('scrolled: rows above and below the view are not there', () => {
  const tree = flameTreeFromText(text);
  expect(drawn(tree, windowOn({ from: 0, to: 100 }, 100, 10, 10))).toEqual(['B 0..49 @0', 'C 50..79 @0']);
});

test('a family too narrow to draw becomes one flat area as wide as all of it', () => {
  const many = Array.from({ length: 300 }, (_, i) => `A@app/a.rb:1 > K${i}@app/k.rb:${i + 1} 1`).join('\n');
  const tree = flameTreeFromText(`${many}\nA@app/a.rb:1 > B@app/b.rb:1 700`);
  expect(drawn(tree, windowOn({ from: 0, to: 1000 }))).toEqual(['A 0..100 @0', 'B 0..69 @10', 'rest 70..100 @10']);
});

test('what the server left out is a flat area as well', () => {
  const many = Array.from({ length: 300 }, (_, i) => `A@app/a.rb:1 > K${i}@app/k.rb:${i + 1} 1`).join('\n');
  const tree = flameTreeFromText(`${many}\nA@app/a.rb:1 > B@app/b.rb:1 700`, { minSamples: 5 });
  expect(tree.length).toBe(2);
  expect(drawn(tree, windowOn({ from: 0, to: 1000 }))).toEqual(['A 0..100 @0', 'rest 70..100 @10', 'B 0..69 @10']);
});

test('samples that end in a box leave the space below it empty', () => {
  const tree = flameTreeFromText('A@app/a.rb:1 60\nA@app/a.rb:1 > B@app/b.rb:1 40');
  expect(drawn(tree, windowOn({ from: 0, to: 100 }))).toEqual(['A 0..100 @0', 'B 0..39 @10']);
});

test('with a finer tree at hand, boxes that touch it are left to it', () => {
  const tree = flameTreeFromText(text);
  expect(drawn(tree, windowOn({ from: 0, to: 100 }), { from: 85, to: 100 })).toEqual([
    'B 0..49 @10',
    'D 0..39 @20',
    'C 50..79 @10',
  ]);
});

describe('in the order of time', () => {
  const recorded = `
    A@app/a.rb:1 > B@app/b.rb:1   40
    A@app/a.rb:1                  10
    A@app/a.rb:1 > C@app/c.rb:1    1
    A@app/a.rb:1 > D@app/d.rb:1    1
    A@app/a.rb:1 > B@app/b.rb:1   28
    E@app/e.rb:1 > B@app/b.rb:1    1
    E@app/e.rb:1 > C@app/c.rb:1    1
    E@app/e.rb:1 > B@app/b.rb:1    1
    E@app/e.rb:1                   1
    E@app/e.rb:1 > D@app/d.rb:1   16
  `;
  const window = windowOn({ from: 0, to: 100 });

  test('own samples leave room where they were recorded', () => {
    expect(drawn(flameTreeFromText(recorded, { order: 'time' }), window).slice(0, 6)).toEqual([
      'A 0..79 @0',
      'B 0..39 @10',
      'C 50..51 @10',
      'D 51..52 @10',
      'B 52..79 @10',
      'E 80..100 @0',
    ]);
  });

  test('calls too narrow to be here are a flat area where they are more than own samples', () => {
    const coarse = flameTreeFromText(recorded, { order: 'time', minSamples: 2 });
    // Beside ten own samples of A, two of calls; beside one of E, three.
    expect(drawn(coarse, window)).toEqual([
      'A 0..79 @0',
      'B 0..39 @10',
      'B 52..79 @10',
      'E 80..100 @0',
      'D 84..100 @10',
      'rest 80..84 @10',
    ]);
    expect(drawn(coarse, window, { from: 80, to: 82 })).toContain('rest 82..84 @10');
  });

  test('only the part that was asked for is judged', () => {
    const part = flameTreeFromText(recorded, { order: 'time', minSamples: 2, from: 82, to: 100 });
    expect(drawn(part, windowOn({ from: 80, to: 100 }))).toEqual(['E 0..100 @0', 'D 20..100 @10', 'rest 10..20 @10']);
  });

  test('boxes narrower than a pixel do not hide those beside them', () => {
    const tree = flameTreeFromText(recorded, { order: 'time' });
    const narrow = drawn(tree, windowOn({ from: 0, to: 100 }, 50));
    expect(narrow).toContain('B 26..39 @10');
    expect(narrow.filter((box) => box.startsWith('rest')).length).toBeGreaterThan(0);
  });
});

describe('on thousands of boxes', () => {
  const profile = syntheticProfile({ seed: 3, boxes: 8000, depth: 40, skew: 0.6 });
  const call = buildCallTree(profile, wholeByLine);
  const names = Array.from(profile.frames.name, (index) => profile.strings[index]!);
  const frames = {
    index: Int32Array.from(names.keys()),
    name: names,
    file: names,
    place: names,
    definitionLine: profile.frames.line,
    origin: new Uint8Array(names.length),
    ownShare: new Float32Array(names.length),
  };
  const treeOf = (from: number, to: number, minSamples: number): FlameTree =>
    toFlameTree(
      { ...selectFlameRows(call, { from, to, minSamples }), problem: null, change: null, uncompared: null, frames },
      { ...wholeByLine, refinement: everything, compared: null, from, to, minSamples },
    );
  const tree = treeOf(0, call.totalSamples, 0);
  const windows = [
    windowOn({ from: 0, to: call.totalSamples }, 800, 600),
    windowOn({ from: call.totalSamples * 0.31, to: call.totalSamples * 0.32 }, 800, 200, 77),
    windowOn({ from: call.totalSamples * 0.9, to: call.totalSamples }, 333, 600, 250),
  ];

  test('the walk that skips draws exactly the boxes that a walk over all rows would', () => {
    for (const window of windows) {
      const out = new BoxBuffer();
      layoutBoxes(tree, window, coloursOf(tree), out);
      const rows = [...out.rows.subarray(0, out.length)].filter((row) => row >= 0);
      const scale = window.widthPx / (window.range.to - window.range.from);
      const expected: number[] = [];
      for (let row = 0; row < tree.length; row++) {
        const left = (tree.start[row]! - window.range.from) * scale;
        const right = left + tree.total[row]! * scale;
        const top = tree.depth[row]! * window.rowPx - window.scrollPx;
        const inside = left < window.widthPx && right > 0 && top < window.heightPx && top + window.rowPx > 0;
        if (inside && right - left >= 1) expected.push(row);
      }
      expect(rows).toEqual(expected);
      expect(rows.length).toBeGreaterThan(20);
    }
  });

  test('a pointer on a box finds that box, wherever it is', () => {
    for (const window of windows) {
      const out = new BoxBuffer();
      layoutBoxes(tree, window, coloursOf(tree), out);
      for (let i = 0; i < out.length; i++) {
        const row = out.rows[i]!;
        const [left, right, top] = out.floats.slice(i * 4, i * 4 + 3);
        if (row < 0 || right! - left! < 3) continue;
        const y = Math.max(0, top! + 5);
        expect(hitTest(tree, window, (left! + right!) / 2, y)).toBe(row);
      }
    }
  });

  test('a finer tree drawn over the coarse one gives the same boxes as one fine tree', () => {
    const total = call.totalSamples;
    const range = { from: total * 0.4, to: total * 0.6 };
    const window = windowOn(range, 900, 600);
    const coarse = treeOf(0, total, total / 200);
    const fine = treeOf(total * 0.45, total * 0.55, 0);
    const both = [...drawn(coarse, window, fine), ...drawn(fine, window)].filter((box) => !box.startsWith('rest'));
    const whole = drawn(tree, window).filter((box) => !box.startsWith('rest'));
    for (const box of both) expect(whole).toContain(box);
    expect(new Set(both).size).toBe(both.length);
  });

  test('memory grows once and is kept', () => {
    const out = new BoxBuffer(16);
    layoutBoxes(tree, windows[0]!, coloursOf(tree), out);
    const { floats } = out;
    const first = out.length;
    out.clear();
    layoutBoxes(tree, windows[0]!, coloursOf(tree), out);
    expect(out.length).toBe(first);
    expect(out.floats).toBe(floats);
  });
});

test('a pointer beside the boxes finds nothing', () => {
  const tree = flameTreeFromText(text);
  const window = windowOn({ from: 0, to: 100 });
  expect(hitTest(tree, window, 85, 15)).toBe(-1);
  expect(hitTest(tree, window, 5, 95)).toBe(-1);
  expect(hitTest(tree, window, 100, 5)).toBe(-1);
  expect(nameOf(tree, hitTest(tree, window, 95, 5))).toBe('E');
});

test('a tree without boxes draws nothing', () => {
  const tree = flameTreeFromText('');
  expect(drawn(tree, windowOn({ from: 0, to: 1 }))).toEqual([]);
  expect(hitTest(tree, windowOn({ from: 0, to: 1 }), 5, 5)).toBe(-1);
});
