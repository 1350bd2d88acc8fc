import { expect, test } from 'vitest';
import { codeSpan, escapeMarkdown } from '../../src/server/markdown';

test('code spans hold any text', () => {
  expect(codeSpan('Class#new')).toBe('`Class#new`');
  expect(codeSpan('a`b')).toBe('``a`b``');
  expect(codeSpan('``')).toBe('``` `` ```');
  expect(codeSpan('a\n\nb')).toBe('`a b`');
  expect(codeSpan('')).toBe('`  `');
});

test('markup in text is text', () => {
  expect(escapeMarkdown('a_b [x](y) <b> `c`\nd')).toBe('a\\_b \\[x\\]\\(y\\) \\<b\\> \\`c\\` d');
});
