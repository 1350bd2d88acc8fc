import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, isRubyName, RubyFileError, readRubyFile, writeRubyFiles } from '../../src/cli/rubyFile';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspots-ruby-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (bytes: Uint8Array | string, name = 'a.rb'): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

describe('readRubyFile', () => {
  it.each([
    ['UTF-8', Buffer.from('puts "ÄÖ 😀"\r\n')],
    ['a byte order mark', Buffer.from('\ufeffputs 1\n')],
    ['Latin-1 by its comment', Buffer.from('# encoding: iso-8859-15\nputs "\xe4\xa4"\n', 'latin1')],
    ['a shebang before the comment', Buffer.from('#!/usr/bin/ruby\n# -*- coding: windows-1252 -*-\n"\x80"', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('reads %s so that it can be written back to the byte', async (_, bytes) => {
    const file = await readRubyFile(written(bytes));
    expect(bytesOf(file, file.text)).toEqual(bytes);
    expect(file.text.startsWith('\ufeff')).toBe(false);
  });

  it.each([
    ['bytes of no known encoding', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['Shift_JIS', Buffer.from('# encoding: shift_jis\n"\x83\x5c"\n', 'latin1')],
  ])('refuses %s', async (_, bytes) => {
    await expect(readRubyFile(written(bytes))).rejects.toThrow(RubyFileError);
  });

  it('refuses what is not there and folders', async () => {
    await expect(readRubyFile(join(folder, 'no.rb'))).rejects.toThrow(RubyFileError);
    await expect(readRubyFile(folder)).rejects.toThrow(RubyFileError);
  });
});

describe('writeRubyFiles', () => {
  it('replaces the text, keeps the mode and the symlink, and leaves nothing else behind', async () => {
    const path = written('a\n');
    chmodSync(path, 0o750);
    symlinkSync(path, join(folder, 'link.rb'));
    await writeRubyFiles([{ file: await readRubyFile(join(folder, 'link.rb')), text: 'b\n' }]);
    expect(readFileSync(path, 'utf8')).toBe('b\n');
    expect(statSync(path).mode & 0o777).toBe(0o750);
    expect(lstatSync(join(folder, 'link.rb')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['a.rb', 'link.rb']);
  });

  it('leaves a file alone that changed since it was read', async () => {
    const file = await readRubyFile(written('a\n'));
    written('mine\n');
    await expect(writeRubyFiles([{ file, text: 'b\n' }])).rejects.toThrow('changed meanwhile');
    expect(readFileSync(file.path, 'utf8')).toBe('mine\n');
    expect(readdirSync(folder)).toEqual(['a.rb']);
  });

  it('replaces all of several files or none', async () => {
    const [a, b] = [await readRubyFile(written('a\n')), await readRubyFile(written('b\n', 'b.rb'))];
    const changes = [a, b].map((file) => ({ file, text: `${file.text}more\n` }));
    rmSync(b.path);
    await expect(writeRubyFiles(changes)).rejects.toThrow(RubyFileError);
    expect(readFileSync(a.path, 'utf8')).toBe('a\n');
    written('b\n', 'b.rb');
    await writeRubyFiles(changes);
    expect([a, b].map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['a\nmore\n', 'b\nmore\n']);
    expect(readdirSync(folder)).toEqual(['a.rb', 'b.rb']);
  });
});

describe('isRubyName', () => {
  it.each(['a.rb', 'x/tasks.rake', 'config.ru', 'Gemfile', 'script/run'])('takes %s', (name) => {
    expect(isRubyName(name)).toBe(true);
  });
  it.each(['a.erb', 'a.html.haml', 'a.rb.erb', 'notes.txt'])('leaves %s', (name) => {
    expect(isRubyName(name)).toBe(false);
  });
});
