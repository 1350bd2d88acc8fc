import type { CodeLens } from 'vscode-languageserver';
import type { Finding } from '../findings/judge';
import { chargeFrames, type FrameCharge } from '../profile/chargedFrames';
import { formatObjectsShort, formatShare } from '../profile/format';
import type { Lens } from '../profile/lens';
import { heaviestLines } from '../profile/lineFrames';
import { type FrameIndex, FrameKind } from '../profile/profile';
import { commands, type RevealTarget } from '../protocol/ids';
import type { ServerContext } from './context';
import { findingsOf } from './documentFindings';
import { type DocumentHeat, documentHeat } from './documentHeat';
import type { MappedView, OpenProfile } from './openProfile';
import { savingPhrase, shareOf } from './phrases';

/** One lens above each method of the document that has the threshold's share of the profile; none when nothing is active. */
export async function codeLenses(context: ServerContext, uri: string): Promise<CodeLens[]> {
  const settings = await context.settings.get();
  const heat = settings.codeLens ? await documentHeat(context, uri) : null;
  if (heat === null) return [];
  const threshold = (settings.hotLineThreshold / 100) * heat.open.profile.samples;
  const shownLines = heaviestLines(heat.open.profile, heat.open.view.lines, heat.files);
  const locale = context.locale();
  const methods = hottestMethods(heat).flatMap((method) => {
    const now = heat.drift.toCurrent(method.line);
    return now === null ? [] : [{ method, ...now }];
  });
  methods.sort((a, b) => a.line - b.line);
  const findings = await findingsOf(context, uri);
  return methods.flatMap(({ method, line, stale }, index) => {
    if (stale || method.total === 0 || method.total < threshold) return [];
    const before = methods[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const inMethod = findings.filter(({ range }) => line <= range.start.line && range.start.line < before);
    const shownLine = shownLines.get(method.frame) ?? method.line;
    return [lensOf(heat, method, shownLine, line, locale), ...causeLens(heat, inMethod, line, locale)];
  });
}

/** Names the heaviest of a method's findings and what its rewrite gains; a click explains it. */
function causeLens({ open }: DocumentHeat, findings: readonly Finding[], line: number, locale: string): CodeLens[] {
  const [heaviest] = findings.toSorted((a, b) => weightOf(b) - weightOf(a));
  if (heaviest === undefined) return [];
  const more = findings.length > 1 ? ` · and ${findings.length - 1} more` : '';
  const title = `${heaviest.id}: ${savingPhrase(heaviest, open.measure, locale)}${more}`;
  return [
    {
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      command: { title, command: commands.explainFinding, arguments: [heaviest.id] },
    },
  ];
}

/** What is saved says more than what goes through; a gain that is not counted in objects stands behind those that are. */
function weightOf({ savedObjects, share }: Finding): number {
  return (savedObjects ?? 0) + (share ?? 0);
}

interface Method {
  readonly frame: FrameIndex;
  /** Definition line as recorded, 1-based. */
  readonly line: number;
  readonly total: number;
}

/** The heaviest frame of each definition line: blocks and aliases share their method's. */
function hottestMethods({ open, files }: DocumentHeat): Method[] {
  const { frames } = open.profile;
  const here = new Set(files);
  const byLine = new Map<number, Method>();
  for (let frame = 0; frame < frames.length; frame++) {
    const line = frames.line[frame]!;
    if (line <= 0 || frames.kind[frame] !== FrameKind.Ruby || !here.has(frames.file[frame]!)) continue;
    const total = frames.total[frame]!;
    const known = byLine.get(line);
    if (known === undefined || total > known.total) byLine.set(line, { frame, line, total });
  }
  return [...byLine.values()];
}

/** `shownLine`: the recorded line that the link shows; `line`: where the lens stands, 0-based. */
function lensOf(
  { open, lens }: DocumentHeat,
  method: Method,
  shownLine: number,
  line: number,
  locale: string,
): CodeLens {
  const { profile, measure } = open;
  const own = chargeOf(open, lens).own[method.frame]!;
  const target: RevealTarget = {
    profile: open.uri,
    file: profile.strings[profile.frames.file[method.frame]!]!,
    line: shownLine,
  };
  const through = shareOf(method.total, profile.samples, locale);
  // "0.0 % own" would only be noise: most methods allocate through what they call.
  const ownPart = own / profile.samples < 0.0005 ? '' : ` · ${formatShare(own / profile.samples, locale)} own`;
  return {
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
    command: {
      title: `${formatObjectsShort(measure, method.total, locale)} · ${through} through${ownPart}`,
      command: commands.revealInFlameGraph,
      arguments: [target],
    },
  };
}

const charges = new WeakMap<MappedView, Map<Lens, FrameCharge>>();

function chargeOf({ profile, view }: OpenProfile, lens: Lens): FrameCharge {
  const byLens = charges.get(view) ?? new Map<Lens, FrameCharge>();
  charges.set(view, byLens);
  const charge = byLens.get(lens) ?? chargeFrames(profile, lens, view.map.origin);
  byLens.set(lens, charge);
  return charge;
}
