import { expect, test } from 'vitest';
import { groupFindings } from '../../src/protocol/groupFindings';
import type { FindingRow } from '../../src/protocol/requests';

const row = (id: string, place: string, line: number, safety: FindingRow['safety'] = 'safe'): FindingRow => ({
  id,
  title: `about ${id}`,
  safety,
  share: 0.1,
  saving: '',
  explanation: '',
  hasFix: false,
  description: '',
  tooltip: '',
  uri: `file:///${place}`,
  place,
  line,
  character: 0,
  file: `/app/${place}`,
  recordedLine: line + 1,
});
const findings = [row('keys-each', 'a.rb', 5), row('merge-in-loop', 'b.rb', 1, 'review'), row('keys-each', 'b.rb', 2)];
const shown = (...options: [Parameters<typeof groupFindings>[1], Parameters<typeof groupFindings>[2]]) =>
  groupFindings(findings, ...options).map(({ label, description, lines }) => [
    label,
    description,
    lines.map(({ place, line }) => `${place}:${line}`).join(' '),
  ]);

test('by pattern', () => {
  expect(shown('pattern', 'all')).toEqual([
    ['keys-each', 'about keys-each', 'a.rb:5 b.rb:2'],
    ['merge-in-loop', 'about merge-in-loop', 'b.rb:1'],
  ]);
});

test('by file', () => {
  expect(shown('file', 'all')).toEqual([
    ['a.rb', '1 finding', 'a.rb:5'],
    ['b.rb', '2 findings', 'b.rb:1 b.rb:2'],
  ]);
});

test('of one class of safety only', () => {
  expect(shown('file', 'review')).toEqual([['b.rb', '1 finding', 'b.rb:1']]);
  expect(shown('file', 'advice')).toEqual([]);
});
