import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../src/profile/formats/bytesSource';
import { ByteWindow } from '../../../src/profile/formats/byteWindow';
import { DecodeFailure, NEED_MORE } from '../../../src/profile/formats/decodeFailure';
import { MarshalReader } from '../../../src/profile/formats/marshalReader';
import { displayRuby, type RubyArray, type RubyValue } from '../../../src/profile/formats/rubyValue';
import samples from '../../fixtures/marshal.json';

/** Written by Ruby: each an array that ends with the string "shared" and a link to it, so that a wrong number shows. */
const micro: Readonly<Record<string, { readonly hex: string; readonly inspect: string }>> = samples;

async function readAll(bytes: Uint8Array): Promise<RubyValue> {
  const window = new ByteWindow(bytesSource(bytes));
  while (!window.ended) await window.fill();
  window.pos = 2;
  return new MarshalReader(window).readValue();
}

async function read(hex: string): Promise<RubyValue> {
  return readAll(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')));
}

async function failureOf(hex: string): Promise<unknown> {
  return read(hex).then(
    (value) => `read ${displayRuby(value)}`,
    (error: unknown) => (error instanceof DecodeFailure ? error.reason : error),
  );
}

describe('MarshalReader', () => {
  it.each(Object.keys(micro))('numbers the objects of %s as Ruby does', async (name) => {
    const value = (await read(micro[name]!.hex)) as RubyArray;
    // Struct, object and nested samples have the string inside and end with the link alone.
    const last = value.items.slice(['object', 'struct', 'nested'].includes(name) ? -1 : -2);
    expect(last.map((item) => displayRuby(item))).toEqual(last.map(() => 'shared'));
  });

  it.each(['floats', 'nested', 'klass', 'hash_default', 'idhash', 'kwhash', 'symbols', 'str_ivar', 'extended'])(
    'shows %s as Ruby inspects it',
    async (name) => {
      const wanted = micro[name]!.inspect.replaceAll('=>', ' => ').replaceAll('.0e', 'e');
      expect(displayRuby(await read(micro[name]!.hex))).toBe(wanted);
    },
  );

  it('reads integers of every size', async () => {
    const { items } = (await read(micro.ints!.hex)) as RubyArray;
    const wanted = micro.ints!.inspect.slice(1, -1).split(', ');
    expect(items.map((item) => (typeof item === 'object' ? JSON.stringify(displayRuby(item)) : String(item)))).toEqual(
      wanted,
    );
  });

  it('decodes text by its encoding', async () => {
    const value = (await read(micro.enc_string!.hex)) as RubyArray;
    expect(displayRuby(value.items[0]!)).toBe('café');
  });

  it('shows moments', async () => {
    expect(displayRuby(((await read(micro.time_local!.hex)) as RubyArray).items[0]!)).toBe('2024-01-01 18:04:05 UTC');
  });

  it('shows objects by their class only', async () => {
    expect(displayRuby(((await read(micro.umarshal!.hex)) as RubyArray).items[0]!)).toBe('#<UM>');
    expect(displayRuby(((await read(micro.set!.hex)) as RubyArray).items[0]!)).toBe('#<Set>');
  });

  it('survives an array that holds itself', async () => {
    expect(displayRuby(await read(micro.cyclic!.hex))).toBe('[[[[[[[…]]]]]], "shared", "shared"]');
  });

  it.each([
    ['a reference to an object that is not there', '0408 5b 06 40 0f', 'corrupt'],
    ['a reference to a negative object', '0408 5b 06 40 fa', 'corrupt'],
    ['a reference to a symbol that is not there', '0408 3b 06', 'corrupt'],
    ['a negative length', '0408 5b fa', 'corrupt'],
    ['more elements than bytes', '0408 5b 04 ffffff7f 30', 'truncated'],
    ['a string longer than the file', '0408 22 04 ffffff7f 616263', 'truncated'],
    ['an unknown type', '0408 99', 'corrupt'],
    ['100 nested arrays', `0408 ${'5b06'.repeat(100)} 30`, 'limit'],
    ['100 nested variables', `0408 ${'49'.repeat(100)} 30`, 'limit'],
    ['a value that ends early', '0408 5b 06 69', NEED_MORE],
  ])('refuses %s', async (_, hex, reason) => {
    expect(await failureOf(hex)).toBe(reason);
  });
});
