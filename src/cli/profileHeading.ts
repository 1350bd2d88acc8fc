import { assertNever } from '../profile/assertNever';
import { formatBytes, formatCount, formatShare, formatTotal } from '../profile/format';
import type { Measure } from '../profile/measure';
import type { MergedPart } from '../profile/mergeProfiles';
import type { Detail } from '../profile/profile';
import type { Analysis } from './analyseProfile';
import { printable, type Style } from './terminal';

const CANDIDATES_SHOWN = 3;

/** What a profile is and what to keep in mind about it: the lines above every table. */
export function profileHeading(analysis: Analysis, style: Style, width: number): string[] {
  const { input, profile, measure, problems, parts } = analysis;
  const facts = [
    whatIsMeasured(analysis),
    samplingPhrase(analysis),
    `${formatCount(profile.samples)} ${profile.samples === 1 ? 'sample' : 'samples'}`,
  ];
  if (profile.gcSamples > 0) {
    facts.push(`${formatShare(profile.gcSamples / profile.samples)} of them in garbage collection`);
  }
  const container = profile.format === 'stackprof-json' ? 'StackProf JSON' : 'StackProf dump';
  const file = [container + (profile.compressed ? ', gzip' : ''), detailPhrase(profile.detail)];
  if (profile.fileBytes > 0) file.splice(1, 0, formatBytes(profile.fileBytes));
  const unit =
    measure.unit === 'objects' ? ['Objects are counted when they are allocated, whether or not they are kept.'] : [];
  return [
    style.bold(printable(input)),
    ...wrapped(facts.filter((fact) => fact !== '').join(' · '), '  ', width),
    ...wrapped(file.join(' · '), '  ', width),
    ...wrapped(mappingPhrase(analysis), '  ', width),
    ...partPhrases(parts, measure.unit).flatMap((text) => wrapped(text, '  ', width)),
    ...unit.flatMap((text) => wrapped(text, '  ', width)),
    ...ambiguityPhrases(analysis).flatMap((text) => wrapped(text, '  ! ', width).map(style.warning)),
    ...problems.flatMap(({ message }) => wrapped(printable(message), '  ! ', width).map(style.warning)),
  ];
}

const PARTS_SHOWN = 8;

/** The profiles that were added up, heaviest first. */
function partPhrases(parts: readonly MergedPart[], unit: Measure['unit']): string[] {
  if (parts.length === 0) return [];
  const whole = parts.reduce((sum, { total }) => sum + total, 0);
  const heaviest = [...parts].sort((a, b) => b.total - a.total);
  const shown = heaviest.slice(0, PARTS_SHOWN).map(({ name, total, interval }) => {
    const share = whole > 0 ? ` (${formatShare(total / whole)})` : '';
    return `${printable(name)}: ${formatTotal({ unit, total, exact: true, perSample: 1 })}${share}${interval === null ? '' : `, interval ${formatCount(interval)}`}`;
  });
  const more = parts.length - shown.length;
  return [
    `Added up from ${formatCount(parts.length)} ${parts.length === 1 ? 'profile' : 'profiles'}:`,
    ...shown,
    ...(more > 0 ? [`and ${formatCount(more)} more`] : []),
  ];
}

function whatIsMeasured({ profile, measure }: Analysis): string {
  const total = formatTotal(measure);
  switch (profile.mode) {
    case 'object':
      return measure.unit === 'objects'
        ? `${total} allocated${measure.exact ? ' (exact)' : ''}`
        : `${total} of allocations`;
    case 'wall':
      return `${total} of wall time`;
    case 'cpu':
      return `${total} of CPU time`;
    case 'custom':
      return 'custom samples';
    case 'unknown':
      return 'mode unknown';
    default:
      return assertNever(profile.mode);
  }
}

function samplingPhrase({ profile: { mode, interval } }: Analysis): string {
  if (interval === null) return '';
  if (mode === 'object') return interval === 1 ? 'every one sampled' : `1 in ${formatCount(interval)} sampled`;
  return mode === 'wall' || mode === 'cpu' ? `sampled every ${formatCount(interval)} µs` : '';
}

function detailPhrase(detail: Detail): string {
  switch (detail) {
    case 'raw_lines':
      return 'stacks with exact lines';
    case 'raw':
      return 'stacks of methods, lines as sums';
    case 'aggregate':
      return 'sums per method, no stacks';
    default:
      return assertNever(detail);
  }
}

function mappingPhrase({ root, sources: { summary } }: Analysis): string {
  const files = `${formatCount(summary.mappedFiles)} ${summary.mappedFiles === 1 ? 'file' : 'files'} found under ${printable(root)}`;
  // Relative recorded paths have no folder to name.
  const moved = summary.rules.filter((rule) => rule.from !== rule.to && rule.from !== '' && rule.files > 0);
  const from = moved.length > 0 ? ` (recorded under ${moved.map((rule) => printable(rule.from)).join(', ')})` : '';
  const missing = summary.missingFiles > 0 ? `, ${formatCount(summary.missingFiles)} application files not found` : '';
  return `${files}${from}${missing}`;
}

/** Folders that explain a recorded one equally well: the user has to choose, until then its files count as not found. */
function ambiguityPhrases({ sources: { summary } }: Analysis): string[] {
  return summary.ambiguous.map(({ from, candidates }) => {
    const shown = candidates.slice(0, CANDIDATES_SHOWN).map(printable);
    const more = candidates.length - shown.length;
    const folders = `${shown.join(' or ')}${more > 0 ? ` or ${more} more` : ''}`;
    return from === ''
      ? `Relative paths could be from ${folders}: choose with --root ${shown[0]}.`
      : `${printable(from)} could be ${folders}: choose with --path-map ${printable(from)}=${shown[0]}.`;
  });
}

/** Breaks a sentence into lines at most `width` wide; the first begins with `lead`, the others line up under its text. */
export function wrapped(text: string, lead: string, width: number): string[] {
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
