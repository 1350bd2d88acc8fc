import { type ConfigurationFile, kindOf } from '../../src/findings/configuration/configurationFile';
import { judgeConfiguration, type MemoryEvidence } from '../../src/findings/configuration/judgeConfiguration';
import type { Finding } from '../../src/findings/judge';
import { prism } from './prism';

/** Files of an application in `/app` that uses Sidekiq, by their places; those that are not looked at are left out. */
export function configurationFiles(texts: Readonly<Record<string, string>>): ConfigurationFile[] {
  return Object.entries({ Gemfile: 'gem "sidekiq"\n', ...texts }).flatMap(([place, text]) => {
    const kind = kindOf(place);
    return kind === null ? [] : [{ path: `/app/${place}`, place, kind, text }];
  });
}

export async function configurationFindings(
  texts: Readonly<Record<string, string>>,
  evidence: Partial<MemoryEvidence> = {},
  preferred: string | null = null,
): Promise<Finding[]> {
  const known = { hasProfile: true, verdict: null, ...evidence };
  return judgeConfiguration(configurationFiles(texts), known, await prism(), preferred);
}
