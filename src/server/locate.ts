import { Origin } from '../profile/origin';
import type { LocateParams, LocateResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { driftOf } from './drift';
import { nameOf } from './openProfile';
import { originOf } from './originOf';
import { pathKey } from './pathKey';

/** Where recorded code is on this disk, in the text as it is now. Throws when the profile is not open. */
export async function locate(context: ServerContext, params: LocateParams): Promise<LocateResult> {
  const open = context.profiles.get(params.uri);
  const { map } = open.view;
  const file = open.profile.strings.indexOf(params.file);
  if (file < 0) {
    return { ok: false, reason: 'missing', message: `${nameOf(params.uri)} has no file ${params.file}.` };
  }
  const path = map.path[file] ?? null;
  if (path === null) return nowhere(originOf(open.view, file), params.file);

  const key = await pathKey(path, context.host.files);
  const uri = context.host.toUri(path);
  if (params.line <= 0) return { ok: true, uri, line: 0, stale: false };
  const drift = await driftOf(context, open, open.view.filesByKey.get(key) ?? [file], key);
  const now = drift.toCurrent(params.line);
  // A line that is gone: the nearest that is still there is where the user wants to look.
  const line = now?.line ?? Math.max(0, Math.min(params.line, drift.lineCount) - 1);
  return { ok: true, uri, line, stale: now === null || now.stale };
}

function nowhere(origin: Origin, file: string): LocateResult {
  switch (origin) {
    case Origin.Core:
      return {
        ok: false,
        reason: 'no-source',
        message: 'This is code of Ruby itself: there is no file to open. Its caller is in the stack above it.',
      };
    case Origin.Gc:
      return { ok: false, reason: 'no-source', message: 'This is the garbage collector: there is no code to open.' };
    case Origin.Gem:
      return {
        ok: false,
        reason: 'not-installed',
        message: `This gem is not installed here (run bundle install): ${file}`,
      };
    case Origin.Stdlib:
      return {
        ok: false,
        reason: 'not-installed',
        message: `Ruby's standard library is elsewhere here (map it with allocationHotspots.pathMappings): ${file}`,
      };
    case Origin.Mine:
    case Origin.Other:
      return isEvaluated(file)
        ? { ok: false, reason: 'no-source', message: `${file} is evaluated code: there is no file to open.` }
        : {
            ok: false,
            reason: 'missing',
            message: `${file} was not found in the workspace: open the folder it belongs to, or map it with allocationHotspots.pathMappings.`,
          };
  }
}

/** Names that Ruby gives to code without a file: `(eval at a.rb:1)`, `-e`, `<main>`, an empty name. */
function isEvaluated(file: string): boolean {
  return file === '' || file === '-' || file === '-e' || /^[(<]/.test(file);
}
