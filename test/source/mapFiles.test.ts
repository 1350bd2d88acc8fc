import { describe, expect, it } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { type MapOptions, mapFiles, type SourceMap } from '../../src/source/mapFiles';
import { memoryFileSystem } from '../support/memoryFileSystem';
import { profileOfFiles } from '../support/profileOfFiles';

const originNames = Object.keys(Origin) as Array<keyof typeof Origin>;

interface Located {
  path: string | null;
  relative: string | null;
  place: string;
  origin: keyof typeof Origin;
}

/** Maps the files and answers by recorded text. Local files are empty unless given with text. */
async function map(
  recorded: string[],
  local: string[] | Record<string, string>,
  options: Partial<MapOptions> & { links?: Record<string, string> } = {},
): Promise<{ of: (file: string) => Located; summary: SourceMap['summary']; calls: number }> {
  const texts = Array.isArray(local) ? Object.fromEntries(local.map((path) => [path, ''])) : local;
  const files = memoryFileSystem(texts, options.links);
  const profile = profileOfFiles(recorded);
  const result = await mapFiles(profile, {
    roots: [{ path: '/home/me/shop', name: 'shop' }],
    files,
    pathMappings: {},
    remembered: {},
    ...options,
  });
  return {
    of: (file) => {
      const index = profile.strings.indexOf(file);
      expect(index, `${file} is not in the profile`).toBeGreaterThanOrEqual(0);
      return {
        path: result.path[index]!,
        relative: result.relative[index]!,
        place: result.place[index]!,
        origin: originNames.find((name) => Origin[name] === result.origin[index])!,
      };
    },
    summary: result.summary,
    calls: files.calls,
  };
}

/** A variable of the settings, as the user writes it. */
const variable = (name: string): string => `\${${name}}`;

const shop = [
  '/home/me/shop/app/models/user.rb',
  '/home/me/shop/app/models/order.rb',
  '/home/me/shop/app/views/orders/show.html.erb',
  '/home/me/shop/lib/tasks/clean.rake',
  '/home/me/shop/config/environment.rb',
  '/home/me/shop/Gemfile',
];

