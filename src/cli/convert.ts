import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { exportProfile } from '../profile/exports/exportProfile';
import { packageOf } from '../source/packageOf';
import type { Analysis } from './analyseProfile';
import { analyseProfiles } from './analyseProfiles';
import { EXIT_FINE, sayError, usageError } from './cliError';
import type { ConvertArguments } from './parseArguments';
import { printable, type Terminal } from './terminal';

/** `convert`: writes profiles (several are added up) in the format of another tool. */
export async function convert(command: ConvertArguments, terminal: Terminal): Promise<number> {
  const { to, out, format } = command;
  if (out === null && to === 'pprof' && terminal.isScreen) {
    return sayError(terminal, format, usageError('pprof is no text for a screen: use --out FILE, or a pipe'));
  }
  const path = out === null ? null : resolve(terminal.folder, out);
  const refused = path === null ? null : await refusal(path, command, terminal);
  if (refused !== null) return sayError(terminal, format, usageError(refused));
  const { analysis, unread } = await analyseProfiles(command.profiles, command, terminal.folder);
  let exitCode = EXIT_FINE;
  for (const { input, error } of unread) exitCode = Math.max(exitCode, sayError(terminal, format, error, input));
  if (analysis === null) return exitCode;
  for (const { message } of analysis.problems) terminal.writeError(`! ${printable(message)}\n`);
  const bytes = bytesOf(analysis, command);
  if (path === null) {
    for await (const part of bytes) await terminal.writeBytes(part);
    return exitCode;
  }
  try {
    await writeWhole(path, bytes);
  } catch (error) {
    const message = `The file could not be written: ${error instanceof Error ? error.message : error}`;
    return sayError(terminal, format, { code: 'unwritable', message, offset: null }, out);
  }
  return exitCode;
}

/** Why nothing may be written there, or null: a folder, or one of the profiles. */
async function refusal(
  path: string,
  { profiles, out }: ConvertArguments,
  { folder }: Terminal,
): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  if (real === null) return null;
  if ((await stat(real)).isDirectory()) return `--out ${out} is a folder`;
  for (const input of profiles) {
    if ((await realpath(resolve(folder, input)).catch(() => null)) === real)
      return `--out ${out} is one of the profiles`;
  }
  return null;
}

function bytesOf(analysis: Analysis, { to, by, lens }: ConvertArguments): AsyncIterable<Uint8Array> {
  const { profile, measure, lines, sources, input } = analysis;
  const { origin, relative } = sources;
  const packages: string[] = [];
  for (const file of new Set(profile.frames.file)) {
    packages[file] = packageOf(profile.strings[file]!, origin[file]!);
  }
  const exported = { profile, measure, lens, lines, origin, relative, packages, name: basename(input) };
  const text = new TextEncoder();
  const parts = function* (): Generator<Uint8Array> {
    for (const part of exportProfile(exported, to, by)) yield typeof part === 'string' ? text.encode(part) : part;
  };
  const readable = Readable.from(parts(), { objectMode: false });
  // What fails in one of the two is thrown to whoever reads the other.
  return to === 'pprof' ? pipeline(readable, createGzip(), () => {}) : readable;
}

/** Beside the file first, so that one that is there stays whole until the new one is. */
async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const place = await realpath(path).catch(() => path);
  const draft = `${place}.${randomBytes(4).toString('hex')}.part`;
  const file = await open(draft, 'wx');
  try {
    for await (const part of bytes) await file.writeFile(part);
    await file.close();
    await rename(draft, place);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}
