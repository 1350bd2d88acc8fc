import type { Finding } from '../../src/findings/judge';
import type { Fix } from '../../src/ruby/pattern';

/** The first rewrite of every finding that has one. */
export function preferredFixes(findings: readonly Finding[]): Fix[] {
  return findings.flatMap(({ fix }) => (fix === null ? [] : [fix]));
}