describe('prefixes', () => {
  it.each(['/app', '/usr/src/app', '/rails', '/var/www/shop/current', '/var/www/shop/releases/20260101120000', ''])(
    'finds %o by the vote',
    async (prefix) => {
      const at = (rest: string): string => (prefix === '' ? rest : `${prefix}/${rest}`);
      const { of, summary } = await map(
        [at('app/models/user.rb'), at('app/views/orders/show.html.erb'), at('app/models/gone.rb')],
        shop,
      );
      expect(of(at('app/models/user.rb'))).toEqual({
        path: '/home/me/shop/app/models/user.rb',
        relative: 'app/models/user.rb',
        place: 'app/models/user.rb',
        origin: 'Mine',
      });
      expect(of(at('app/views/orders/show.html.erb')).origin).toBe('Mine');
      expect(of(at('app/models/gone.rb'))).toMatchObject({
        path: null,
        relative: null,
        origin: 'Other',
        place: at('app/models/gone.rb'),
      });
      expect(summary).toEqual({
        rules: [{ from: prefix, to: '/home/me/shop', origin: 'vote', files: 2 }],
        ambiguous: [],
        missingFiles: 1,
        mappedFiles: 2,
      });
    },
  );

  it('maps the root folder of a container', async () => {
    const { of, summary } = await map(['/app/models/user.rb', '/config/environment.rb'], shop);
    expect(of('/app/models/user.rb').relative).toBe('app/models/user.rb');
    expect(summary.rules[0]).toMatchObject({ from: '/', to: '/home/me/shop' });
  });

  it('maps many releases to one folder, also a release with one file', async () => {
    const recorded = ['1', '2', '3'].map((n) => `/var/www/shop/releases/2026010112000${n}/app/models/user.rb`);
    const { of, summary } = await map([...recorded, '/var/www/shop/releases/20260101120001/app/models/order.rb'], shop);
    for (const file of recorded) expect(of(file).path).toBe('/home/me/shop/app/models/user.rb');
    expect(summary.rules.map((rule) => rule.to)).toEqual(['/home/me/shop', '/home/me/shop', '/home/me/shop']);
  });

  it('prefers a file that exists under its recorded path', async () => {
    const copy = shop.map((path) => path.replace('/shop/', '/shop/old/'));
    const { of, summary } = await map(
      ['/home/me/shop/app/models/user.rb', '/home/me/shop/app/models/gone.rb'],
      [...shop, ...copy],
    );
    expect(of('/home/me/shop/app/models/user.rb').relative).toBe('app/models/user.rb');
    expect(of('/home/me/shop/app/models/gone.rb').path).toBeNull();
    expect(summary.rules).toEqual([{ from: '/home/me/shop', to: '/home/me/shop', origin: 'identity', files: 1 }]);
  });

  it('finds an application in a subfolder of the workspace', async () => {
    const { of, summary } = await map(
      ['/app/app/models/user.rb', '/app/config/environment.rb'],
      [
        '/home/me/shop/services/api/app/models/user.rb',
        '/home/me/shop/services/api/config/environment.rb',
        '/home/me/shop/lib/user.rb',
      ],
    );
    expect(of('/app/app/models/user.rb').relative).toBe('services/api/app/models/user.rb');
    expect(summary.rules).toEqual([{ from: '/app', to: '/home/me/shop/services/api', origin: 'vote', files: 2 }]);
  });

  it('sends each application to its own root', async () => {
    const { of } = await map(
      [
        '/app/app/models/user.rb',
        '/app/app/models/order.rb',
        '/engines/pay/lib/pay/card.rb',
        '/engines/pay/lib/pay/bank.rb',
      ],
      [...shop, '/home/me/pay/lib/pay/card.rb', '/home/me/pay/lib/pay/bank.rb'],
      {
        roots: [
          { path: '/home/me/shop', name: 'shop' },
          { path: '/home/me/pay', name: 'pay' },
        ],
      },
    );
    expect(of('/engines/pay/lib/pay/card.rb')).toMatchObject({
      path: '/home/me/pay/lib/pay/card.rb',
      place: 'pay/lib/pay/card.rb',
      origin: 'Mine',
    });
    expect(of('/app/app/models/user.rb').place).toBe('shop/app/models/user.rb');
  });

  it('knows a symlinked root by its real path', async () => {
    const { of } = await map(['/data/code/shop/app/models/user.rb'], ['/data/code/shop/app/models/user.rb'], {
      links: { '/home/me/shop': '/data/code/shop' },
    });
    expect(of('/data/code/shop/app/models/user.rb')).toMatchObject({
      path: '/home/me/shop/app/models/user.rb',
      origin: 'Mine',
    });
  });

  it('takes a folder linked twice for one', async () => {
    const { of, summary } = await map(['/app/app/models/user.rb'], shop, {
      links: { '/home/me/shop/again': '/home/me/shop' },
    });
    expect(summary.ambiguous).toEqual([]);
    expect(of('/app/app/models/user.rb').path).toBe('/home/me/shop/app/models/user.rb');
  });

  it.each([
    'C:/code/shop/app/models/user.rb',
    'c:\\code\\shop\\app\\models\\user.rb',
    'file:///c%3A/code/shop/app/models/user.rb',
  ])('reads Windows path %s', async (recorded) => {
    const { of } = await map([recorded], ['c:/code/shop/app/models/user.rb'], {
      roots: [{ path: 'c:/code/shop', name: 'shop' }],
    });
    expect(of(recorded)).toMatchObject({
      path: 'c:/code/shop/app/models/user.rb',
      relative: 'app/models/user.rb',
      origin: 'Mine',
    });
  });

  it('maps a Windows recording into a Unix folder', async () => {
    const { of } = await map(['D:\\build\\shop\\app\\models\\user.rb'], shop);
    expect(of('D:\\build\\shop\\app\\models\\user.rb').path).toBe('/home/me/shop/app/models/user.rb');
  });
});

