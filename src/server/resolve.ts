import type { ResolveParams, ResolveResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { documentHeat } from './documentHeat';
import { nameOf } from './openProfile';

/** What in the active profile stands on a line of a document, for "reveal in flame graph". */
export async function resolve(context: ServerContext, params: ResolveParams): Promise<ResolveResult> {
  const active = context.active();
  if (active === null) return { target: null, message: 'No profile is active. Open an allocation profile first.' };
  const heat = await documentHeat(context, params.uri);
  const name = nameOf(active.open.uri);
  if (heat === null) return { target: null, message: `${nameOf(params.uri)} is not in the profile ${name}.` };

  const { profile, view } = heat.open;
  const found = heat.lines.find(({ line }) => line === params.line);
  if (found !== undefined) {
    const file = profile.strings[view.lines.file[found.rows[0]!]!]!;
    return { target: { profile: heat.open.uri, file, line: found.recordedLine }, message: '' };
  }
  const method = methodOpening(heat.files, profile.frames, heat.drift.toRecorded(params.line));
  if (method !== null) {
    const { file, line } = method;
    return { target: { profile: heat.open.uri, file: profile.strings[file]!, line }, message: '' };
  }
  return { target: null, message: `The profile ${name} has no sample on line ${params.line + 1}.` };
}

/** A method that was sampled and whose definition is this line. */
function methodOpening(
  files: readonly number[],
  frames: { readonly length: number; readonly file: Int32Array; readonly line: Int32Array },
  recordedLine: number | null,
): { file: number; line: number } | null {
  if (recordedLine === null) return null;
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.line[frame] === recordedLine && files.includes(frames.file[frame]!)) {
      return { file: frames.file[frame]!, line: recordedLine };
    }
  }
  return null;
}
