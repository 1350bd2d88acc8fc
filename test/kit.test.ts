import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cliRun } from './support/cliRun';
import { prism } from './support/prism';

const kit = path.resolve('kit');
const manifest: Record<string, unknown> = JSON.parse(readFileSync(path.join(kit, 'manifest.json'), 'utf8'));
const files = readdirSync(kit, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.rb'))
  .map((name) => name.replaceAll(path.sep, '/'))
  .sort();

test('the manifest names every file and its initializer', () => {
  expect(manifest.files).toEqual(files);
  expect(files).toContain(manifest.initializer);
});

test('our own patterns find nothing in it', async () => {
  const { output } = await cliRun(['suggest', ...files, '--hot', 'all'], kit);
  expect(output.match(/: nothing found$/gm), output).toHaveLength(files.length);
});

test('the example app has it as it is here', () => {
  const app = path.resolve('examples/finance-sync');
  for (const name of files) {
    expect(readFileSync(path.join(app, name), 'utf8'), name).toBe(readFileSync(path.join(kit, name), 'utf8'));
  }
});

describe.each(files)('%s', (name) => {
  const text = readFileSync(path.join(kit, name), 'utf8');

  test('is Ruby by the newest grammar and by that of 3.3', async () => {
    const parser = await prism();
    for (const version of [null, '3.3.0']) expect(parser.parse(text, version)?.errors).toBe(0);
  });

  test('says the version of the kit in its second line', () => {
    expect(text.split('\n')[1]).toBe(`# Allocation Hotspots capture kit, version ${String(manifest.version)}`);
  });

  test('names constants that Sidekiq has of its own from the top', () => {
    const code = text.replace(/^ *#.*$/gm, '');
    expect(code.match(/(?<![:\w"'])(?:Process|Queue|Rails|Logger|Job|Client|Config|Stats)(?:\.|::).*/g)).toBeNull();
  });

  test('requires only files of the kit and what Ruby or Sidekiq brings', () => {
    for (const [, required] of text.matchAll(/^ *require_relative "([^"]+)"/gm)) {
      expect(files).toContain(path.posix.join(path.posix.dirname(name), `${required}.rb`));
    }
    const known = ['etc', 'fileutils', 'json', 'sidekiq', 'stackprof', 'time'];
    for (const [, required] of text.matchAll(/^ *require "([^"]+)"/gm)) expect(known).toContain(required);
  });
});