describe('doubt', () => {
  const twins = ['/home/me/blue/app/models/user.rb', '/home/me/green/app/models/user.rb'];
  const roots = [
    { path: '/home/me/blue', name: 'blue' },
    { path: '/home/me/green', name: 'green' },
  ];

  it('reports two folders that fit equally well and maps neither', async () => {
    const { of, summary } = await map(['/app/app/models/user.rb'], twins, { roots });
    expect(of('/app/app/models/user.rb')).toMatchObject({ path: null, origin: 'Other' });
    expect(summary).toEqual({
      rules: [],
      ambiguous: [{ from: '/app', candidates: ['/home/me/blue', '/home/me/green'] }],
      missingFiles: 0,
      mappedFiles: 0,
    });
  });

  it('remembers the answer', async () => {
    const { of, summary } = await map(['/app/app/models/user.rb'], twins, {
      roots,
      remembered: { '/app': '/home/me/green' },
    });
    expect(of('/app/app/models/user.rb')).toMatchObject({ path: '/home/me/green/app/models/user.rb', origin: 'Mine' });
    expect(summary).toMatchObject({
      ambiguous: [],
      rules: [{ from: '/app', to: '/home/me/green', origin: 'remembered', files: 1 }],
    });
  });

  it('asks once about several releases, and one answer settles all', async () => {
    const recorded = ['/srv/releases/1/app/models/user.rb', '/srv/releases/2/app/models/user.rb', 'app/models/user.rb'];
    const asked = await map(recorded, twins, { roots });
    expect(asked.summary).toMatchObject({ missingFiles: 0, mappedFiles: 0 });
    expect(asked.summary.ambiguous).toHaveLength(1);
    const { from } = asked.summary.ambiguous[0]!;
    const answered = await map(recorded, twins, { roots, remembered: { [from]: '/home/me/green' } });
    expect(recorded.map((file) => answered.of(file).path)).toEqual(recorded.map(() => twins[1]));
  });

  it('asks again when the answer leads nowhere any more', async () => {
    const { summary } = await map(['/app/app/models/user.rb'], twins, {
      roots,
      remembered: { '/app': '/home/me/red' },
    });
    expect(summary.ambiguous).toHaveLength(1);
  });

  it('lets the text decide between copies', async () => {
    const { of, summary } = await map(
      ['/app/app/models/user.rb|User#name|2'],
      { [twins[0]!]: 'class User\n\n  def name = 1\nend\n', [twins[1]!]: 'class User\n  def name = 1\nend\n' },
      { roots },
    );
    expect(of('/app/app/models/user.rb').path).toBe(twins[1]);
    expect(summary.ambiguous).toEqual([]);
  });

  it('lets the folder decide that explains more of the recorded files', async () => {
    const recorded = Array.from({ length: 12 }, (_, i) => `/app/app/models/m${i}.rb`);
    const local = ['blue', 'green'].flatMap((name) =>
      recorded.map((file) => file.replace('/app/', `/home/me/${name}/`)),
    );
    const all = await map(recorded, local, { roots });
    expect(all.summary.ambiguous).toEqual([{ from: '/app', candidates: ['/home/me/blue', '/home/me/green'] }]);
    for (const missing of [0, 11, 12, 23]) {
      const { of, summary } = await map(
        recorded,
        local.filter((_, i) => i !== missing),
        { roots },
      );
      const fuller = missing < 12 ? 'green' : 'blue';
      expect(summary).toMatchObject({ ambiguous: [], mappedFiles: 12 });
      expect(of('/app/app/models/m5.rb').path).toBe(`/home/me/${fuller}/app/models/m5.rb`);
    }
  });

  it('takes an application before a few of its files elsewhere', async () => {
    const overlay = ['/home/me/shop/fixes/app/models/user.rb', '/home/me/shop/fixes/app/models/order.rb'];
    const recorded = ['/app/app/models/user.rb', '/app/app/models/order.rb', '/app/config/environment.rb'];
    const { summary } = await map(recorded, [...shop, ...overlay]);
    expect(summary).toMatchObject({ ambiguous: [], rules: [{ from: '/app', to: '/home/me/shop', files: 3 }] });
  });

  it('takes the copy that the profile lies in', async () => {
    const at = (profilePath: string) => map(['/app/app/models/user.rb'], twins, { roots, profilePath });
    expect((await at('/home/me/green/tmp/stackprof.dump')).of('/app/app/models/user.rb').path).toBe(twins[1]);
    expect((await at('/home/me/blue/tmp/stackprof.dump')).of('/app/app/models/user.rb').path).toBe(twins[0]);
    expect((await at('/tmp/stackprof.dump')).summary.ambiguous).toHaveLength(1);
  });

  it('finds a lone relative path in the folder that the other files are in', async () => {
    const folder = '/home/me/shop/services/api';
    const local = ['app/models/user.rb', 'config/environment.rb', 'script/run'].map((file) => `${folder}/${file}`);
    const { of } = await map(
      ['/app/app/models/user.rb', '/app/config/environment.rb', 'script/run'],
      [...local, '/home/me/shop/tools/script/run'],
    );
    expect(of('script/run').relative).toBe('services/api/script/run');
  });

  it('lets the name of the recorded folder decide', async () => {
    const { of } = await map(['/srv/green/app/models/user.rb'], twins, { roots });
    expect(of('/srv/green/app/models/user.rb').path).toBe(twins[1]);
  });

  it('takes the application before the dummy inside its specs', async () => {
    const { of } = await map(
      ['/app/config/environment.rb'],
      [...shop, '/home/me/shop/spec/dummy/config/environment.rb'],
    );
    expect(of('/app/config/environment.rb').relative).toBe('config/environment.rb');
  });

  it('takes no lone base name for a match', async () => {
    const { of, summary } = await map(['/opt/tools/user.rb', '/app/Gemfile'], shop);
    expect(of('/opt/tools/user.rb').path).toBeNull();
    expect(of('/app/Gemfile').path).toBeNull();
    expect(summary.missingFiles).toBe(2);
  });

  it('does take it in a folder of scripts', async () => {
    const { of } = await map(['/tmp/run/before.rb'], ['/home/me/shop/before.rb']);
    expect(of('/tmp/run/before.rb')).toMatchObject({ relative: 'before.rb', origin: 'Mine' });
  });

  it('does not send a missing file of the application to a namesake elsewhere in it', async () => {
    const { of } = await map(
      ['/app/app/models/user.rb', '/app/app/models/order.rb', '/app/packs/b/app/models/note.rb'],
      [...shop, '/home/me/shop/packs/a/app/models/note.rb'],
    );
    expect(of('/app/packs/b/app/models/note.rb').path).toBeNull();
  });
});

