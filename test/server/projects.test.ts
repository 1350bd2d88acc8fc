import { beforeAll, expect, test } from 'vitest';
import { noContext } from '../../src/ruby/matchContext';
import type { RubyParser } from '../../src/ruby/parseRuby';
import { Projects } from '../../src/server/projects';
import { memoryFileSystem } from '../support/memoryFileSystem';
import { prism } from '../support/prism';

let parser: RubyParser;
beforeAll(async () => {
  parser = await prism();
});

const texts: Record<string, string> = {
  '/workspace/shop/.ruby-version': '3.3.8\n',
  '/workspace/shop/Gemfile.lock': 'GEM\n  specs:\n    activerecord (7.2.1)\n',
  '/workspace/shop/db/schema.rb': 'create_table "users" do |t|\n  t.string "name"\nend\n',
  '/workspace/shop/app/models/user.rb': '',
  '/workspace/shop/engines/pay/Gemfile': '',
  '/workspace/shop/engines/pay/.tool-versions': 'ruby 3.4.1\n',
  '/workspace/shop/engines/pay/lib/pay.rb': '',
  '/elsewhere/x.rb': '',
};

test('the nearest folder with a Gemfile or a Ruby version speaks for a file', async () => {
  const projects = new Projects(memoryFileSystem(texts));
  const shop = await projects.contextOf('/workspace/shop/app/models/user.rb', parser, []);
  expect(shop).toMatchObject({ ruby: '3.3.8', rails: '7.2.1' });
  expect([...(shop.schema?.columnsOf('User') ?? [])]).toEqual(['id', 'name']);
  const pay = await projects.contextOf('/workspace/shop/engines/pay/lib/pay.rb', parser, []);
  expect(pay).toEqual({ ruby: '3.4.1', rails: null, sidekiqPro: null, schema: null });
  expect(await projects.contextOf('/elsewhere/x.rb', parser, [])).toEqual(noContext);
});

test('what a recording says of its Ruby stands in where the folder is silent', async () => {
  const projects = new Projects(memoryFileSystem({ '/app/Gemfile': '', '/app/a.rb': '' }));
  const recorded = [{ key: 'ruby_version', value: '3.2.2' }];
  expect((await projects.contextOf('/app/a.rb', parser, recorded)).ruby).toBe('3.2.2');
  expect((await projects.contextOf('/app/a.rb', parser, [])).ruby).toBeNull();
});

test('is read once, and again after a change', async () => {
  const changing = { ...texts };
  const files = memoryFileSystem(changing);
  let reads = 0;
  const counting = {
    ...files,
    readText: (path: string) => {
      reads++;
      return path.endsWith('.ruby-version') && reads > 4 ? Promise.resolve('3.4.0') : files.readText(path);
    },
  };
  const projects = new Projects(counting);
  const metadata: never[] = [];
  const ask = () => projects.contextOf('/workspace/shop/app/models/user.rb', parser, metadata);
  const first = await ask();
  expect(await ask()).toBe(first);
  expect(reads).toBe(4);
  projects.drop();
  expect((await ask()).ruby).toBe('3.4.0');
});
