import { matchPatterns } from '../../ruby/matchPatterns';
import type { RubyParser } from '../../ruby/parseRuby';
import { hotAllEvidence } from '../evidence';
import { readIgnored } from '../ignored';
import { type Finding, judge } from '../judge';
import { type ConfigurationFile, runsWorkers } from './configurationFile';
import { missingArenaLimits } from './mallocArena';

/** What is known of how the application's memory behaves. */
export interface MemoryEvidence {
  /** A profile of the application is at hand. */
  readonly hasProfile: boolean;
  /** How the memory of its workers grows, by their log; null without a log. */
  readonly verdict: 'leak' | 'bloat' | 'steady' | null;
}

/**
 * What the configuration of one application says, one finding per id: at the best place, or in `preferred` (a path) when it is
 * there too; the others are named with it. Comments that ignore a finding count. Empty unless Sidekiq or Puma is used.
 */
export function judgeConfiguration(
  files: readonly ConfigurationFile[],
  evidence: MemoryEvidence,
  parser: RubyParser,
  preferred: string | null = null,
): Finding[] {
  if (!runsWorkers(files)) return [];
  const { hasProfile, verdict } = evidence;
  const because = verdict === 'bloat' ? "The worker's log shows memory that rises in stairs and stays." : null;
  const isAsked = verdict === null ? hasProfile : verdict === 'bloat';
  const found = [
    ...(isAsked ? missingArenaLimits(files, because) : []),
    ...files.filter(({ kind }) => kind === 'ruby').flatMap((file) => rubyFindings(file, parser)),
  ];
  const texts = new Map(files.map(({ path, text }) => [path, readIgnored(text)]));
  const heard = found.filter(({ id, file, range }) => !texts.get(file)?.isIgnored(id, range.start.line));
  return oncePerId(heard, preferred);
}

/** Findings of a Ruby text that are about configuration: they need no heat. */
function rubyFindings({ path, text }: ConfigurationFile, parser: RubyParser): Finding[] {
  const candidates = matchPatterns(parser, text).filter(({ pattern }) => pattern.heat === 'none');
  return judge(candidates, hotAllEvidence(path), 0);
}

function oncePerId(findings: readonly Finding[], preferred: string | null): Finding[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) byId.set(finding.id, [...(byId.get(finding.id) ?? []), finding]);
  return [...byId.values()].map((all) => {
    const best = all.find(({ file }) => file === preferred) ?? all[0]!;
    const others = all.filter((one) => one !== best);
    const related = others.map(({ file, range }) => ({ file, range, message: 'The same here.' }));
    return { ...best, related: [...best.related, ...related] };
  });
}
