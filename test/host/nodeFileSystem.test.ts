import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeFileSystem } from '../../src/host/nodeFileSystem';

const files = nodeFileSystem();
let folder = '';

beforeEach(async () => {
  folder = await files.realPath(await mkdtemp(path.join(tmpdir(), 'file-system-')));
  await mkdir(path.join(folder, 'app'));
  await writeFile(path.join(folder, 'app/größe.rb'), 'x = "é"\n');
  await symlink(path.join(folder, 'app'), path.join(folder, 'link'));
  await symlink(path.join(folder, 'gone'), path.join(folder, 'broken'));
});
afterEach(() => rm(folder, { recursive: true }));

it('reads files and folders, through links too', async () => {
  expect(await files.kind(`${folder}/app`)).toBe('directory');
  expect(await files.kind(`${folder}/link`)).toBe('directory');
  expect(await files.kind(`${folder}/link/größe.rb`)).toBe('file');
  expect(await files.readText(`${folder}/link/größe.rb`)).toBe('x = "é"\n');
  expect(await files.realPath(`${folder}/link/größe.rb`)).toBe(`${folder}/app/größe.rb`);
});

it('lists names, links to folders as folders', async () => {
  const names = await files.list(folder);
  expect([...names].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'app', directory: true },
    { name: 'broken', directory: false },
    { name: 'link', directory: true },
  ]);
});

it('answers for what is not there', async () => {
  expect(await files.kind(`${folder}/broken`)).toBeNull();
  expect(await files.readText(`${folder}/app`)).toBeNull();
  expect(await files.readText(`${folder}/broken`)).toBeNull();
  expect(await files.realPath(`${folder}/broken`)).toBe(`${folder}/broken`);
  expect(await files.list(`${folder}/app/größe.rb`)).toEqual([]);
  expect(await files.list('/no\0where')).toEqual([]);
});
