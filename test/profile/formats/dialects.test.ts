import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../../src/profile/integrity';
import { marshal, RubyReal, RubyText, text, type Writable } from '../../support/marshalWriter';
import {
  asJson,
  asMarshal,
  decode,
  type HashText,
  methodLines,
  problemCodes,
  profileOf,
  resultsHash,
  stackLines,
} from '../../support/stackprofHash';

const A = 0x7f12_3456_7890;
const B = 0x5555_0000_1238;
const C = 0x1_0020_3048;

const SMALL: HashText = {
  frames: [
    [A, 'Job#perform job.rb:3 1 9'],
    [B, 'Array#map <cfunc>: 0 8'],
    [C, 'Money#* money.rb:12 8 8'],
  ],
  raw: [3, A, B, C, 5, 1, A, 1, 3, A, B, C, 3],
  rawLines: [3, 4, 0, 13, 5, 1, 9, 1, 3, 5, 0, 300, 3],
};

const STACKS = [
  'Job#perform:4 > Array#map > Money#*:13 5',
  'Job#perform:5 > Array#map > Money#*:300 3',
  'Job#perform:9 1',
];

async function stacksOf(bytes: Uint8Array): Promise<string[]> {
  const profile = await profileOf(bytes);
  expect(brokenInvariants(profile)).toEqual([]);
  return stackLines(profile).sort();
}

describe('the two dialects', () => {
  it.each<[string, (spec: HashText) => Uint8Array]>([
    ['Marshal', asMarshal],
    ['JSON', asJson],
    ['indented JSON', (spec) => asJson(spec, 2)],
  ])('%s: keys come in any order', async (_, write) => {
    const orders = [
      ['frames', 'raw', 'raw_lines'],
      ['raw', 'raw_lines', 'frames'],
      ['raw_lines', 'raw', 'frames'],
      ['raw_lines', 'frames', 'raw'],
      ['raw', 'frames', 'raw_lines'],
    ];
    for (const order of orders) expect(await stacksOf(write({ ...SMALL, order })), order.join()).toEqual(STACKS);
  });

  it.each<[string, (spec: HashText) => Uint8Array]>([
    ['Marshal', asMarshal],
    ['JSON', asJson],
  ])('%s: ids of 64 bits stay apart', async (_, write) => {
    const base = 0x7fff_ffff_ffff_fff0n;
    const frames = Array.from({ length: 8 }, (_, k) => [base + BigInt(k), `M${k} m.rb:${k + 1} 1 ${8 - k}`] as const);
    const raw = frames.flatMap((_, k) => [k + 1, ...frames.slice(0, k + 1).map(([id]) => id), 1]);
    const profile = await profileOf(write({ frames, raw }));
    expect(methodLines(profile)).toEqual(frames.map(([, line]) => line));
  });

  it('finds frames whose ids StackProf cut to 48 bits in raw', async () => {
    const wide = 0x0012_7f12_3456_7890n;
    const spec: HashText = { frames: [[wide, 'A a.rb:1 2 2']], raw: [1, wide & 0xffff_ffff_ffffn, 2] };
    const result = await decode(asMarshal(spec));
    expect(problemCodes(result)).toEqual([]);
    expect(result.ok && methodLines(result.profile)).toEqual(['A a.rb:1 2 2']);
  });

  it('makes one branch of ids that stand for one method', async () => {
    const frames = [
      [1, 'A a.rb:1 0 3'],
      [2, 'Integer#to_s <cfunc>: 1 1'],
      [3, 'Integer#to_s <cfunc>: 2 2'],
    ] as const;
    const raw = [2, 1, 2, 1, 2, 1, 3, 2];
    for (const order of [['frames'], ['raw', 'frames']]) {
      const profile = await profileOf(asMarshal({ frames, raw, order }));
      expect(stackLines(profile)).toEqual(['A > Integer#to_s 3']);
      expect(brokenInvariants(profile)).toEqual([]);
    }
  });

  it('reads version 1.0: lines as plain samples', async () => {
    const lines = new Map<Writable, Writable>([
      [4, 2],
      [7, 5],
    ]);
    const frame = new Map<Writable, Writable>([
      ['name', text('A')],
      ['file', text('a.rb')],
      ['line', 3],
      ['total_samples', 7],
      ['samples', 7],
      ['lines', lines],
    ]);
    const hash = resultsHash({
      frames: [],
      with: { version: new RubyReal(1), samples: 7, frames: new Map([[60, frame]]) },
    });
    const { frameLines, version, detail } = await profileOf(marshal(hash));
    expect({ version, detail }).toEqual({ version: 1, detail: 'aggregate' });
    expect([[...frameLines.line], [...frameLines.self]]).toEqual([
      [4, 7],
      [2, 5],
    ]);
  });

  it('reads a Marshal of string keys and string ids', async () => {
    const frame = new Map<Writable, Writable>([
      [text('name'), text('A')],
      [text('file'), text('a.rb')],
      [text('line'), 3],
      [text('total_samples'), new RubyReal(2)],
      [text('samples'), 2],
      [text('lines'), new Map<Writable, Writable>([[text('5'), [2, 2]]])],
      [text('edges'), new Map<Writable, Writable>([[text(String(A)), 1]])],
    ]);
    const hash = new Map<Writable, Writable>([
      [text('mode'), text('object')],
      [text('samples'), 2],
      [text('frames'), new Map<Writable, Writable>([[text(String(A)), frame]])],
      [text('raw'), [1, A, 2]],
    ]);
    const profile = await profileOf(marshal(hash));
    expect([...methodLines(profile), ...stackLines(profile)]).toEqual(['A a.rb:3 2 2', 'A 2']);
  });

  it('follows links behind lists of big integers', async () => {
    const shared = text('shared name');
    const late = new Map<Writable, Writable>([
      ['name', shared],
      ['file', text('a.rb')],
      ['line', 1],
      ['total_samples', 2],
      ['samples', 2],
    ]);
    const hash = new Map<Writable, Writable>([
      ['mode', 'object'],
      ['raw_timestamp_deltas', [A, 5, B]],
      ['note', shared],
      ['raw', [1, A, 2]],
      ['samples', 2],
      ['frames', new Map<Writable, Writable>([[A, late]])],
    ]);
    const result = await decode(marshal(hash));
    expect(result.ok && methodLines(result.profile)).toEqual(['shared name a.rb:1 2 2']);
  });

  it.each([
    ['caf\xe9', 'ISO-8859-1', 'café'],
    ['\xa5\xab', 'EUC-JP', 'カ'],
    ['\x83J', 'Windows-31J', 'カ'],
    ['caf\xe9', 'binary', 'café'],
    ['caf\xc3\xa9', 'binary', 'café'],
    ['caf\xe9', 'No-Such-Encoding', 'café'],
  ])('reads the bytes of %j in %s', async (bytes, encoding, wanted) => {
    const name = new RubyText(
      Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
      encoding,
    );
    const frame = new Map<Writable, Writable>([
      ['name', name],
      ['file', text('')],
      ['samples', 0],
      ['total_samples', 0],
    ]);
    const hash = resultsHash({ frames: [], with: { frames: new Map([[A, frame]]) } });
    expect((await profileOf(marshal(hash))).strings).toContain(wanted);
  });

  it('puts keys of the file nowhere near a prototype', async () => {
    const metadata = new Map<Writable, Writable>([[text('__proto__'), text('x')]]);
    for (const write of [asMarshal, asJson]) {
      const profile = await profileOf(write({ ...SMALL, with: { metadata, __proto__2: text('y') } }));
      expect(profile.metadata).toEqual([{ key: '__proto__', value: 'x' }]);
    }
  });
});

