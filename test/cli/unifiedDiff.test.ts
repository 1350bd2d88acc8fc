import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/cli/unifiedDiff';

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

describe('unifiedDiff', () => {
  it('is empty where nothing changed', () => {
    expect(unifiedDiff('a.rb', 'x\n', 'x\n')).toBe('');
  });

  it('shows three lines around a change', () => {
    const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9');
    expect(unifiedDiff('lib/a.rb', before, before.replace('5\n', 'five\nand\n'))).toBe(
      lines(
        ...['--- a/lib/a.rb', '+++ b/lib/a.rb', '@@ -2,7 +2,8 @@'],
        ...[' 2', ' 3', ' 4', '-5', '+five', '+and', ' 6', ' 7', ' 8'],
      ),
    );
  });

  it('joins changes that are close and parts those that are not', () => {
    const before = Array.from({ length: 40 }, (_, at) => `${at}\n`).join('');
    const hunks = (...changed: number[]): number =>
      (
        unifiedDiff(
          'a',
          before,
          changed.reduce((text, at) => text.replace(`\n${at}\n`, `\n${at}!\n`), before),
        ).match(/^@@/gm) ?? []
      ).length;
    expect(hunks(5, 11)).toBe(1);
    expect(hunks(5, 30)).toBe(2);
  });

  it('takes a change of indentation for a change', () => {
    expect(unifiedDiff('a', 'x\n', '  x\n')).toBe(lines('--- a/a', '+++ b/a', '@@ -1,1 +1,1 @@', '-x', '+  x'));
  });

  it('says where the last line has no end, keeps CRLF, and begins with empty files', () => {
    expect(unifiedDiff('a', 'x', 'y\n')).toBe(
      lines('--- a/a', '+++ b/a', '@@ -1,1 +1,1 @@', '-x', '\\ No newline at end of file', '+y'),
    );
    expect(unifiedDiff('a', 'x\r\n', 'y\r\n')).toContain('-x\r\n+y\r\n');
    expect(unifiedDiff('a', '', 'y\n')).toContain('@@ -0,0 +1,1 @@\n+y\n');
  });
});