describe('settings', () => {
  it('override everything, the longest prefix first', async () => {
    const { of, summary } = await map(
      [
        '/app/app/models/user.rb',
        '/app/engines/pay/lib/pay.rb',
        '/home/me/shop/app/models/order.rb',
        '/app/app/models/gone.rb',
      ],
      [
        ...shop,
        '/home/me/shop/other/app/models/user.rb',
        '/home/me/shop/pay/lib/pay.rb',
        '/home/me/shop/other/app/models/order.rb',
      ],
      {
        pathMappings: {
          '/app': `${variable('workspaceFolder')}/other`,
          '/app/engines/pay/': '~/shop/pay',
          '/home/me/shop': 'other',
        },
        home: '/home/me',
      },
    );
    expect(of('/app/app/models/user.rb').relative).toBe('other/app/models/user.rb');
    expect(of('/app/engines/pay/lib/pay.rb').relative).toBe('pay/lib/pay.rb');
    expect(of('/home/me/shop/app/models/order.rb').relative).toBe('other/app/models/order.rb');
    expect(of('/app/app/models/gone.rb').path).toBeNull();
    expect(summary.rules).toContainEqual({ from: '/app', to: '/home/me/shop/other', origin: 'setting', files: 1 });
    expect(summary.missingFiles).toBe(1);
  });

  it('may name any release by a star', async () => {
    const { of } = await map(['/srv/releases/77/lib/a.rb'], ['/home/me/shop/x/lib/a.rb'], {
      pathMappings: { '/srv/releases/*': `${variable('workspaceFolder:shop')}/x` },
    });
    expect(of('/srv/releases/77/lib/a.rb').relative).toBe('x/lib/a.rb');
  });

  it('make a gem one works on mine', async () => {
    const gem = '/usr/local/bundle/gems/money-1.2.0/lib/money.rb';
    const { of } = await map([gem], ['/home/me/shop/money/lib/money.rb'], {
      pathMappings: { '/usr/local/bundle/gems/money-1.2.0': `${variable('workspaceFolder')}/money` },
    });
    expect(of(gem)).toMatchObject({ relative: 'money/lib/money.rb', origin: 'Mine' });
  });

  it('outside of the workspace open the file, but it is not mine', async () => {
    const { of } = await map(['/app/lib/a.rb'], ['/elsewhere/lib/a.rb'], { pathMappings: { '/app': '/elsewhere' } });
    expect(of('/app/lib/a.rb')).toMatchObject({ path: '/elsewhere/lib/a.rb', relative: null, origin: 'Other' });
  });
});