describe('files that contradict themselves', () => {
  it.each<[string, Partial<HashText>]>([
    ['an id without a frame', { raw: [1, 77, 9], rawLines: [1, 4, 9] }],
    ['other sums than the stacks', { raw: [1, A, 9], rawLines: [1, 4, 9] }],
    ['fewer samples than stacks', { with: { samples: 3 } }],
    ['many more samples than stacks', { with: { samples: 300 } }],
    ['no number of samples', { with: { samples: undefined } }],
    ['a fraction of samples', { with: { samples: new RubyReal(9.5) } }],
    ['fewer timestamps than samples', { with: { raw_sample_timestamps: [1, 2, 3] } }],
    ['lines of other stacks', { rawLines: [2, 4, 0, 5, 1, 9, 1, 3, 5, 0, 300, 3] }],
    ['lines with other counts', { rawLines: [3, 4, 0, 13, 6, 1, 9, 1, 3, 5, 0, 300, 3] }],
    ['fewer lines than stacks', { rawLines: [3, 4, 0, 13, 5] }],
  ])('says so of %s', async (_, change) => {
    for (const write of [asMarshal, asJson]) {
      const result = await decode(write({ ...SMALL, ...change }));
      expect(problemCodes(result).filter((code) => code === 'inconsistent' || code === 'corrupt')).not.toEqual([]);
      if (result.ok) expect(brokenInvariants(result.profile)).toEqual([]);
    }
  });

  it('falls back to the methods of the stacks when their lines do not fit', async () => {
    const result = await decode(asMarshal({ ...SMALL, rawLines: [3, 4, 0, 13, 5] }));
    expect(result.ok && result.profile.detail).toBe('raw');
    expect(result.ok && stackLines(result.profile)).toEqual(['Job#perform 1', 'Job#perform > Array#map > Money#* 8']);
  });

  it('says nothing of a sound file', async () => {
    for (const write of [asMarshal, asJson]) expect(problemCodes(await decode(write(SMALL)))).toEqual([]);
  });
});
