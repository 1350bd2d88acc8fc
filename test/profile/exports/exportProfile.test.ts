import { describe, expect, it } from 'vitest';
import { type Exported, type ExportFormat, exportProfile } from '../../../src/profile/exports/exportProfile';
import type { GroupBy } from '../../../src/profile/lens';
import { buildLineIndex } from '../../../src/profile/lineIndex';
import { measureOf } from '../../../src/profile/measure';
import type { Profile } from '../../../src/profile/profile';
import { originByFolder, type ProfileText, profileFromText } from '../../support/profileFromText';
import { randomSource } from '../../support/randomSource';
import { readPprof } from '../../support/readProto';

const STACKS = `
  A#a@app/a.rb#1:2 > B#b@app/b.rb#3:4 > Kernel#dup@<cfunc>   5
  A#a@app/a.rb#1:2 > B#b@app/b.rb#3:5                        2
  A#a@app/a.rb#1:9 > B#b@app/b.rb#3:4                        1
  C#c@/gems/c-1.0/c.rb#7:8                                   4
`;

function exportedOf(profile: Profile): Exported {
  const origin = originByFolder(profile);
  return {
    profile,
    measure: measureOf(profile),
    lens: 'mine',
    lines: buildLineIndex(profile, origin),
    origin,
    relative: profile.strings.map((text) => (text.startsWith('app/') ? text : null)),
    packages: profile.strings.map((text) =>
      text.startsWith('app/') ? 'app' : text.startsWith('/gems/c') ? 'c' : 'ruby',
    ),
    name: 'x.dump',
  };
}

