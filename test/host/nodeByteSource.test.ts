import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource, gunzipSource } from '../../src/host/nodeByteSource';
import type { ByteSource } from '../../src/profile/formats/byteSource';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../src/profile/formats/decodeProfile';
import { fixtureBytes } from '../support/fixture';
import { problemCodes } from '../support/stackprofHash';

const dump = fixtureBytes('fin_inl_tick_i1_raw.dump');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'byte-source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function readAll(source: ByteSource, bufferBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const into = new Uint8Array(bufferBytes);
    const count = await source.read(into);
    if (count === 0) break;
    chunks.push(into.subarray(0, count));
  }
  source.close();
  return Buffer.concat(chunks);
}

describe('fileSource', () => {
  it('reads a file from its beginning, again after reopen', async () => {
    const path = join(folder, 'a.dump');
    writeFileSync(path, dump);
    const source = fileSource(path);
    expect(source.size).toBe(dump.length);
    expect(Buffer.compare(await readAll(source, 1000), dump)).toBe(0);
    expect(Buffer.compare(await readAll(source.reopen(), 1 << 20), dump)).toBe(0);
  });

  it('makes a file that is not there unreadable, with the reason', async () => {
    const result = await decodeProfile(fileSource(join(folder, 'nothing.dump')));
    expect(result).toMatchObject({ ok: false, error: { reason: 'unreadable' } });
    expect(!result.ok && result.error.message).toBe('There is no such file.');
  });

  it('makes a folder unreadable', async () => {
    const error = { reason: 'unreadable', message: 'This is a folder: name the files in it.' };
    expect(await decodeProfile(fileSource(folder))).toMatchObject({ ok: false, error });
  });
});

describe('gunzipSource', () => {
  it.each([100, 70_000, 1 << 20])('unpacks into buffers of %i bytes', async (bufferBytes) => {
    const unpacked = await readAll(gunzipSource(bytesSource(gzipSync(dump), 999)), bufferBytes);
    expect(Buffer.compare(unpacked, dump)).toBe(0);
  });

  it('unpacks several members as one', async () => {
    const half = dump.length >> 1;
    const packed = Buffer.concat([gzipSync(dump.subarray(0, half)), gzipSync(dump.subarray(half))]);
    expect(Buffer.compare(await readAll(gunzipSource(bytesSource(packed)), 5000), dump)).toBe(0);
  });

  it('gives what a cut file still holds', async () => {
    const packed = gzipSync(fixtureBytes('object-raw.dump'));
    const result = await decodeProfile(bytesSource(packed.subarray(0, packed.length - 300)), { gunzip: gunzipSource });
    expect(problemCodes(result)).toEqual(['truncated']);
  });

  it('calls damaged data corrupt', async () => {
    const packed = gzipSync(dump);
    packed.fill(0xff, 200, 260);
    const result = await decodeProfile(bytesSource(packed), { gunzip: gunzipSource });
    const code = result.ok ? problemCodes(result)[0] : result.error.reason;
    expect(['corrupt', 'truncated']).toContain(code);
  });

  it('stops at a bomb', async () => {
    // A results hash whose first list goes on and on: 80 MB in 80 KB.
    const head = Buffer.from('\x04\x08{\x06:\x19raw_timestamp_deltas[\x04\xff\xff\xff\x3f', 'latin1');
    const bomb = gzipSync(Buffer.concat([head, Buffer.alloc(80 << 20, 'i\0')]));
    const result = await decodeProfile(bytesSource(bomb), { gunzip: gunzipSource });
    expect(result).toMatchObject({ ok: false, error: { reason: 'limit' } });
  });

  it('refuses gzip inside gzip, and gzip where nobody can unpack it', async () => {
    const twice = await decodeProfile(bytesSource(gzipSync(gzipSync(dump))), { gunzip: gunzipSource });
    expect(twice).toMatchObject({ ok: false, error: { reason: 'unsupported-format' } });
    expect(await decodeProfile(bytesSource(gzipSync(dump)))).toMatchObject({
      ok: false,
      error: { reason: 'unsupported-format' },
    });
  });
});

describe('decodeProfile', () => {
  it('tells how far it is, in stored bytes, and can be cancelled', async () => {
    const seen: number[] = [];
    const packed = gzipSync(dump);
    const done = await decodeProfile(bytesSource(packed), {
      gunzip: gunzipSource,
      onProgress: (bytes) => seen.push(bytes),
    });
    expect(done).toMatchObject({ ok: true, profile: { compressed: true, fileBytes: packed.length } });
    expect(seen.at(-1)).toBe(packed.length);
    const cancelled = await decodeProfile(bytesSource(dump, 500), { isCancelled: () => true });
    expect(cancelled).toMatchObject({ ok: false, error: { reason: 'cancelled' } });
  });

  it('lets other work run between chunks', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await decodeProfile(bytesSource(fixtureBytes('fin_small_new0227_i500.dump'), 100));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
