import { expect, test } from 'vitest';
import { boxFacts } from '../../webview/boxFacts';
import { Figures } from '../../webview/figures';
import { flameTreeFromText, rowNamed } from './flameTreeFromText';

const text = `
  Job@app/job.rb#5:6 > Build@app/build.rb#10:12 > Class#new@<cfunc>   50
  Job@app/job.rb#5:6 > Save@app/save.rb#3:9 > Build@app/build.rb#10:12   20
  Job@app/job.rb#5:6 > Build@app/build.rb#10:14   20
  GC@   10
`;
const figures = new Figures({ unit: 'objects', total: 5000, exact: true, perSample: 50 }, 100, 'en');
const all = { from: 0, to: 100 };

test('a box in figures: of all, and of its caller', () => {
  const tree = flameTreeFromText(text);
  const facts = boxFacts(tree, rowNamed(tree, 'Build'), tree, all, figures, 'zoom');
  expect(facts.name).toBe('Build');
  expect(facts.place).toBe('app/build.rb:10');
  expect(facts.bases).toEqual(['of all', 'of caller']);
  expect(facts.total).toEqual({ amount: '≈3,500 objects', shares: ['70.0 %', '77.8 %'] });
  expect(facts.self).toEqual({ amount: '≈1,000 objects', shares: ['20.0 %', ''] });
  expect(facts.notes).toEqual(['Box 1 of 2 of this method, widest first', 'Estimated from 70 samples']);
});

test('split by line, boxes of the line are counted', () => {
  const tree = flameTreeFromText(text, { groupBy: 'line' });
  const facts = boxFacts(tree, rowNamed(tree, 'Build'), tree, all, figures, 'zoom');
  expect(facts.place).toBe('app/build.rb:12');
  expect(facts.notes[0]).toBe('Box 1 of 2 of this line, widest first');
  expect(boxFacts(tree, rowNamed(tree, 'Save'), tree, all, figures, 'zoom').notes).toEqual([
    'Estimated from 20 samples',
  ]);
});

test('zoomed in, a share is also of what is shown: of the part of the box that is', () => {
  const tree = flameTreeFromText(text);
  const half = { from: 60, to: 80 };
  const build = boxFacts(tree, rowNamed(tree, 'Build'), tree, half, figures, 'zoom');
  expect(build.bases).toEqual(['of all', 'of shown', 'of caller']);
  // Samples 0 .. 70, its own at the end of them: 50 .. 70.
  expect(build.total.shares).toEqual(['70.0 %', '50.0 %', '77.8 %']);
  expect(build.self.shares).toEqual(['20.0 %', '50.0 %', '']);
  const job = boxFacts(tree, rowNamed(tree, 'Job'), tree, half, figures, 'zoom');
  expect(job.bases).toEqual(['of all', 'of shown']);
  expect(job.total.shares).toEqual(['90.0 %', '100.0 %']);
});

test('under filters, what is shown is less than all as well', () => {
  const tree = flameTreeFromText('Job@app/job.rb#5:6 > Build@app/build.rb#10:12 40');
  const facts = boxFacts(tree, rowNamed(tree, 'Build'), tree, { from: 0, to: 40 }, figures, 'zoom');
  expect(facts.total.shares).toEqual(['40.0 %', '100.0 %', '100.0 %']);
});

test('callers first, the box above is the callee', () => {
  const tree = flameTreeFromText(text, { direction: 'callers' });
  expect(boxFacts(tree, rowNamed(tree, 'Job'), tree, all, figures, 'zoom').bases).toEqual(['of all', 'of callee']);
});

test('of counted objects nothing is estimated', () => {
  const tree = flameTreeFromText(text);
  const counted = new Figures({ unit: 'objects', total: 100, exact: true, perSample: 1 }, 100, 'en');
  const facts = boxFacts(tree, rowNamed(tree, 'Class#new'), tree, all, counted, 'zoom');
  expect(facts.total.amount).toBe('50 objects');
  expect(facts.notes).toEqual([]);
});

test('a rebuilt picture says so', () => {
  const tree = { ...flameTreeFromText(text), approximate: true };
  const facts = boxFacts(tree, rowNamed(tree, 'GC'), tree, all, figures, 'zoom');
  expect(facts.hint).toBe('Approximate: rebuilt from caller–callee sums. No source to open · Double-click: zoom');
  expect(facts.notes).toEqual([]);
});
