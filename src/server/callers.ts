import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { type CallCount, callersOf } from '../profile/callers';
import type { CallersParams, CallersResult, CallRow } from '../protocol/requests';
import type { ViewContext } from './context';
import { nameOf, type OpenProfile } from './openProfile';
import { originOf } from './originOf';

/** Who calls a method and what it calls, heaviest first. Throws when the profile is not open or has no such frame. */
export function callers({ profiles, refined }: ViewContext, params: CallersParams): CallersResult {
  const { open } = refined.get(profiles.get(params.uri), params.refinement);
  const { frame } = params;
  if (!Number.isInteger(frame) || frame < 0 || frame >= open.profile.frames.length) {
    throw new ResponseError(ErrorCodes.InvalidParams, `${nameOf(params.uri)} has no method ${frame}.`);
  }
  const { callers, callees, self, total, exact } = callersOf(open.profile, frame);
  return { callers: callers.map(rowOf(open)), callees: callees.map(rowOf(open)), self, total, exact };
}

function rowOf({ profile, view }: OpenProfile): (call: CallCount) => CallRow {
  const { frames, strings } = profile;
  return ({ frame, samples }) => {
    const file = frames.file[frame]!;
    return {
      frame,
      name: strings[frames.name[frame]!]!,
      file: strings[file]!,
      place: view.map.place[file]!,
      line: frames.line[frame]!,
      samples,
      origin: originOf(view, file),
    };
  };
}
