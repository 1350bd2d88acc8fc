import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { whyUnreadable } from '../profile/whyUnreadable';

/** A Ruby file of this disk, as text that can be written back to the byte. */
export interface RubyFile {
  /** Absolute, symlinks resolved. */
  readonly path: string;
  /** Without a byte order mark; line ends as they are. */
  readonly text: string;
  readonly hasBom: boolean;
  readonly encoding: 'utf8' | 'latin1';
  readonly bytes: Buffer;
}

/** Why a file cannot be read or written; one sentence. */
export class RubyFileError extends Error {}

/**
 * Reads a file as Ruby would: UTF-8, or the single-byte encoding that its magic comment names. Of those every byte is read
 * as one character (Latin-1), which keeps what cannot be told apart and the columns right. Throws `RubyFileError`.
 */
export async function readRubyFile(path: string): Promise<RubyFile> {
  const [bytes, real] = await Promise.all([readFile(path), realpath(path)]).catch((error: unknown) => {
    throw new RubyFileError(whyUnreadable(error));
  });
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const common = { path: real, hasBom, bytes };
  try {
    return { ...common, encoding: 'utf8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = bytes.toString('latin1');
    if (!singleByte.test(text)) throw new RubyFileError('The file is not UTF-8, and names no single-byte encoding.');
    return { ...common, encoding: 'latin1', text };
  }
}

/** `# encoding: iso-8859-15` or `# -*- coding: windows-1252 -*-` on one of the first two lines. */
const singleByte =
  /^(?:#!.*\r?\n)?#.*coding[:=][ \t]*(?:iso-?8859-\d+|windows-125\d|cp125\d|koi8-[ru]|us-ascii|ascii-8bit|binary)\b/i;

/** What the file becomes with another text. */
export function bytesOf({ hasBom, encoding }: RubyFile, text: string): Buffer {
  const bytes = Buffer.from(text, encoding);
  return hasBom ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]) : bytes;
}

/** A file with the text it is to have. */
export interface RubyChange {
  readonly file: RubyFile;
  readonly text: string;
}

/**
 * Replaces files as a whole: each is the old one or the new one at every moment, and when one cannot be replaced all are left
 * as they were. Mode is kept, and a symlink stays one. Throws `RubyFileError`, also when a file is not any more what was read.
 */
export async function writeRubyFiles(changes: readonly RubyChange[]): Promise<void> {
  const staged: string[] = [];
  const replaced: RubyFile[] = [];
  try {
    for (const { file, text } of changes) staged.push(await stage(file, bytesOf(file, text)));
    for (const { file } of changes) {
      if ((await readFile(file.path)).equals(file.bytes)) continue;
      throw new RubyFileError(
        `${changes.length === 1 ? 'The file' : basename(file.path)} changed meanwhile: run again.`,
      );
    }
    for (const [at, { file }] of changes.entries()) {
      await rename(staged[at]!, file.path);
      replaced.push(file);
    }
  } catch (error) {
    for (const file of replaced) await rename(await stage(file, file.bytes), file.path);
    await Promise.all(staged.map((path) => rm(path, { force: true })));
    if (error instanceof RubyFileError) throw error;
    throw new RubyFileError(`The file could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Writes bytes beside a file, with its mode; the path. */
async function stage({ path }: RubyFile, bytes: Buffer): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const { mode } = await stat(path);
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.chmod(mode & 0o7777);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return temporary;
}

/** Whether a file may be Ruby by its name: templates, which only contain some, are not. */
export function isRubyName(path: string): boolean {
  const name = basename(path);
  return /\.(?:rb|rake|ru|gemspec|jbuilder|builder|rabl|podspec|thor)$/i.test(name) || !/.\./.test(name);
}
