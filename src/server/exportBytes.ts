import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { exportProfile } from '../profile/exports/exportProfile';
import type { ExportParams, ExportResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { nameOf } from './openProfile';
import { factsOf } from './refinedProfiles';

/** More is written by the command line, which keeps none of it in memory. */
const MOST_BYTES = 1 << 30;
const PAUSE_EVERY_BYTES = 4 << 20;

/** A profile, or what filters leave of it, as the file of another tool. Throws when it is not open or the file gets too large. */
export async function exportBytes(
  { profiles, refined, host }: Pick<ServerContext, 'profiles' | 'refined' | 'host'>,
  { uri, refinement, format, groupBy, lens }: ExportParams,
  token: CancellationToken,
): Promise<ExportResult> {
  const { open, problem } = refined.get(profiles.get(uri), refinement);
  if (problem !== null) throw new ResponseError(ErrorCodes.InvalidRequest, problem);
  const { profile, measure, view } = open;
  const exported = {
    profile,
    measure,
    lens,
    get lines() {
      return view.lines;
    },
    origin: view.map.origin,
    relative: view.map.relative,
    packages: factsOf(open).package,
    name: nameOf(uri),
  };
  const parts: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let bytes = 0;
  let pauseAt = PAUSE_EVERY_BYTES;
  for (const part of exportProfile(exported, format, groupBy)) {
    const encoded = typeof part === 'string' ? encoder.encode(part) : part;
    parts.push(encoded);
    bytes += encoded.length;
    if (bytes > MOST_BYTES) throw tooLarge(uri);
    if (bytes < pauseAt) continue;
    pauseAt = bytes + PAUSE_EVERY_BYTES;
    // Other questions, and the one to stop, come in between.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested)
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The export was cancelled.');
  }
  const whole = joined(parts, bytes);
  return { bytes: format === 'pprof' ? await host.gzip(whole) : whole };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooLarge(uri: string): ResponseError<void> {
  return new ResponseError(
    ErrorCodes.InvalidRequest,
    `${nameOf(uri)} would become a file of more than 1 GB: filter it, choose another format, or use allocation-hotspots convert.`,
  );
}
