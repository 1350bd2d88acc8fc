import { resolve } from 'node:path';
import { formatCount } from '../profile/format';
import { ProfileMerger } from '../profile/mergeProfiles';
import type { Problem } from '../profile/problem';
import { type Analysis, analyseProfile, analysisOf, readProfile } from './analyseProfile';
import type { CliError } from './cliError';
import type { ProfileArguments } from './parseArguments';

/** What the profiles of a command line are together. */
export interface Analyses {
  /** Null when none could be read. */
  readonly analysis: Analysis | null;
  /** Those that could not be read or added, with the reason. */
  readonly unread: readonly { readonly input: string; readonly error: CliError }[];
}

/** Reads profiles: one as it is, several added up, one after the other, so that only one of them is in memory with the sum. */
export async function analyseProfiles(
  inputs: readonly string[],
  options: Pick<ProfileArguments, 'root' | 'pathMappings'>,
  folder: string,
): Promise<Analyses> {
  const [only, ...others] = inputs;
  if (only !== undefined && others.length === 0) {
    const result = await analyseProfile(only, options, folder);
    if (result.ok) return { analysis: result.analysis, unread: [] };
    const { reason, message, offset } = result.error;
    return { analysis: null, unread: [{ input: only, error: { code: reason, message, offset } }] };
  }
  const merger = new ProfileMerger();
  const unread: { input: string; error: CliError }[] = [];
  const problems: Problem[] = [];
  let first: string | null = null;
  for (const input of inputs) {
    const decoded = await readProfile(resolve(folder, input));
    if (!decoded.ok) {
      const { reason, message, offset } = decoded.error;
      unread.push({ input, error: { code: reason, message, offset } });
      continue;
    }
    const refused = merger.add(decoded.profile, input);
    if (refused !== null) {
      unread.push({ input, error: { code: 'unlike-mode', message: refused, offset: null } });
      continue;
    }
    first ??= input;
    problems.push(...decoded.problems.map(({ code, message }) => ({ code, message: `${input}: ${message}` })));
  }
  const merged = merger.finish();
  if (merged === null || first === null) return { analysis: null, unread };
  const { profile, parts } = merged;
  const input = parts.length === 1 ? first : `${formatCount(parts.length)} profiles`;
  const whole = { input, profile, parts, problems: [...problems, ...merged.problems] };
  return { analysis: await analysisOf(whole, first, options, folder), unread };
}
