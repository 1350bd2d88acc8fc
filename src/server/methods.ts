import { methodTable } from '../profile/methods';
import type { MethodsParams, MethodsResult } from '../protocol/requests';
import type { ViewContext } from './context';

/** The methods table under a lens, heaviest first. Throws when the profile is not open. */
export function methods({ profiles, refined }: ViewContext, params: MethodsParams): MethodsResult {
  const { profile, view } = refined.get(profiles.get(params.uri), params.refinement).open;
  const { frames, strings } = profile;
  const table = methodTable(profile, params.lens, view.map.origin);
  const files = Array.from(table.frame, (frame) => frames.file[frame]!);
  return {
    length: table.length,
    frame: table.frame,
    name: Array.from(table.frame, (frame) => strings[frames.name[frame]!]!),
    file: files.map((file) => strings[file]!),
    place: files.map((file) => view.map.place[file]!),
    line: table.frame.map((frame) => frames.line[frame]!),
    self: table.self,
    total: table.total,
    origin: Uint8Array.from(files, (file) => view.map.origin[file]!),
  };
}
