import type { FileHeatParams, FileHeatResult, HeatLine } from '../protocol/requests';
import type { ServerContext } from './context';
import { documentHeat } from './documentHeat';
import { lineChanges } from './lineChanges';
import { litLine } from './lineText';

/** The lit lines of a document under the active profile and lens; none when nothing is active or the file is not in it. */
export async function fileHeat(context: ServerContext, params: FileHeatParams): Promise<FileHeatResult> {
  const heat = await documentHeat(context, params.uri);
  if (heat === null) return { lines: [], drift: null };
  const changes = await lineChanges(context, heat);
  const lines: HeatLine[] = [];
  for (const line of heat.lines) {
    const lit = litLine(heat, line, context.locale(), changes);
    if (lit !== null) lines.push(lit);
  }
  return { lines, drift: heat.drift.note };
}
