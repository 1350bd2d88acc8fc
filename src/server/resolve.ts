import { heaviestLines } from '../profile/lineFrames';
import type { FrameIndex } from '../profile/profile';
import type { ResolveParams, ResolveResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { type DocumentHeat, documentHeat } from './documentHeat';
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
  const frame = methodAt(heat, params.line);
  if (frame >= 0) {
    const line = heaviestLines(profile, view.lines, heat.files).get(frame) ?? profile.frames.line[frame]!;
    const file = profile.strings[profile.frames.file[frame]!]!;
    return { target: { profile: heat.open.uri, file, line }, message: '' };
  }
  return { target: null, message: `The profile ${name} has no sample on line ${params.line + 1}.` };
}

/** The heaviest sampled method whose definition is on this line (0-based, now), or -1. */
function methodAt({ open, files, drift }: DocumentHeat, line: number): FrameIndex {
  const { frames } = open.profile;
  const recordedLine = drift.toRecorded(line);
  let heaviest = -1;
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.line[frame] !== recordedLine || !files.includes(frames.file[frame]!)) continue;
    if (heaviest < 0 || frames.total[frame]! > frames.total[heaviest]!) heaviest = frame;
  }
  return heaviest;
}
