import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/profile/builder';
import { brokenInvariants } from '../../src/profile/integrity';
import { FrameKind } from '../../src/profile/profile';
import { randomSource } from '../support/randomSource';
import { methodLines, stackLines } from '../support/stackprofHash';

function builderWith(...names: string[]): ProfileBuilder {
  const builder = new ProfileBuilder();
  for (const name of names) builder.addFrame({ name, file: `${name}.rb`, line: 1 });
  return builder;
}

const [A, B, C, D, E] = [0, 1, 2, 3, 4] as const;

describe('ProfileBuilder', () => {
  it('orders the stacks of profile.ts depth-first', () => {
    const builder = builderWith('A', 'B', 'C', 'D', 'E');
    builder.addStack([A, B, C], null, 5);
    builder.addStack([E], null, 3);
    builder.addStack([A, D], null, 1);
    builder.addStack([A, B], null, 2);
    const { stacks, samples, detail } = builder.finish();
    expect([...stacks.frame]).toEqual([A, B, C, D, E]);
    expect([...stacks.parent]).toEqual([-1, 0, 1, 0, -1]);
    expect([...stacks.subtreeEnd]).toEqual([4, 3, 3, 4, 5]);
    expect([...stacks.self]).toEqual([0, 2, 5, 1, 3]);
    expect([...stacks.total]).toEqual([8, 7, 5, 1, 3]);
    expect({ samples, detail }).toEqual({ samples: 11, detail: 'raw' });
  });

  it('makes one row of frames with equal name, file and line, and adds their own figures', () => {
    const builder = new ProfileBuilder();
    const first = builder.addFrame({ name: 'Enumerable#map', file: '<cfunc>', line: 0, self: 2, total: 5 });
    const other = builder.addFrame({ name: 'Enumerable#map', file: '<cfunc>', line: 3 });
    expect(builder.addFrame({ name: 'Enumerable#map', file: '<cfunc>', line: 0, self: 1, total: 4 })).toBe(first);
    expect(other).not.toBe(first);
    builder.samples = 8;
    const { frames, detail } = builder.finish();
    expect(detail).toBe('aggregate');
    expect([frames.self[first], frames.total[first]]).toEqual([3, 8]);
  });

  it('counts a frame once per sample, however often it is on the stack', () => {
    const builder = builderWith('A', 'B');
    builder.addStack([A, B, A, B, A], null, 4);
    builder.addStack([B, A], null, 1);
    expect(methodLines(builder.finish())).toEqual(['A A.rb:1 5 5', 'B B.rb:1 0 5']);
  });

  it('keeps the same method at two lines apart, with lines as detail', () => {
    const builder = builderWith('A', 'B');
    builder.addStack([A, B], [3, 7], 1);
    builder.addStack([A, B], [4, 7], 2);
    const profile = builder.finish();
    expect(profile.detail).toBe('raw_lines');
    expect(stackLines(profile)).toEqual(['A:3 > B:7 1', 'A:4 > B:7 2']);
  });

  it('groups line sums and edges by frame and adds up equal ones', () => {
    const builder = builderWith('A', 'B');
    builder.samples = 10;
    builder.addFrameLine(B, 9, 1, 1);
    builder.addFrameLine(A, 5, 4, 0);
    builder.addFrameLine(A, 2, 3, 1);
    builder.addFrameLine(A, 5, 2, 2);
    builder.addEdge(A, B, 3);
    builder.addEdge(A, B, 1);
    const profile = builder.finish();
    expect([...profile.frameLines.offset]).toEqual([0, 2, 3]);
    expect([...profile.frameLines.line]).toEqual([2, 5, 9]);
    expect([...profile.frameLines.total]).toEqual([3, 6, 1]);
    expect([...profile.frameLines.self]).toEqual([1, 2, 1]);
    expect([...profile.edges.offset]).toEqual([0, 1, 1]);
    expect([...profile.edges.count]).toEqual([4]);
  });

  it.each([
    ['Integer#to_s', '<cfunc>', FrameKind.C],
    ['Array#pack', '<internal:pack>', FrameKind.Internal],
    ['(garbage collection)', '', FrameKind.Gc],
    ['nameless', '', FrameKind.Eval],
    ['<main>', '-e', FrameKind.Eval],
    ['Object#x', '(eval at a.rb:3)', FrameKind.Eval],
    ['Object#x', '(irb)', FrameKind.Eval],
    ['Job#perform', '/app/jobs/job.rb', FrameKind.Ruby],
    ['Job#perform', 'C:/app/jobs/job.rb', FrameKind.Ruby],
  ])('knows the kind of %s in %s', (name, file, kind) => {
    const builder = new ProfileBuilder();
    builder.addFrame({ name, file, line: 0 });
    expect(builder.finish().frames.kind[0]).toBe(kind);
  });

  it('keeps every promise of profile.ts and loses no sample, whatever the stacks', () => {
    const random = randomSource(7);
    for (let round = 0; round < 50; round++) {
      const builder = builderWith('A', 'B', 'C', 'D', 'E');
      let samples = 0;
      for (let stack = 0; stack < 60; stack++) {
        const frames = Array.from({ length: 1 + Math.floor(random() * 9) }, () => Math.floor(random() * 5));
        const lines = frames.map(() => Math.floor(random() * 3));
        const count = 1 + Math.floor(random() * 4);
        builder.addStack(frames, lines, count);
        samples += count;
      }
      const profile = builder.finish();
      expect(brokenInvariants(profile)).toEqual([]);
      expect(profile.stacks.self.reduce((sum, self) => sum + self, 0)).toBe(samples);
    }
  });
});