function bytesOf(profile: Profile, format: ExportFormat, by: GroupBy = 'method'): Buffer {
  const parts = exportProfile(exportedOf(profile), format, by);
  return Buffer.concat([...parts].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}
const textOf = (profile: Profile, format: ExportFormat, by: GroupBy = 'method'): string =>
  bytesOf(profile, format, by).toString();
const from = (text: string, options?: ProfileText): Profile => profileFromText(text, options);

describe('folded', () => {
  it('has a line per stack, root first, with objects', () => {
    expect(textOf(from(STACKS), 'folded')).toBe('A#a;B#b 3\nA#a;B#b;Kernel#dup 5\nC#c 4\n');
  });

  it('has the lines when they are asked for', () => {
    expect(textOf(from(STACKS), 'folded', 'line').split('\n')).toEqual([
      'A#a - app/a.rb:2;B#b - app/b.rb:4;Kernel#dup 5',
      'A#a - app/a.rb:2;B#b - app/b.rb:5 2',
      'C#c - /gems/c-1.0/c.rb:8 4',
      'A#a - app/a.rb:9;B#b - app/b.rb:4 1',
      '',
    ]);
  });

  it('parts frames by ; only, and stacks by line breaks only', () => {
    const profile = from('A;b\u0007c@app/x;y.rb#1:2 > D#d@app/d.rb:1   3');
    expect(textOf(profile, 'folded')).toBe('A:b c;D#d 3\n');
    expect(textOf(profile, 'folded', 'line')).toBe('A:b c - app/x:y.rb:2;D#d - app/d.rb:1 3\n');
  });

  it('counts samples without a stack', () => {
    expect(textOf(from('A#a@a.rb:1 3', { samples: 5 }), 'folded')).toBe('A#a 3\n(no stack) 2\n');
    expect(textOf(from('', { samples: 0 }), 'folded')).toBe('');
  });
});

describe('speedscope', () => {
  it('opens and closes the boxes of the call tree', () => {
    const file = JSON.parse(textOf(from(STACKS), 'speedscope'));
    expect(file).toMatchObject({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      exporter: 'allocation-hotspots',
      name: 'x.dump',
      activeProfileIndex: 0,
      profiles: [{ type: 'evented', name: 'x.dump: objects allocated', unit: 'none', startValue: 0, endValue: 12 }],
    });
    expect(file.shared.frames).toEqual([
      { name: 'A#a', file: 'app/a.rb', line: 1 },
      { name: 'B#b', file: 'app/b.rb', line: 3 },
      { name: 'Kernel#dup', file: '<cfunc>' },
      { name: 'C#c', file: '/gems/c-1.0/c.rb', line: 7 },
    ]);
    const short = file.profiles[0].events.map(
      ({ type, frame, at }: Record<string, unknown>) => `${type}${frame}@${at}`,
    );
    expect(short.join(' ')).toBe('O0@0 O1@0 O2@0 C2@5 C1@8 C0@8 O3@8 C3@12');
  });

  it('names lines when they are asked for, time in microseconds, and samples without a stack', () => {
    const lines = JSON.parse(textOf(from(STACKS), 'speedscope', 'line'));
    expect(lines.shared.frames.map(({ line }: { line?: number }) => line)).toEqual([2, 4, undefined, 5, 8, 9]);
    const time = JSON.parse(textOf(from('A#a@a.rb:1 3', { mode: 'wall', interval: 1000, samples: 5 }), 'speedscope'));
    expect(time.profiles[0]).toMatchObject({ unit: 'microseconds', endValue: 5000 });
    expect(time.shared.frames.at(-1)).toEqual({ name: '(no stack)' });
    expect(JSON.parse(textOf(from(''), 'speedscope')).profiles[0]).toMatchObject({ endValue: 0, events: [] });
  });
});

describe('pprof', () => {
  it('has stacks with lines, leaf first, objects and samples, and a mapping per package', () => {
    const read = readPprof(bytesOf(from(STACKS, { interval: 100, missedSamples: 12 * 99 }), 'pprof'));
    expect(read).toMatchObject({
      firstString: '',
      sampleTypes: ['alloc_objects/count', 'samples/count'],
      periodType: 'alloc_objects/count',
      period: 100,
      defaultType: 'alloc_objects',
      comment: 'x.dump: written by Allocation Hotspots',
    });
    expect(read.samples.map(({ stack, values }) => [stack.map(({ frame }) => frame).join(' > '), values])).toEqual([
      ['A#a@app/a.rb:2 > B#b@app/b.rb:4 > Kernel#dup@<cfunc>:0', [500, 5]],
      ['A#a@app/a.rb:2 > B#b@app/b.rb:5', [200, 2]],
      ['C#c@/gems/c-1.0/c.rb:8', [400, 4]],
      ['A#a@app/a.rb:9 > B#b@app/b.rb:4', [100, 1]],
    ]);
    expect(read.samples[0]?.stack.map(({ mapping }) => mapping)).toEqual(['app', 'app', 'ruby']);
    expect(read.samples[2]?.stack).toMatchObject([{ mapping: 'c', definition: 7 }]);
  });

  it('has samples only where nothing else is known, and those without a stack', () => {
    const custom = readPprof(bytesOf(from('A#a@a.rb:1 3', { mode: 'custom', interval: null, samples: 4 }), 'pprof'));
    expect(custom.sampleTypes).toEqual(['samples/count']);
    expect(custom.samples.map(({ values }) => values)).toEqual([[3], [1]]);
    expect(custom.samples[1]?.stack).toMatchObject([{ frame: '(no stack)@:0', mapping: '' }]);
    expect(readPprof(bytesOf(from('A#a@a.rb:1 3', { mode: 'cpu' }), 'pprof')).sampleTypes[0]).toBe('cpu/microseconds');
  });
});

describe('csv', () => {
  it('has the methods with the figures of the lens', () => {
    expect(textOf(from(STACKS, { interval: 100, missedSamples: 12 * 99 }), 'csv').split('\r\n')).toEqual([
      'method,file,path,line,self_samples,self_objects,self_share,total_samples,total_objects,total_share',
      'B#b,app/b.rb,app/b.rb,3,8,800,0.666667,8,800,0.666667',
      'A#a,app/a.rb,app/a.rb,1,0,0,0,8,800,0.666667',
      'Kernel#dup,<cfunc>,,,0,0,0,5,500,0.416667',
      'C#c,/gems/c-1.0/c.rb,,7,0,0,0,4,400,0.333333',
      '',
    ]);
  });

  it('has the lines with how sure they are', () => {
    expect(textOf(from(STACKS), 'csv', 'line').split('\r\n').slice(0, 3)).toEqual([
      'file,path,line,own_samples,own_objects,own_share,own_certainty,through_samples,through_objects,through_share,through_certainty',
      'app/b.rb,app/b.rb,4,6,6,0.5,exact,6,6,0.5,exact',
      'app/b.rb,app/b.rb,5,2,2,0.166667,exact,2,2,0.166667,exact',
    ]);
  });

  it('quotes what would break a row, and lets no name be a formula', () => {
    const profile = from('=cmd(),"x"@-e:1   1\n  +a@b,c.rb:1   1\n  Integer#-@<cfunc>   1');
    const rows = textOf(profile, 'csv').split('\r\n').slice(1, -1).sort();
    expect(rows).toEqual([
      `"'=cmd(),""x""",'-e,,,0,0,0,1,1,0.333333`,
      `'+a,"b,c.rb",,,0,0,0,1,1,0.333333`,
      'Integer#-,<cfunc>,,,0,0,0,1,1,0.333333',
    ]);
  });
});

describe('svg', () => {
  const boxes = (svg: string): string[][] =>
    [...svg.matchAll(/<g><title>(.*?)<\/title><rect x="(.*?)" y="(.*?)" width="(.*?)"/gs)].map(([, ...parts]) => parts);

  it('has a box per call with its name, place and weight, as wide as that', () => {
    const svg = textOf(from(STACKS, { interval: 100, missedSamples: 12 * 99 }), 'svg');
    expect(svg).toMatch(/^<svg [^>]*width="1200" height="107" [^>]*>\n/);
    expect(svg).toContain('>1,200 objects allocated · 12 samples</text>');
    expect(boxes(svg)).toEqual([
      ['A#a\napp/a.rb:1\n≈800 objects (66.7 %)', '0', '44', '799.5'],
      ['B#b\napp/b.rb:3\n≈800 objects (66.7 %)', '0', '61', '799.5'],
      ['Kernel#dup\n&lt;cfunc&gt;\n≈500 objects (41.7 %)', '0', '78', '499.5'],
      ['C#c\n/gems/c-1.0/c.rb:7\n≈400 objects (33.3 %)', '800', '44', '399.5'],
    ]);
    const colours = [...svg.matchAll(/<g>.*?fill="(#\w+)"/gs)].map(([, colour]) => colour);
    expect(colours[0]).toBe(colours[1]);
    expect(new Set(colours).size).toBe(3);
    for (const name of ['app', 'c', 'others']) expect(svg).toContain(`>${name}</text><rect `);
    expect(boxes(textOf(from(STACKS), 'svg', 'line'))).toHaveLength(7);
  });

  it('cuts names to their box, and names what markup would break', () => {
    const name = `</text><script>alert("1")</script>&\u202e\ud800${'x'.repeat(300)}`;
    const svg = textOf(from(`${name}@app/a.rb:1   1`), 'svg');
    expect(svg).not.toMatch(/<script|\u202e/);
    expect(svg).toContain('>&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;xxx');
    expect(svg).toMatch(/x…<\/text>/);
    expect(Buffer.from(svg).toString()).toBe(svg);
  });

  it('leaves out what is too narrow to see, and nothing breaks without samples', () => {
    const wide = `A#a@app/a.rb:1 100000\n${Array.from({ length: 50 }, (_, at) => `B#b${at}@app/b.rb:1 1`).join('\n')}`;
    expect(boxes(textOf(from(wide), 'svg'))).toHaveLength(1);
    expect(textOf(from(''), 'svg')).toMatch(/^<svg [^>]*height="56"[\s\S]*<\/svg>\n$/);
    expect(textOf(from('A#a@a.rb:1 3', { samples: 4 }), 'svg')).toContain('shown: 75.0 % of them');
  });
});

describe('laws of every export', () => {
  const random = randomSource(3);
  const pick = (count: number): number => Math.floor(random() * count);
  const stacks = Array.from({ length: 60 }, () => {
    const depth = 1 + pick(12);
    const frames = Array.from({ length: depth }, () => `M${pick(9)}#m@app/f${pick(4)}.rb#1:${1 + pick(5)}`);
    return `${frames.join(' > ')}   ${1 + pick(20)}`;
  }).join('\n');

  it.each([
    ['raw_lines', 1, 1],
    ['raw_lines', 97, 96],
    ['raw', 1999, 1998],
    ['aggregate', 97, 96],
  ] as const)('the weights of %s at interval %i are the whole', (detail, interval, missedPerSample) => {
    // Methods that all call one another make a tree of millions from their sums.
    const text = detail === 'aggregate' ? STACKS : stacks;
    const { samples } = from(text);
    const profile = from(text, {
      detail,
      interval,
      missedSamples: samples * missedPerSample - (interval === 1 ? samples : 3),
    });
    const total = Math.round(samples * measureOf(profile).perSample);
    for (const by of ['method', 'line'] as const) {
      const folded = textOf(profile, 'folded', by).trimEnd().split('\n');
      expect(folded.reduce((sum, line) => sum + Number(/ (\d+)$/.exec(line)?.[1]), 0)).toBe(total);
      const [{ events, endValue }] = JSON.parse(textOf(profile, 'speedscope', by)).profiles;
      expect(endValue).toBe(total);
      const open: number[] = [];
      let last = 0;
      let wrong = 0;
      for (const { type, frame, at } of events) {
        if (at < last) wrong++;
        last = at;
        if (type === 'O') open.push(frame);
        else if (open.pop() !== frame) wrong++;
      }
      expect(wrong).toBe(0);
      expect([open, last]).toEqual([[], total]);
    }
    const { samples: read } = readPprof(bytesOf(profile, 'pprof'));
    expect(read.reduce((sum, { values }) => sum + values[0]!, 0)).toBe(total);
  });

  it('reads back from pprof and folded as what it was', () => {
    const profile = from(stacks);
    const read = readPprof(bytesOf(profile, 'pprof')).samples.map(
      ({ stack, values }) =>
        `${stack.map(({ frame }) => frame.replace(/:(\d+)$/, '#1:$1')).join(' > ')}   ${values[1]}`,
    );
    const again = from(read.join('\n'));
    expect(textOf(again, 'folded', 'line')).toBe(textOf(profile, 'folded', 'line'));
    expect(bytesOf(again, 'pprof').equals(bytesOf(profile, 'pprof'))).toBe(true);
  });

  it('hands large profiles over in parts', () => {
    const deep = `${Array.from({ length: 3000 }, (_, at) => `M${at}#m@app/f.rb:1`).join(' > ')}   1`;
    const many = Array.from({ length: 3000 }, (_, at) => `A#a@app/f.rb:1 > M${at}#m@app/f.rb:${at + 1}   1`).join('\n');
    for (const text of [deep, many]) {
      for (const format of ['folded', 'speedscope', 'pprof'] as const) {
        const parts = [...exportProfile(exportedOf(from(text)), format, 'line')];
        const longest = Math.max(...parts.map((part) => part.length));
        expect(longest).toBeLessThan(200_000);
      }
    }
  });
});