describe('code of others', () => {
  it.each([
    [
      '/usr/local/bundle/gems/activerecord-7.2.2/lib/active_record/base.rb',
      'Gem',
      'activerecord 7.2.2 lib/active_record/base.rb',
    ],
    [
      '/app/vendor/bundle/ruby/3.3.0/gems/nokogiri-1.16.0-x86_64-linux/lib/nokogiri.rb',
      'Gem',
      'nokogiri 1.16.0 lib/nokogiri.rb',
    ],
    [
      '/home/me/.rbenv/versions/3.3.0/lib/ruby/gems/3.3.0/gems/i18n-1.10.0/lib/i18n.rb',
      'Gem',
      'i18n 1.10.0 lib/i18n.rb',
    ],
    [
      '/usr/share/rubygems-integration/all/gems/concurrent-ruby-1.1.6/lib/a.rb',
      'Gem',
      'concurrent-ruby 1.1.6 lib/a.rb',
    ],
    [
      '/usr/local/bundle/bundler/gems/rails-0123456789ab/activerecord/lib/a.rb',
      'Gem',
      'rails 0123456 activerecord/lib/a.rb',
    ],
    ['C:\\Ruby33\\lib\\ruby\\gems\\3.3.0\\gems\\rack-3.0.8\\lib\\rack.rb', 'Gem', 'rack 3.0.8 lib/rack.rb'],
    ['/usr/lib/ruby/vendor_ruby/pg/connection.rb', 'Gem', 'pg pg/connection.rb'],
    ['/usr/lib/ruby/vendor_ruby/rubygems/specification.rb', 'Stdlib', 'stdlib rubygems/specification.rb'],
    ['/usr/lib/ruby/3.1.0/json/common.rb', 'Stdlib', 'stdlib json/common.rb'],
    ['/usr/local/lib/ruby/3.3.0/set.rb', 'Stdlib', 'stdlib set.rb'],
    ['/home/me/.rbenv/versions/3.3.0/lib/ruby/3.3.0/set.rb', 'Stdlib', 'stdlib set.rb'],
    ['/opt/asdf/installs/ruby/3.3.0/lib/ruby/3.3.0/x86_64-linux/socket.rb', 'Stdlib', 'stdlib socket.rb'],
    ['C:/Ruby33-x64/lib/ruby/3.3.0/set.rb', 'Stdlib', 'stdlib set.rb'],
    ['<cfunc>', 'Core', 'C'],
    ['<internal:kernel>', 'Core', '<internal:kernel>'],
    [
      '<internal:/usr/lib/ruby/vendor_ruby/rubygems/core_ext/kernel_require.rb>',
      'Core',
      '<internal:rubygems/core_ext/kernel_require.rb>',
    ],
    ['(eval)', 'Other', '(eval)'],
    ['(erb)', 'Other', '(erb)'],
    ['(irb)', 'Other', '(irb)'],
    ['-e', 'Other', '-e'],
    ['(eval-tpl).erb', 'Other', '(eval-tpl).erb'],
    ['(eval at /app/app/models/user.rb:12)', 'Other', '(eval at app/models/user.rb:12)'],
    ['/usr/bin/sidekiq', 'Other', '/usr/bin/sidekiq'],
    ['', 'Gc', 'garbage collector'],
  ])('%s is %s', async (file, origin, place) => {
    const { of, summary } = await map([file, '/app/app/models/user.rb', '/app/app/models/order.rb'], shop);
    expect(of(file)).toMatchObject({ path: null, origin, place });
    expect(summary.missingFiles).toBe(0);
  });

  it('opens gems and libraries that are on this disk', async () => {
    const gem = '/usr/local/bundle/gems/rack-3.0.8/lib/rack.rb';
    const { of } = await map([gem, '/usr/local/lib/ruby/3.3.0/set.rb'], [gem, '/usr/local/lib/ruby/3.3.0/set.rb']);
    expect(of(gem)).toMatchObject({ path: gem, relative: null, origin: 'Gem' });
    expect(of('/usr/local/lib/ruby/3.3.0/set.rb')).toMatchObject({
      path: '/usr/local/lib/ruby/3.3.0/set.rb',
      origin: 'Stdlib',
    });
  });

  it('finds a container’s gem in the workspace’s own bundle', async () => {
    const local = '/home/me/shop/vendor/bundle/ruby/3.3.0/gems/rack-3.0.8/lib/rack.rb';
    const { of } = await map(['/usr/local/bundle/gems/rack-3.0.8/lib/rack.rb'], [local]);
    expect(of('/usr/local/bundle/gems/rack-3.0.8/lib/rack.rb')).toMatchObject({
      path: local,
      origin: 'Gem',
      place: 'rack 3.0.8 lib/rack.rb',
    });
  });

  it.each([
    'vendor/bundle/ruby/3.3.0/gems/rack-3.0.8/lib/rack.rb',
    'vendor/gems/rack/lib/rack.rb',
    'node_modules/x/y.rb',
  ])('keeps %s of the workspace a dependency', async (inside) => {
    const { of } = await map([`/home/me/shop/${inside}`], [`/home/me/shop/${inside}`]);
    expect(of(`/home/me/shop/${inside}`)).toMatchObject({ path: `/home/me/shop/${inside}`, origin: 'Gem' });
  });

  it('takes a gem for mine when the workspace is that gem', async () => {
    const installed = '/usr/local/bundle/gems/shop-1.2.3/lib/shop/cart.rb';
    const { of } = await map([installed], ['/home/me/shop/shop.gemspec', '/home/me/shop/lib/shop/cart.rb']);
    expect(of(installed)).toMatchObject({ relative: 'lib/shop/cart.rb', place: 'lib/shop/cart.rb', origin: 'Mine' });
  });

  it('takes files for mine when the workspace lies in a gem folder', async () => {
    const root = '/home/me/.gem/ruby/3.3.0/gems/rack-3.0.8';
    const { of } = await map([`${root}/lib/rack.rb`], [`${root}/lib/rack.rb`], {
      roots: [{ path: root, name: 'rack' }],
    });
    expect(of(`${root}/lib/rack.rb`)).toMatchObject({ relative: 'lib/rack.rb', origin: 'Mine' });
  });

  it('finds files below folders that the walk leaves out', async () => {
    const { of } = await map(
      ['/app/app/models/user.rb', '/app/vendor/engines/pay/lib/pay.rb', '/app/vendor/gems/x/lib/x.rb'],
      [...shop, '/home/me/shop/vendor/engines/pay/lib/pay.rb', '/home/me/shop/vendor/gems/x/lib/x.rb'],
    );
    expect(of('/app/vendor/engines/pay/lib/pay.rb')).toMatchObject({
      relative: 'vendor/engines/pay/lib/pay.rb',
      origin: 'Mine',
    });
    expect(of('/app/vendor/gems/x/lib/x.rb')).toMatchObject({ relative: 'vendor/gems/x/lib/x.rb', origin: 'Gem' });
  });

  it('opens a file outside of the workspace that is on this disk', async () => {
    const { of, summary } = await map(['/srv/jobs/run.rb'], ['/srv/jobs/run.rb']);
    expect(of('/srv/jobs/run.rb')).toMatchObject({ path: '/srv/jobs/run.rb', relative: null, origin: 'Other' });
    expect(summary.missingFiles).toBe(0);
  });
});

describe('work', () => {
  it('is bounded by folders, not by files', async () => {
    const recorded: string[] = [];
    const local: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      recorded.push(`/app/app/models/m${i % 200}/file${i}.rb`);
      local.push(`/home/me/shop/app/models/m${i % 200}/file${i}.rb`);
    }
    const { summary, calls } = await map(recorded, local);
    expect(summary.mappedFiles).toBe(20_000);
    expect(calls).toBeLessThan(1000);
  });

  it('survives a workspace without folders', async () => {
    const { of, summary } = await map(['/app/app/models/user.rb'], shop, { roots: [] });
    expect(of('/app/app/models/user.rb')).toMatchObject({ path: null, origin: 'Other' });
    expect(summary.missingFiles).toBe(1);
  });

  it('ends on links that lead back', async () => {
    const { of } = await map(['/app/app/models/user.rb', '/app/app/models/nowhere.rb'], shop, {
      links: { '/home/me/shop/app/app': '/home/me/shop/app', '/home/me/shop/lib/up': '/home/me/shop' },
    });
    expect(of('/app/app/models/user.rb').path).toBe('/home/me/shop/app/models/user.rb');
  });
});
