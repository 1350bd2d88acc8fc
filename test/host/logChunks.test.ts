import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logChunks } from '../../src/host/logChunks';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspots-log-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(bytes: Uint8Array): Promise<Buffer> {
  const path = join(folder, 'log');
  writeFileSync(path, bytes);
  const parts: Buffer[] = [];
  for await (const chunk of logChunks(path)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

describe('the bytes of a log', () => {
  // More than one chunk, and no two of them alike.
  const text = Buffer.from(Array.from({ length: 200_000 }, (_none, at) => `line ${at}\n`).join(''));

  it('are those of the file', async () => expect((await read(text)).equals(text)).toBe(true));
  it('are what is packed in it, whatever its name', async () =>
    expect((await read(gzipSync(text))).equals(text)).toBe(true));
  it('are those of all members, one after the other', async () => {
    const half = text.length >> 1;
    const packed = Buffer.concat([gzipSync(text.subarray(0, half)), gzipSync(text.subarray(half))]);
    expect((await read(packed)).equals(text)).toBe(true);
  });
  it('end where an archive was cut', async () => {
    const packed = gzipSync(text);
    const found = await read(packed.subarray(0, packed.length >> 1));
    expect(found.length).toBeGreaterThan(text.length / 4);
    expect(found.equals(text.subarray(0, found.length))).toBe(true);
  });
  it('may be none, or one', async () => {
    expect((await read(Buffer.alloc(0))).length).toBe(0);
    expect([...(await read(Buffer.from('x')))]).toEqual([0x78]);
  });
  it('fail for a damaged archive, and for no file', async () => {
    const packed = gzipSync(text);
    packed.fill(0xff, 2000, 4000);
    await expect(read(packed)).rejects.toMatchObject({ code: expect.stringMatching(/^Z_/) });
    await expect(logChunks(join(folder, 'none')).next()).rejects.toMatchObject({ code: 'ENOENT' });
  });
  it('may be left in the middle', async () => {
    writeFileSync(join(folder, 'log'), gzipSync(text));
    for await (const chunk of logChunks(join(folder, 'log'))) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});
