// Runs every tier of checks and ends with one line, `N passed, N failed`; exit code 1 when anything failed.
//
//   node scripts/test.mjs [--only types|lint|unit|ruby|kit|e2e]
//
// A type check and a lint run count as one check each; then every unit test, every proof by Ruby, every test of the capture kit and every step of the end-to-end journeys.
import { mkdir } from 'node:fs/promises';
import process from 'node:process';
import { runEndToEnd } from './e2e.mjs';
import { runKitTests } from './kitTests.mjs';
import { runRubyProof } from './rubyProof.mjs';
import { inRepository, run, say } from './run.mjs';
import { runVitest } from './vitest.mjs';

/** @typedef {{ passed: number, failed: number }} Tally */

/** Cheapest first. The unit tier packs the extension (test/package.test.ts), which the end-to-end tier then uses. */
const tiers = {
  types: async () => sum(await check('tsc', ['-p', '.']), await check('tsc', ['-p', 'tsconfig.pure.json'])),
  lint: () => check('biome', ['check', '--error-on-warnings', '.']),
  unit: () => runVitest('unit', []),
  ruby: runRubyProof,
  kit: runKitTests,
  e2e: () => runEndToEnd({ pack: only !== '' }),
};

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
if (only !== '' && !(only in tiers)) {
  console.error(`--only takes one of ${Object.keys(tiers).join(', ')}`);
  process.exit(2);
}

await mkdir(inRepository('test-results'), { recursive: true });
const started = Date.now();
const failedTiers = [];
let total = { passed: 0, failed: 0 };
for (const [name, tier] of Object.entries(tiers)) {
  if (only !== '' && only !== name) continue;
  say(`${name} …`);
  const tally = await tier().catch(cannotRun);
  say(`${name}: ${tally.passed} passed, ${tally.failed} failed`);
  if (tally.failed > 0) failedTiers.push(name);
  total = sum(total, tally);
}
const seconds = Math.round((Date.now() - started) / 1000);
say(
  failedTiers.length === 0
    ? `All fine after ${seconds} s`
    : `Failed: ${failedTiers.join(', ')} (npm test -- --only NAME)`,
);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {Tally} a @param {Tally} b @returns {Tally} */
function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** A tier that cannot run is a failure, never a pass. @param {unknown} error @returns {Tally} */
function cannotRun(error) {
  console.error(error instanceof Error ? error.message : error);
  return { passed: 0, failed: 1 };
}

/** A tool of node_modules as one check. @param {string} tool @param {string[]} args @returns {Promise<Tally>} */
async function check(tool, args) {
  const { code } = await run(inRepository('node_modules/.bin', tool), args, { show: true, mayFail: true });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
