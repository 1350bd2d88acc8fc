import { expect, test } from 'vitest';
import { targetOfDefinition } from '../../src/extension/taskDefinition';

test.each([
  [
    { kind: 'script', file: 'a.rb', args: ['x', 1] },
    { kind: 'script', file: 'a.rb', args: ['x'] },
  ],
  [
    { kind: 'script', file: 'a.rb', args: 'x' },
    { kind: 'script', file: 'a.rb', args: [] },
  ],
  [
    { kind: 'rspec', file: 'a_spec.rb', line: 3 },
    { kind: 'rspec', file: 'a_spec.rb', line: 3 },
  ],
  [
    { kind: 'rspec', file: 'a_spec.rb', line: '3' },
    { kind: 'rspec', file: 'a_spec.rb', line: null },
  ],
  [
    { kind: 'minitest', file: 'a_test.rb', test: '/x/' },
    { kind: 'minitest', file: 'a_test.rb', line: null, test: '/x/' },
  ],
  [
    { kind: 'job', code: 'A.perform_now' },
    { kind: 'job', code: 'A.perform_now' },
  ],
  [{ kind: 'job', file: 'a.rb' }, null],
  [{ kind: 'script' }, null],
  [{ kind: 'script', file: '' }, null],
  [{ kind: 'cucumber', file: 'a.feature' }, null],
  [{}, null],
])('%j', (definition, target) => expect(targetOfDefinition(definition)).toEqual(target));
