import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A text that a real Ruby should compile. */
export interface CompileJob {
  readonly id: string;
  readonly text: string;
}

/** A text to load and a call of it to evaluate; see runner.rb. */
export interface RunJob extends CompileJob {
  readonly call: string;
  /** Rows of the tables that it runs on; 0 for none, and no Active Record. */
  readonly records: number;
  /** Whether to measure live memory too, which takes long. */
  readonly live: boolean;
}

/** `error`: Ruby's message, or null. `warnings`: those of `ruby -w`, without file and line. */
export interface Compiled {
  readonly error: string | null;
  readonly warnings: readonly string[];
}

/** What a call answered or raised, what it left in the database, and what it allocated. */
export interface Ran {
  readonly result: string;
  readonly raised: string | null;
  /** A digest of all rows, and the number of statements sent; null without records. */
  readonly database: string | null;
  readonly statements: number | null;
  readonly objects: number;
  /** Size of those objects. */
  readonly bytes: number;
  /** The most bytes alive at once, of what the call made; null where that was not asked. */
  readonly live: number | null;
}

/** Why a text could not be run. */
export interface Failed {
  readonly failed: string;
}

export interface RubyAnswers {
  /** `3.1.2`. */
  readonly ruby: string;
  readonly compiled: ReadonlyMap<string, Compiled>;
  readonly ran: ReadonlyMap<string, Ran | Failed>;
}

const schema = path.resolve(__dirname, '../fixtures/detector-cases/schema.rb');

/** Compiles and runs texts with the machine's Ruby (RUBY names another). Rejects when Ruby itself does not work. */
export async function runInRuby(compile: readonly CompileJob[], run: readonly RunJob[]): Promise<RubyAnswers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hotspots-ruby-'));
  try {
    const input = JSON.stringify({ compile, run });
    const lines = await rubyLines([path.join(__dirname, 'runner.rb'), schema], folder, input);
    const [first, ...rest] = lines.map((line): unknown => JSON.parse(line));
    return { ruby: String(record(first).ruby), ...answers(rest) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rubyLines(args: readonly string[], cwd: string, input: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.RUBY || 'ruby', args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8').trimEnd().split('\n'));
      else reject(new Error(`ruby ended with ${code}: ${Buffer.concat(errors).toString('utf8')}`));
    });
    child.stdin.end(input);
  });
}

function answers(rest: readonly unknown[]): Pick<RubyAnswers, 'compiled' | 'ran'> {
  const compiled = new Map<string, Compiled>();
  const ran = new Map<string, Ran | Failed>();
  for (const answer of rest.map(record)) {
    const id = String(answer.id);
    if ('warnings' in answer) compiled.set(id, { error: text(answer.error), warnings: texts(answer.warnings) });
    else ran.set(id, 'failed' in answer ? { failed: String(answer.failed) } : ranOf(answer));
  }
  return { compiled, ran };
}

function ranOf(answer: Readonly<Record<string, unknown>>): Ran {
  return {
    result: String(answer.result),
    raised: text(answer.raised),
    database: text(answer.database),
    statements: number(answer.statements),
    objects: Number(answer.objects),
    bytes: Number(answer.bytes),
    live: number(answer.live),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`not an answer of runner.rb: ${String(value)}`);
  return Object.fromEntries(Object.entries(value));
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
