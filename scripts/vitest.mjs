// Runs Vitest as one tier of the checks.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { inRepository, run, say } from './run.mjs';

/**
 * @param {string} tier Its report is test-results/TIER.json.
 * @param {readonly string[]} args
 * @returns {Promise<{ passed: number, failed: number }>} A skipped test counts as failed.
 */
export async function runVitest(tier, args) {
  const report = inRepository(`test-results/${tier}.json`);
  await rm(report, { force: true });
  const { code } = await run(
    inRepository('node_modules/.bin/vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { show: true, mayFail: true },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numTotalTests: all } =
    /** @type {{ numPassedTests: number, numTotalTests: number }} */ (JSON.parse(await readFile(report, 'utf8')));
  if (all > passed) say(`${all - passed} ${tier} tests failed or were skipped; a skipped test counts as failed`);
  // A file that does not load fails the run without failing a test.
  return { passed, failed: all > passed ? all - passed : code === 0 ? 0 : 1 };
}
