import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { hotAllEvidence } from '../src/findings/evidence';
import { judge } from '../src/findings/judge';
import { noContext } from '../src/ruby/matchContext';
import { matchPatterns } from '../src/ruby/matchPatterns';
import { loadPrism, type RubyParser } from '../src/ruby/parseRuby';
import { profileFromText } from '../test/support/profileFromText';
import { startTestServer } from '../test/support/serverHarness';

export const title =
  'Findings: files a second through parser, walk and all patterns; change to diagnostics in the server';

const WASM = 'node_modules/@ruby/prism/src/prism.wasm';

const execute = promisify(execFile);

export async function run(): Promise<string[]> {
  const parser = await loadPrism(await readFile(WASM));
  const lines = await measureFiles(parser);
  // Streams in memory do not keep a process alive.
  const awake = setInterval(() => {}, 1000);
  lines.push('', ...(await measureKeystrokes(1000, 40)), '', ...(await measureKeystrokes(50_000, 4)));
  clearInterval(awake);
  return lines;
}

async function measureFiles(parser: RubyParser): Promise<string[]> {
  const { name, texts } = await corpus();
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const lines = [`${name}: ${texts.length.toLocaleString('en')} files, ${megabytes.toFixed(1)} M characters`];
  let findings = 0;
  const parse = (text: string): unknown => parser.parse(text, null);
  const find = (text: string): void => {
    findings += judge(matchPatterns(parser, text, noContext), hotAllEvidence('a.rb'), 0).length;
  };
  const cold = cpuSeconds(() => texts.forEach(find));
  const parsing = cpuSeconds(() => texts.forEach(parse));
  findings = 0;
  const warm = cpuSeconds(() => texts.forEach(find));
  const perSecond = (seconds: number): string => `${Math.round(texts.length / seconds).toLocaleString('en')} files/s`;
  lines.push(
    `  first pass, engine cold      ${perSecond(cold)} of processor time, collecting garbage included (target 300)`,
    `  second pass                  ${perSecond(warm)}, ${(warm / parsing).toFixed(1)} x of parsing alone (${perSecond(parsing)})`,
    `  findings, every line hot     ${findings.toLocaleString('en')}`,
  );
  return lines;
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Ruby's own library, some thousand files that its version fixes; without Ruby the example app, many times. */
async function corpus(): Promise<{ readonly name: string; readonly texts: readonly string[] }> {
  const ruby = await execute('ruby', ['-e', 'puts RUBY_VERSION, RbConfig::CONFIG["rubylibdir"]']).catch(() => null);
  if (ruby === null) {
    const texts = await readAll(['examples/finance-sync']);
    return { name: 'The example app, over and over', texts: Array.from({ length: 50 }, () => texts).flat() };
  }
  const [version = '', folder = ''] = ruby.stdout.trim().split('\n');
  return { name: `The library of Ruby ${version}`, texts: await readAll([folder]) };
}

async function readAll(roots: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const root of roots) {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isFile() && entry.name.endsWith('.rb')) files.add(await realpath(path.join(entry.path, entry.name)));
    }
  }
  return Promise.all([...files].sort().map((file) => readFile(file, 'utf8')));
}

/** A character is typed somewhere in a hot file, as many times as asked after as many to warm up, and each time its diagnostics are awaited. */
async function measureKeystrokes(length: number, keystrokes: number): Promise<string[]> {
  const file = '/workspace/app/app/jobs/hot_job.rb';
  const text = hotFile(length);
  const server = await startTestServer({
    files: { [file]: text },
    profiles: { '/dumps/hot.json': hotProfile(file, length) },
    settings: { hotLineThreshold: 0 },
  });
  const published = new Map<number, (count: number) => void>();
  server.client.onNotification(
    'textDocument/publishDiagnostics',
    ({ version, diagnostics }: PublishDiagnosticsParams) => {
      published.get(version ?? 0)?.(diagnostics.length);
    },
  );
  const next = (version: number): Promise<number> => new Promise((resolve) => published.set(version, resolve));
  await server.open('/dumps/hot.json');
  const first = next(1);
  await server.openDocument(file, text);
  await server.activate('/dumps/hot.json');
  const count = await first;
  let version = 1;
  const type = async (): Promise<number> => {
    const started = performance.now();
    const done = next(++version);
    const name = `label_${(version * 7) % (length / METHOD_LINES)} `;
    await server.edit(file, name, `${name} `);
    await done;
    return performance.now() - started;
  };
  for (let stroke = 0; stroke < keystrokes; stroke++) await type();
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let stroke = 0; stroke < keystrokes; stroke++) times.push(await type());
  const { user, system } = process.cpuUsage(cpuBefore);
  server.stop();
  times.sort((a, b) => a - b);
  const at = (share: number): string => `${times[Math.floor(share * (times.length - 1))]!.toFixed(1)} ms`;
  const target = length === 1000 ? ' (target 50 ms)' : '';
  return [
    `A hot file of ${length.toLocaleString('en')} lines, ${count.toLocaleString('en')} diagnostics: change to diagnostics`,
    `  median ${at(0.5)}, 95 % within ${at(0.95)}, longest ${at(1)}${target}; processor time ${((user + system) / 1000 / keystrokes).toFixed(1)} ms each`,
  ];
}

const METHOD_LINES = 50;

/** Methods of fifty lines, each with causes on lines 3, 5 and 6. */
function hotFile(length: number): string {
  return Array.from(
    { length: length / METHOD_LINES },
    (_, i) => `def step_${i}(rows, names)
  label_${i} = names.first
  rows.keys.each do |key|
    next if key == label_${i}
    total = rows[key].map { |row| row[:amount] }.compact.sum
    puts "#{key} #{total}" if names.select { |name| name.size > 3 }.first
  end
${'  names.each { |name| rows.fetch(name) }\n'.repeat(METHOD_LINES - 10)}  names.size
end

`,
  ).join('');
}

function hotProfile(file: string, length: number): ReturnType<typeof profileFromText> {
  const rows: string[] = [];
  for (let start = 1; start < length; start += METHOD_LINES) {
    const frame = `Object#step_${(start - 1) / METHOD_LINES}@${file}#${start}`;
    rows.push(`${frame}:${start + 2} > Hash#keys@<cfunc> 40`);
    rows.push(`${frame}:${start + 2} > Hash#each_key@<cfunc> > ${frame}:${start + 4} > Array#map@<cfunc> 60`);
    rows.push(`${frame}:${start + 2} > Hash#each_key@<cfunc> > ${frame}:${start + 5} > Array#select@<cfunc> 60`);
  }
  return profileFromText(rows.join('\n'));
}
