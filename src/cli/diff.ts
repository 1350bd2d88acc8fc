import { compareProfiles } from '../profile/compareProfiles';
import type { Comparison } from '../profile/comparison';
import { Origin } from '../profile/origin';
import { alignFiles } from '../source/alignFiles';
import { type Analysis, analyseProfile } from './analyseProfile';
import { EXIT_FINE, sayError, usageError } from './cliError';
import { diffJson } from './diffJson';
import { diffMarkdown } from './diffMarkdown';
import { diffText } from './diffText';
import type { DiffArguments } from './parseArguments';
import { pageWidth, styleOf, type Terminal } from './terminal';

/** Two profiles that were read, and what changed from the first to the second. */
export interface DiffAnalysis {
  readonly before: Analysis;
  readonly after: Analysis;
  readonly comparison: Comparison;
  readonly command: DiffArguments;
  /** Nothing could be charged to code below the root, so that lines are charged to their caller instead. */
  readonly noneMine: boolean;
}

/** `diff`: what changed from one profile to another. Both are read even if the first cannot be: each error is said. */
export async function diff(command: DiffArguments, terminal: Terminal): Promise<number> {
  const [before, after] = [
    await readSide(command.before, command, terminal),
    await readSide(command.after, command, terminal),
  ];
  if (typeof before === 'number' || typeof after === 'number') {
    return Math.max(typeof before === 'number' ? before : 0, typeof after === 'number' ? after : 0);
  }
  const [unit, other] = [before.measure.unit, after.measure.unit];
  if (unit !== other) {
    const message = `${command.before} measures ${unit} and ${command.after} ${other}: they cannot be compared`;
    return sayError(terminal, command.format, usageError(message));
  }
  const noneMine = command.lens === 'mine' && !hasMine(before) && !hasMine(after);
  const keys = alignFiles(recorded(before), recorded(after));
  // JSON answers what was asked for; people get what says something.
  const lens = noneMine && command.output !== 'json' ? 'caller' : command.lens;
  const comparison = compareProfiles(side(before, keys.before), side(after, keys.after), {
    lens,
    scaling: command.scaling,
  });
  const analysis: DiffAnalysis = { before, after, comparison, command: { ...command, lens }, noneMine };
  for (const chunk of render(analysis, terminal)) terminal.write(chunk);
  return EXIT_FINE;
}

/** A profile, or the exit code after its error was said. */
async function readSide(input: string, command: DiffArguments, terminal: Terminal): Promise<Analysis | number> {
  const result = await analyseProfile(input, command, terminal.folder);
  if (result.ok) return result.analysis;
  const { reason, message, offset } = result.error;
  return sayError(terminal, command.format, { code: reason, message, offset }, input);
}

function hasMine({ sources, profile }: Analysis): boolean {
  return profile.frames.file.some((file) => sources.origin[file] === Origin.Mine);
}

function recorded({ profile, sources }: Analysis) {
  return { profile, relative: sources.relative };
}

function side({ profile, measure, lines, sources }: Analysis, fileKeys: readonly string[]) {
  return { profile, measure, lines, origin: sources.origin, fileKeys };
}

function render(analysis: DiffAnalysis, terminal: Terminal): Iterable<string> {
  switch (analysis.command.output) {
    case 'json':
      return diffJson(analysis);
    case 'markdown':
      return [diffMarkdown(analysis)];
    case 'text':
      return [diffText(analysis, styleOf(terminal), pageWidth(terminal))];
  }
}
