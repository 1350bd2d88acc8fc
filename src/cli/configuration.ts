import { type ConfigurationFile, kindOf, runsWorkers } from '../findings/configuration/configurationFile';
import { readConfiguration } from '../findings/configuration/readConfiguration';
import type { Finding } from '../findings/judge';
import { nodeFileSystem } from '../host/nodeFileSystem';
import type { RubyParser } from '../ruby/parseRuby';
import type { PlacedFinding } from './reportFindings';
import type { ParserSource } from './rubyParser';

/** What the application's files say about how it is started and recorded; empty unless it runs Sidekiq or Puma. */
export function configurationOf(root: string): Promise<ConfigurationFile[]> {
  return readConfiguration(root.replaceAll('\\', '/'), nodeFileSystem());
}

/** The findings of a report, one per id. Prism is loaded only for an application that runs Sidekiq or Puma. */
export async function configurationReport(root: string, parser: ParserSource): Promise<PlacedFinding[]> {
  const files = await configurationOf(root);
  if (!runsWorkers(files)) return [];
  const { judgeConfiguration } = await import('../findings/configuration/judgeConfiguration');
  const places = new Map(files.map(({ path, place }) => [path, place]));
  const findings = judgeConfiguration(files, evidence, await parser());
  return findings.map((finding) => ({ finding, file: places.get(finding.file) ?? finding.file }));
}

/** The same for one file with a text of its own. `place`: its path below the root. */
export async function configurationIn(
  files: readonly ConfigurationFile[],
  place: string,
  path: string,
  parser: RubyParser,
): Promise<(text: string) => Finding[]> {
  const kind = kindOf(place);
  const others = files.filter((file) => file.place !== place);
  if (kind === null) return () => [];
  const { judgeConfiguration } = await import('../findings/configuration/judgeConfiguration');
  return (text) =>
    judgeConfiguration([...others, { path, place, kind, text }], evidence, parser, path).filter(
      ({ file }) => file === path,
    );
}

/** Somebody who asks for a report or suggestions has memory in mind; no log is read. */
const evidence = { hasProfile: true, verdict: null } as const;
