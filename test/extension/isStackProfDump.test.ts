import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isStackProfDump } from '../../src/extension/isStackProfDump';

const folder = 'examples/finance-sync/profiles/before';
const name = readdirSync(folder).find((file) => file.endsWith('.dump')) ?? '';
const dump = readFileSync(`${folder}/${name}`);
const head = dump.subarray(0, 1024);

describe('the first bytes of', () => {
  test.each([
    ['a dump', head],
    ['a gzipped dump, cut', gzipSync(dump).subarray(0, 1024)],
  ])('%s are StackProf’s', (_what, bytes) => expect(isStackProfDump(bytes)).toBe(true));

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a dump cut before its first keys', head.subarray(0, 12)],
    ['a database dump', Buffer.from('PGDMP\u0001\u000e\u0000 version mode interval')],
    ['SQL', Buffer.from('-- version mode interval\nCREATE TABLE modes;')],
    ['another Marshal hash', Buffer.from('\u0004\b{\u0006:\u0009name"\u0006x', 'latin1')],
    ['a gzipped text', gzipSync('milk, eggs')],
    ['a broken gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ])('%s are not', (_what, bytes) => expect(isStackProfDump(bytes)).toBe(false));
});
