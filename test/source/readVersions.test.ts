import { describe, expect, it } from 'vitest';
import { readVersions } from '../../src/source/readVersions';
import { memoryFileSystem } from '../support/memoryFileSystem';

const LOCK = [
  'GEM',
  '  specs:',
  '    activejob (7.2.2)',
  '      activesupport (= 7.2.2)',
  '    activerecord (7.2.2.1)',
  '      activemodel (= 7.2.2.1)',
  '    rails-i18n (7.0.9)',
  '      railties (>= 6.0.0, < 8)',
  '',
  'RUBY VERSION',
  '   ruby 3.3.8p144',
  '',
].join('\n');

const versionsOf = (files: Record<string, string>, metadata: Array<{ key: string; value: string }> = []) =>
  readVersions(
    '/app',
    memoryFileSystem(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/app/${name}`, text]))),
    metadata,
  );

describe('readVersions', () => {
  it.each([
    ['3.2.1\n', '3.2.1'],
    ['ruby-3.4.0-preview1\n', '3.4.0'],
    ['# the production one\n3.3\n', '3.3'],
    ['\uFEFF3.3.8'.slice(1), '3.3.8'],
    ['jruby-9.4.5.0\n', null],
    ['truffleruby-24.0\n', null],
    ['system\n', null],
    ['', null],
  ])('reads .ruby-version %j as %j', async (text, ruby) => {
    expect((await versionsOf({ '.ruby-version': text })).ruby).toBe(ruby);
  });

  it('reads .tool-versions, with other tools around', async () => {
    expect((await versionsOf({ '.tool-versions': 'nodejs 20.1.0\nruby 3.1.4\n' })).ruby).toBe('3.1.4');
    expect((await versionsOf({ '.tool-versions': 'rubygems 3.5\n' })).ruby).toBeNull();
  });

  it.each([LOCK, LOCK.replaceAll('\n', '\r\n')])('reads Gemfile.lock whatever its line ends', async (lock) => {
    expect(await versionsOf({ 'Gemfile.lock': lock })).toEqual({ ruby: '3.3.8', rails: '7.2.2.1', sidekiqPro: null });
  });

  it('takes the version of rails where Active Record is not locked by itself', async () => {
    const lock = 'GEM\n  specs:\n    rails (6.1.7)\n      activerecord (= 6.1.7)\n';
    expect(await versionsOf({ 'Gemfile.lock': lock })).toEqual({ ruby: null, rails: '6.1.7', sidekiqPro: null });
  });

  it('asks in order: .ruby-version, .tool-versions, Gemfile.lock, the profile', async () => {
    const files: Record<string, string> = {
      '.ruby-version': '3.1.1',
      '.tool-versions': 'ruby 3.2.2',
      'Gemfile.lock': LOCK,
    };
    const metadata = [{ key: 'ruby_version', value: 'ruby 3.4.4p34 (x86_64-linux)' }];
    const found: Array<string | null> = [];
    for (const name of [...Object.keys(files), '']) {
      found.push((await versionsOf(files, metadata)).ruby);
      delete files[name];
    }
    expect(found).toEqual(['3.1.1', '3.2.2', '3.3.8', '3.4.4']);
    expect(await versionsOf({})).toEqual({ ruby: null, rails: null, sidekiqPro: null });
  });

  it('knows Sidekiq Pro, not the free one', async () => {
    const lock = 'GEM\n  specs:\n    sidekiq (7.3.0)\n    sidekiq-pro (7.3.0)\n      sidekiq (>= 7.3)\n';
    expect((await versionsOf({ 'Gemfile.lock': lock })).sidekiqPro).toBe('7.3.0');
    expect((await versionsOf({ 'Gemfile.lock': lock.replace(/.*sidekiq-pro.*\n/, '') })).sidekiqPro).toBeNull();
  });
});
