import { expect, test } from 'vitest';
import { selectionOf } from '../../webview/boxSelection';
import { frameText, stackText } from '../../webview/copiedText';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';

const text = `
  Job#perform@app/job.rb#5:6 > Build#all@app/build.rb#10:12 > Class#new@<cfunc>   50
`;

test('a frame is copied as Ruby writes it in a backtrace', () => {
  const byLine = flameTreeFromText(text, { groupBy: 'line' });
  expect(frameText(selectionOf(byLine, rowNamed(byLine, 'Build#all')))).toBe("app/build.rb:12:in 'Build#all'");
  const byMethod = flameTreeFromText(text);
  expect(frameText(selectionOf(byMethod, rowNamed(byMethod, 'Build#all')))).toBe("app/build.rb:10:in 'Build#all'");
});

test('a stack is copied innermost first, whichever way the picture goes', () => {
  const stack = ["<cfunc>:in 'Class#new'", "app/build.rb:12:in 'Build#all'", "app/job.rb:6:in 'Job#perform'"];
  const down = flameTreeFromText(text, { groupBy: 'line' });
  expect(stackText(down, rowNamed(down, 'Class#new')).split('\n')).toEqual(stack);
  expect(stackText(down, rowNamed(down, 'Build#all')).split('\n')).toEqual(stack.slice(1));
  const up = flameTreeFromText(text, { groupBy: 'line', direction: 'callers' });
  expect(stackText(up, rowNamed(up, 'Job#perform')).split('\n')).toEqual(stack);
});

test('what cannot be seen in a name is visible in the copy too, and a name of 100 kB is cut', () => {
  const tree = flameTreeFromText(text);
  const selection = selectionOf(tree, rowNamed(tree, 'Build#all'));
  expect(frameText({ ...selection, name: 'A#\u202egnirts\n' })).toBe("app/build.rb:10:in 'A#‹U+202E›gnirts␊'");
  expect(frameText({ ...selection, name: 'x'.repeat(100_000) }).length).toBeLessThan(2100);
});

test('a line without a method is copied as its place', () => {
  const tree = flameTreeFromText(text);
  const line = { ...selectionOf(tree, 0), frame: -1, line: 33, place: 'app/x.rb' };
  expect(frameText(line)).toBe('app/x.rb:33');
});
