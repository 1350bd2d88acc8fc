import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Budget } from '../findings/budget/budget';
import { type Check, judgeBudgets } from '../findings/budget/judgeBudgets';
import { parseBudgets } from '../findings/budget/parseBudgets';
import { formatBytes } from '../profile/format';
import { whyUnreadable } from '../profile/whyUnreadable';
import type { Analysis } from './analyseProfile';
import { analyseProfiles } from './analyseProfiles';
import { checkJson } from './checkJson';
import { checkSarif } from './checkSarif';
import { checkText } from './checkText';
import { type CliError, EXIT_FINE, EXIT_OVER_BUDGET, sayError, usageError } from './cliError';
import type { CheckArguments } from './parseArguments';
import { countsObjects } from './recordedEvidence';
import type { Terminal } from './terminal';

export const DEFAULT_BUDGET = '.allocation-budget.json';
const LARGEST_BUDGET_BYTES = 4 * 1024 * 1024;

/** What the profiles of a command line are, held against its budgets. */
export interface BudgetReport {
  readonly analysis: Analysis;
  readonly baseline: Analysis | null;
  /** The budget file: as it is printed, and absolute. */
  readonly budgetFile: string;
  readonly budgetPath: string;
  readonly checks: readonly Check[];
  /** Whether the exit code is 1. */
  readonly fails: boolean;
  readonly strict: boolean;
}

/** `check`: holds profiles (several are added up) against a budget file. Ends with 1 when a limit is proved to be exceeded. */
export async function check(command: CheckArguments, terminal: Terminal): Promise<number> {
  const { folder } = terminal;
  const budgetFile = command.budget ?? DEFAULT_BUDGET;
  const budgetPath =
    command.budget === null ? resolve(folder, command.root ?? '.', budgetFile) : resolve(folder, budgetFile);
  const read = await readBudgets(budgetPath);
  if (!read.ok) return sayError(terminal, command.format, read.error, budgetFile);
  const analysis = await readCounted(command.profiles, command, terminal);
  if (typeof analysis === 'number') return analysis;
  const baseline = command.baselines.length === 0 ? null : await readCounted(command.baselines, command, terminal);
  if (typeof baseline === 'number') return baseline;
  const checks = judgeBudgets(read.budgets, analysis, baseline);
  const { strict } = command;
  const fails = checks.some(({ verdict }) => (strict ? verdict !== 'within' : verdict === 'over'));
  for (const chunk of rendered(
    { analysis, baseline, budgetFile, budgetPath, checks, fails, strict },
    command,
    terminal,
  )) {
    terminal.write(chunk);
  }
  return fails ? EXIT_OVER_BUDGET : EXIT_FINE;
}

function rendered(report: BudgetReport, { output }: CheckArguments, terminal: Terminal): Iterable<string> {
  switch (output) {
    case 'text':
      return [checkText(report, terminal)];
    case 'json':
      return checkJson(report);
    case 'sarif':
      return [checkSarif(report)];
  }
}

async function readBudgets(
  path: string,
): Promise<
  { readonly ok: true; readonly budgets: readonly Budget[] } | { readonly ok: false; readonly error: CliError }
> {
  const refuse = (code: CliError['code'], message: string) =>
    ({ ok: false, error: { code, message, offset: null } }) as const;
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > LARGEST_BUDGET_BYTES) return refuse('budget', `No budget file has ${formatBytes(size)}`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const advice = 'Write the limits into it (docs/ci.md), or name another one with --budget.';
    return refuse('unreadable', isMissing ? `There is no such budget file. ${advice}` : whyUnreadable(error));
  }
  const parsed = parseBudgets(text);
  return parsed.ok ? parsed : refuse('budget', `Line ${parsed.error.line}: ${parsed.error.message}`);
}

/** Profiles added up, or the exit code after what is wrong was said: a part of them is nothing to pass a build by. */
async function readCounted(
  inputs: readonly string[],
  command: CheckArguments,
  terminal: Terminal,
): Promise<Analysis | number> {
  const { analysis, unread } = await analyseProfiles(inputs, command, terminal.folder);
  let exitCode = EXIT_FINE;
  for (const { input, error } of unread)
    exitCode = Math.max(exitCode, sayError(terminal, command.format, error, input));
  if (analysis === null || exitCode !== EXIT_FINE) return exitCode;
  if (countsObjects(analysis)) return analysis;
  const message = `A profile of mode ${analysis.profile.mode} does not count objects, and budgets are about objects`;
  return sayError(terminal, command.format, usageError(message), analysis.input);
}
