import { assertNever } from '../assertNever';
import { buildCallTree } from '../callTree';
import type { GroupBy } from '../lens';
import type { LineIndex } from '../lineIndex';
import type { FrameFacts } from '../refinement';
import { linesCsv, methodsCsv, type TableInput } from './csv';
import { foldedStacks } from './folded';
import { pprofFile } from './pprof';
import { speedscopeFile } from './speedscope';
import { svgPicture } from './svg';

export const exportFormats = ['folded', 'speedscope', 'pprof', 'csv', 'svg'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A profile, or the part of one that filters leave, with what its exports say of it. */
export interface Exported extends TableInput {
  readonly lines: LineIndex;
  /** Whose code a file is, per StringIndex. */
  readonly packages: FrameFacts['package'];
  /** What the file calls the profile. */
  readonly name: string;
}

/**
 * A profile in another tool's format, in parts: text, for pprof bytes that are not yet gzipped. `by`: whether boxes and rows are
 * methods or their lines; pprof has both anyway.
 */
export function exportProfile(
  exported: Exported,
  format: ExportFormat,
  by: GroupBy,
): Generator<string> | Generator<Uint8Array> {
  const { profile, measure, name } = exported;
  const treeBy = (groupBy: GroupBy) =>
    buildCallTree(profile, { groupBy, direction: 'callees', around: null, order: 'weight' });
  switch (format) {
    case 'folded':
      return foldedStacks({ profile, tree: treeBy(by), measure, name });
    case 'speedscope':
      return speedscopeFile({ profile, tree: treeBy(by), measure, name });
    case 'pprof':
      return pprofFile({ profile, tree: treeBy('line'), measure, name }, exported.packages);
    case 'csv':
      return by === 'line' ? linesCsv(exported, exported.lines) : methodsCsv(exported);
    case 'svg':
      return svgPicture({ profile, tree: treeBy(by), measure, name }, exported.packages);
    default:
      return assertNever(format);
  }
}
