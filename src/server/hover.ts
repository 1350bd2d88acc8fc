import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { callersOf } from '../profile/callers';
import type { Certainty, Lens } from '../profile/lens';
import { lineFrames } from '../profile/lineFrames';
import { lineCallees } from '../profile/lineIndex';
import { commandLink, commands, type RevealTarget } from '../protocol/ids';
import type { ServerContext } from './context';
import { findingsOf } from './documentFindings';
import { type DocumentHeat, type DocumentLine, documentHeat } from './documentHeat';
import { frameName } from './hotLines';
import { changeDetails, type LineChanges, lineChanges } from './lineChanges';
import { litLine, mostly } from './lineText';
import { codeSpan, escapeMarkdown } from './markdown';
import { baseOf, fullAmount, sampleCount, savingPhrase, shareOf, shortAmount, verbOf } from './phrases';

const CALLEES_SHOWN = 5;
const CALLERS_SHOWN = 3;
/** Below this many samples a figure says "some", not how much. */
const FEW_SAMPLES = 50;

/** What the active profile knows of a lit line; null on any other line: saying nothing is not saying "allocates nothing". */
export async function hover(context: ServerContext, uri: string, { line }: Position): Promise<Hover | null> {
  const heat = await documentHeat(context, uri);
  const found = heat?.lines.find((candidate) => candidate.line === line);
  if (heat === null || found === undefined) return null;
  const locale = context.locale();
  const findings = (await findingsOf(context, uri)).filter(({ range }) => range.start.line === line);
  if (litLine(heat, found, locale, null) === null && findings.length === 0) return null;
  const changes = await lineChanges(context, heat);
  const parts = [
    figures(heat, found, locale),
    changed(heat, found, changes, locale),
    ...findings.map((finding) => knownCause(finding, heat, locale)),
    callees(heat, found, locale),
    callers(heat, found, locale),
    certainty(heat, found, locale),
    links(heat, found),
  ];
  return { contents: { kind: MarkupKind.Markdown, value: parts.filter((part) => part !== '').join('\n\n') } };
}

function figures(heat: DocumentHeat, line: DocumentLine, locale: string): string {
  const { open, lens } = heat;
  const { measure, profile } = open;
  const all = profile.samples;
  const verb = verbOf(profile.mode);
  const own = `**${fullAmount(measure, line.own, line.ownCertainty, locale)}** · **${shareOf(line.own, all, locale)}**`;
  const callee = mostly(heat, line);
  const cause = callee === null ? '' : `, mostly beneath ${codeSpan(callee)}`;
  const through = `${fullAmount(measure, line.through, line.throughCertainty, locale)} · ${shareOf(line.through, all, locale)}`;
  return [
    // No sample is not "allocates nothing": it is only said that there was none.
    line.own > 0
      ? `${own} ${verb} by this line (${lensName(lens)})${cause}`
      : `No sample of the line's own (${lensName(lens)})`,
    `${through} ${verb} with this line on the stack`,
    `Shares are of ${baseOf(profile.mode)}; ${sampleCount(line.own, locale)} own, ${sampleCount(line.through, locale)} through, of ${sampleCount(all, locale)}.`,
  ].join('  \n');
}

function changed(heat: DocumentHeat, line: DocumentLine, changes: LineChanges | null, locale: string): string {
  if (changes === null) return '';
  return `Change from the baseline ${codeSpan(changes.baseline)}: ${changeDetails(changes, line, heat, locale)}.`;
}

/** What is known to make the objects, and what its rewrite gains; the problem beside it says why. */
function knownCause(finding: Finding, { open }: DocumentHeat, locale: string): string {
  const link = `[Explain](${commandLink(commands.explainFinding, finding.id)} "Why it costs, and what to write instead")`;
  const saving = savingPhrase(finding, open.measure, locale);
  return `**${finding.id}** · ${escapeMarkdown(finding.title)} (${saving}). ${link}`;
}

function callees({ open }: DocumentHeat, line: DocumentLine, locale: string): string {
  const [beneath] = lineCallees(open.profile, open.view.lines, line.rows.slice(0, 1));
  if (beneath === undefined || beneath.length === 0) return '';
  const rows = beneath
    .slice(0, CALLEES_SHOWN)
    .map(
      ({ frame, samples }) =>
        `- ${codeSpan(frameName(open, frame))} ${shareOf(samples, line.through, locale)} · ${shortAmount(open.measure, samples, line.throughCertainty, locale)}`,
    );
  const more = beneath.length - rows.length;
  if (more > 0) rows.push(`- and ${more} more`);
  return `Beneath this line, as shares of what goes through it:\n\n${rows.join('\n')}`;
}

function callers({ open }: DocumentHeat, line: DocumentLine, locale: string): string {
  const [frame] = lineFrames(open.profile, open.view.lines, line.rows.slice(0, 1));
  if (frame === undefined || frame < 0) return '';
  const method = codeSpan(frameName(open, frame));
  const calls = callersOf(open.profile, frame);
  if (calls.callers.length === 0) return `In ${method}.`;
  const named = calls.callers
    .slice(0, CALLERS_SHOWN)
    .map((caller) => `${codeSpan(frameName(open, caller.frame))} ${shareOf(caller.samples, calls.total, locale)}`);
  const more = calls.callers.length - named.length;
  return `In ${method}, called by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** How far to trust the figures, and why. */
function certainty({ open, drift }: DocumentHeat, line: DocumentLine, locale: string): string {
  const notes = [detailNote(line.ownCertainty)];
  const { interval, mode } = open.profile;
  if (mode === 'object' && interval !== null && interval > 1) {
    notes.push(`One allocation in ${interval} was sampled.`);
  }
  if (line.through < FEW_SAMPLES && interval !== 1) notes.push(`Only ${sampleCount(line.through, locale)}: a hint.`);
  const round = open.problems.find((problem) => problem.code === 'round-interval');
  if (round !== undefined) notes.push(escapeMarkdown(round.message));
  if (line.stale) notes.push('The line has changed since the recording.');
  else if (drift.note !== null) notes.push(escapeMarkdown(drift.note));
  return `_${notes.join(' ')}_`;
}

function detailNote(own: Certainty): string {
  switch (own) {
    case 'exact':
      return 'Exact line: the profile holds the line of every call.';
    case 'estimate':
      return 'Estimate: the profile does not hold the lines of its stacks; record with StackProf 0.2.26 or newer and raw: true for exact lines.';
    case 'bound':
      return 'At most this much: the profile holds only sums per line, which count a line once per call; record with StackProf 0.2.26 or newer and raw: true for exact lines.';
    default:
      return assertNever(own);
  }
}

function links({ open }: DocumentHeat, line: DocumentLine): string {
  const target: RevealTarget = {
    profile: open.uri,
    file: open.profile.strings[open.view.lines.file[line.rows[0]!]!]!,
    line: line.recordedLine,
  };
  return [
    `[Reveal in flame graph](${commandLink(commands.revealInFlameGraph, target)} "Its boxes, callers and callees")`,
    `[Charge to…](${commandLink(commands.chooseLens)} "Choose to whom allocations are charged")`,
  ].join(' · ');
}

function lensName(lens: Lens): string {
  switch (lens) {
    case 'recorded':
      return 'as recorded';
    case 'caller':
      return 'charged to caller';
    case 'mine':
      return 'charged to my code';
    default:
      return assertNever(lens);
  }
}
