import { describe, expect, it } from 'vitest';
import { textTable } from '../../src/cli/textTable';

describe('textTable', () => {
  it('aligns columns and leaves out empty ones', () => {
    const columns = [
      { title: 'own', align: 'right' },
      { title: 'nothing', align: 'left' },
      { title: 'line', align: 'left' },
    ] as const;
    expect(
      textTable(
        columns,
        [
          ['5', '', 'a.rb:1'],
          ['1,234', '', 'b.rb:22'],
        ],
        80,
      ),
    ).toEqual(['    own  line', '      5  a.rb:1', '  1,234  b.rb:22']);
  });

  it('cuts paths at the front and names at the end until the row fits', () => {
    const columns = [
      { title: 'n', align: 'right' },
      { title: 'path', align: 'left', cut: 'front', least: 10 },
      { title: 'name', align: 'left', cut: 'end', least: 6 },
    ] as const;
    const rows = [['7', 'app/models/balance/sync_cache.rb', 'ActiveRecord::Base#save']];
    expect(textTable(columns, rows, 40)[1]!.length).toBeLessThanOrEqual(40);
    expect(textTable(columns, rows, 40)[1]).toMatch(/^ {2}7 {2}….*\.rb +ActiveRec.*…$/);
    // It cannot get narrower than its columns keep.
    expect(textTable(columns, rows, 5)[1]).toBe('  7  …_cache.rb  Activ…');
  });
});
