import { describe, expect, test } from 'vitest';
import { Outline } from '../../webview/outline';

/** a > (b > c, d), e */
function sample(): {
  readonly outline: Outline;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
} {
  const outline = new Outline();
  const a = outline.add(-1, true);
  const b = outline.add(a, true);
  const c = outline.add(b, false);
  const d = outline.add(a, false);
  const e = outline.add(-1, false);
  return { outline, a, b, c, d, e };
}

describe('Outline', () => {
  test('shows what is open', () => {
    const { outline, a, b, c, d, e } = sample();
    expect([...outline.inSight(null)]).toEqual([a, e]);
    outline.setOpen(a, true);
    expect([...outline.inSight(null)]).toEqual([a, b, d, e]);
    outline.openTo(c);
    expect([...outline.inSight(null)]).toEqual([a, b, c, d, e]);
    outline.setOpen(a, false);
    expect([...outline.inSight(null)]).toEqual([a, e]);
    outline.closeAll();
    outline.setOpen(a, true);
    expect([...outline.inSight(null)]).toEqual([a, b, d, e]);
  });

  test('says where a row stands', () => {
    const { outline, a, b, c, e } = sample();
    outline.setOpen(a, true);
    expect(outline.place(a)).toEqual({ level: 1, open: true, position: 1, siblings: 2 });
    expect(outline.place(b)).toEqual({ level: 2, open: false, position: 1, siblings: 2 });
    expect(outline.place(c)).toEqual({ level: 3, open: null, position: 1, siblings: 1 });
    expect(outline.parent(b)).toBe(a);
    expect(outline.parent(e)).toBe(-1);
  });

  test('sorts within families, also what comes later', () => {
    const { outline, a, b, d, e } = sample();
    outline.sortBy((ids) => [...ids].reverse());
    outline.setOpen(a, true);
    expect([...outline.inSight(null)]).toEqual([e, a, d, b]);
    const f = outline.add(a, false);
    expect([...outline.inSight(null)]).toEqual([e, a, f, d, b]);
    expect(outline.children(a)).toEqual([b, d, f]);
  });

  test('keeps what fits with what it is under, open as long as it is asked for', () => {
    const { outline, a, b, c } = sample();
    expect([...outline.inSight((id) => id === c)]).toEqual([a, b, c]);
    expect(outline.place(a).open).toBe(true);
    expect([...outline.inSight((id) => id === a)]).toEqual([a]);
    expect([...outline.inSight(() => false)]).toEqual([]);
    expect([...outline.inSight(null)]).toEqual([a, 4]);
    expect(outline.isOpen(a)).toBe(false);
  });

  test('a row without rows does not open', () => {
    const { outline, e } = sample();
    outline.setOpen(e, true);
    expect(outline.isOpen(e)).toBe(false);
  });
});
