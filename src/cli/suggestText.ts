import type { Finding } from '../findings/judge';
import { formatShare } from '../profile/format';
import { gainPhrase } from './findingText';
import type { ApplyLevel } from './parseArguments';
import { wrapped } from './profileHeading';
import type { FileSuggestions } from './suggest';
import { pageWidth, printable, type Style, styleOf, type Terminal } from './terminal';
import { unifiedDiff } from './unifiedDiff';

/** The suggestions for people: the findings of each file, then what their rewrites change, as a patch. */
export function suggestText(all: readonly FileSuggestions[], apply: ApplyLevel | null, terminal: Terminal): string {
  const style = styleOf(terminal);
  const width = pageWidth(terminal);
  const readable = all.filter(({ problems }) => !problems.some(({ code }) => code === 'unreadable'));
  return readable.map((one) => fileText(one, apply, style, width, terminal.colour)).join('\n');
}

function fileText(
  one: FileSuggestions,
  apply: ApplyLevel | null,
  style: Style,
  width: number,
  forScreen: boolean,
): string {
  const { input, isNamed, findings, problems, applied, written } = one;
  const many = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const lines = [
    `${style.bold(printable(input))}: ${isNamed ? (findings.length === 0 ? 'nothing found' : many) : 'changes with the others'}`,
    ...problems.flatMap(({ message }) => wrapped(printable(message), '  ! ', width).map(style.warning)),
    ...findings.flatMap((finding) => findingLines(finding, style, width)),
  ];
  if (written) {
    lines.push(style.bold('  Changed:'));
    for (const { finding, fix, from } of applied?.made ?? []) {
      const place = `${from === undefined ? '' : `${printable(from)}:`}${finding.range.start.line + 1}`;
      lines.push(`  ${place}  ${finding.id} · ${finding.safety} · ${printable(fix.title)}`);
    }
  } else if (apply !== null) lines.push(`  Nothing changed (--apply ${apply}).`);
  const patch = apply === null || written ? patchText(one, forScreen) : '';
  return `${lines.join('\n')}\n${patch === '' ? '' : `\n${patch}`}`;
}

/** A patch is what the file has, to the byte; only a screen is kept from control characters. */
function patchText({ input, inRoot, before, applied }: FileSuggestions, forScreen: boolean): string {
  const patch = applied === null ? '' : unifiedDiff(inRoot ?? input, before, applied.text);
  return forScreen ? patch.replace(/[^\n\t]+/g, printable) : patch;
}

function findingLines(finding: Finding, style: Style, width: number): string[] {
  const { range, id, safety, share, title, explanation } = finding;
  const facts = [id, safety, ...(share === null ? [] : [`${formatShare(share)} of all objects`]), gainPhrase(finding)];
  const line = String(range.start.line + 1);
  return [
    `  ${style.bold(line)}  ${facts.join(' · ')}`,
    ...wrapped(printable(`${title}. ${explanation}`), ' '.repeat(line.length + 4), width),
  ];
}
