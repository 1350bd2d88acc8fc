import { describe, expect, it } from 'vitest';
import { DecodeFailure } from '../../../src/profile/formats/decodeFailure';
import { detect } from '../../../src/profile/formats/detect';

function hex(bytes: string): Uint8Array {
  return Uint8Array.from(Buffer.from(bytes.replaceAll(' ', ''), 'hex'));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function answer(head: Uint8Array): string {
  try {
    return detect(head);
  } catch (error) {
    if (error instanceof DecodeFailure) return `${error.reason}: ${error.message}`;
    throw error;
  }
}

describe('detect', () => {
  it.each([
    ['a dump', hex('04 08 7b 0d 3a 09'), 'stackprof-marshal'],
    ['the start of a dump', hex('04'), 'stackprof-marshal'],
    ['gzip', hex('1f 8b 08 00'), 'gzip'],
    ['JSON', utf8('{"version":1.2,"mode":"object","samples":3'), 'stackprof-json'],
    ['indented JSON with a byte order mark', utf8('\ufeff\n {\n "mode": "wall"'), 'stackprof-json'],
    ['JSON with its frames first', utf8('{"frames":{"1":{"name":"mode"}},"samples":1}'), 'stackprof-json'],
    ['JSON whose telling keys come later', utf8('{"metadata":{"long":["'), 'stackprof-json'],
  ])('knows %s', (_, head, format) => {
    expect(answer(head)).toBe(format);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['zstd', hex('28 b5 2f fd 00'), /zstd -d/],
    ['lz4, which begins like Marshal', hex('04 22 4d 18'), /lz4 -d/],
    ['xz', hex('fd 37 7a 58 5a 00'), /xz -d/],
    ['bzip2', utf8('BZh91AY'), /bzip2 -d/],
    ['zip', hex('50 4b 03 04'), /zip/],
    ['zlib', hex('78 9c ed 7d'), /zlib/],
    ['a newer Marshal', hex('04 09 7b 10'), /4\.9/],
    ['an older Marshal', hex('03 08 7b 10'), /3\.8/],
    ['speedscope', utf8('{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{}'), /speedscope/],
    ['speedscope without its schema', utf8('{"version":"0.0.1","shared":{"frames":[]},"profiles":[]}'), /speedscope/],
    ['Vernier', utf8('{"meta":{"product":"Ruby/Vernier"},"threads":[]}'), /Vernier/],
    ['the Firefox profiler', utf8('{"meta":{"product":"Firefox"},"libs":[],"threads":[]}'), /Firefox/],
    ['a V8 heap profile', utf8('{"head":{"callFrame":{"functionName":""},"selfSize":0}}'), /V8 heap profile/],
    ['a V8 heap snapshot', utf8('{"snapshot":{"meta":{"node_fields":["type"]}}}'), /V8 heap snapshot/],
    ['a V8 CPU profile', utf8('{"nodes":[],"startTime":1,"timeDeltas":[]}'), /V8 CPU profile/],
    ['DHAT', utf8('{"dhatFileVersion":2,"pps":[]}'), /DHAT/],
    ['a heap dump', utf8('{"type":"ROOT", "root":"vm", "references":["0x1"]}\n{"address":"0x1"'), /heap dump/],
    ['a heap dump without roots', utf8('{"address":"0x1", "type":"STRING"}\n'), /heap dump/],
    ['memory_profiler', utf8('Total allocated: 48462 bytes (811 objects)\nTotal retained:  0'), /memory_profiler/],
    ['coloured memory_profiler', utf8('\u001b[1mTotal allocated: 1 bytes (1 objects)'), /memory_profiler/],
    ["StackProf's text", utf8('==================================\n  Mode: object(1)\n  Samples: 3'), /text report/],
    ['callgrind', utf8('version: 1\ncreator: x\nevents: Instructions\n\nfl=a.rb\nfn=b'), /callgrind/],
    ['ruby-prof', utf8('Measure Mode: allocations\nThread ID'), /ruby-prof/],
    [
      'a log of Sidekiq',
      utf8('2026-11-21T12:09:57.120Z pid=24671 tid=j3f class=SyncJob jid=b4a5 INFO: start\n'),
      /worker's log; read it with Open as Job Log/,
    ],
    [
      'a log of the capture kit',
      utf8('# Logfile created on 2026-11-21\n[MemoryProfiling] job=SyncJob queue=default\n'),
      /worker's log/,
    ],
    ['allocation_tracer', utf8('path\tline\tcount\told_count\n'), /allocation_tracer/],
    ['folded stacks', utf8('a;b;c 12\na;b 3\n'), /folded/],
    ['a web page', utf8('<!DOCTYPE html><html>'), /web page/],
    ['a flame graph script', utf8('flamegraph([{"x":0}'), /flame graph/],
    ['a dump as Base64', utf8('BAh7EDoMdmVyc2lvbmYIMS4y'), /base64 -d/],
    ['UTF-16', hex('ff fe 7b 00 22 00'), /UTF-16/],
    ['UTF-16 without its mark', hex('7b 00 22 00'), /UTF-16/],
    ['pprof', hex('0a 04 08 01 10 02 12 06 0a 01 01 12 01 05 32 00 32 01 61'), /pprof/],
    ['a program', hex('7f 45 4c 46 02'), /program/],
    ['SQLite', utf8('SQLite format 3\0'), /SQLite/],
  ])('names %s and says what to do', (_, head, message) => {
    expect(answer(head)).toMatch(/^unsupported-format: This is .*\.$/s);
    expect(answer(head)).toMatch(message);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', hex(''), /^empty: /],
    ['a JSON array', utf8('[1,2]'), /^not-a-profile: /],
    ['zeros', new Uint8Array(100), /^unknown-format: .*zero/],
    ['other text', utf8('hello\nworld'), /^unknown-format: .*hello world/],
    ['other bytes', hex('ac 08 68 44 1f 9d'), /^unknown-format: .*ac 08 68 44/],
  ])('has an answer for %s', (_, head, message) => {
    expect(answer(head)).toMatch(message);
  });
});
