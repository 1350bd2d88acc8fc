import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

it.each(['l.map { |r| OpenStruct.new(r) }', 'l.map { |r| ::OpenStruct.new }'])('only advises: %o', async (text) => {
  expect((await patternOutcome('openstruct-per-row', text)).safety).toBe('advice');
});

it.each(['Struct.new(:a)', 'Mine::OpenStruct.new(a: 1)', 'OpenStruct'])('is silent: %o', async (text) => {
  expect((await patternOutcome('openstruct-per-row', text)).safety).toBeNull();
});
