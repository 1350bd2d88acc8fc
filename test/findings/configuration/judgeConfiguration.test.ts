import { describe, expect, it } from 'vitest';
import { runsWorkers } from '../../../src/findings/configuration/configurationFile';
import { readConfiguration } from '../../../src/findings/configuration/readConfiguration';
import { configurationFiles, configurationFindings } from '../../support/configuration';
import { memoryFileSystem } from '../../support/memoryFileSystem';
import { randomSource } from '../../support/randomSource';

const image = 'FROM ruby:3.3\nCMD ["bundle", "exec", "sidekiq"]\n';
const recording = (interval: number): string => `StackProf.start(mode: :object, interval: ${interval})\n`;

describe('the configuration of an application', () => {
  it('has one finding per id, and names the other places with it', async () => {
    const texts = {
      Dockerfile: image,
      Procfile: 'worker: bundle exec sidekiq\n',
      'config/initializers/a.rb': recording(100),
      'lib/b.rb': recording(1000),
      Gemfile: 'gem "sidekiq"\ngem "puma_worker_killer"\ngem "stackprof", group: :development\n',
    };
    const found = await configurationFindings(texts);
    expect(found.map(({ id, file, related }) => [id, file, related.map((one) => one.file)])).toEqual([
      ['malloc-arena', '/app/Dockerfile', ['/app/Procfile']],
      ['memory-killer', '/app/Gemfile', []],
      ['stackprof-group', '/app/Gemfile', []],
      ['round-interval', '/app/config/initializers/a.rb', ['/app/lib/b.rb']],
    ]);
    const preferring = await configurationFindings(texts, {}, '/app/lib/b.rb');
    expect(preferring.map(({ file }) => file)).toContain('/app/lib/b.rb');
  });

  it('leaves out what comments ignore, and then speaks of the next place', async () => {
    const texts = {
      'lib/a.rb': `${recording(100).trim()} # allocation-hotspots:disable round-interval`,
      'lib/b.rb': recording(100),
    };
    expect((await configurationFindings(texts)).map(({ file }) => file)).toEqual(['/app/lib/b.rb']);
  });

  it('has no line patterns', async () => {
    expect(await configurationFindings({ 'lib/a.rb': 'User.all.each { |user| user.touch }' })).toEqual([]);
  });

  it('says nothing of applications without Sidekiq and Puma', async () => {
    expect(
      await configurationFindings({
        Gemfile: 'gem "rails"\n# gem "sidekiq"',
        Dockerfile: image,
        'lib/a.rb': recording(10),
      }),
    ).toEqual([]);
  });
});

it.each([
  [true, null, true],
  [false, null, false],
  [false, 'bloat', true],
  [true, 'steady', false],
  [true, 'leak', false],
] as const)(
  'with a profile (%s) and the verdict %s, arenas are spoken of: %s',
  async (hasProfile, verdict, expected) => {
    const [found] = await configurationFindings({ Dockerfile: image }, { hasProfile, verdict });
    expect(found !== undefined).toBe(expected);
    if (verdict === 'bloat') expect(found!.explanation).toMatch(/^The worker's log shows/);
  },
);

it.each([
  ['Gemfile', "gem 'puma', '~> 6'", true],
  ['Gemfile', 'gem "sidekiq-cron"', false],
  ['Gemfile.lock', '    sidekiq (7.3.0)\n', true],
  ['Gemfile.lock', '      sidekiq (>= 6)\n', false],
])('%s with %o runs workers: %s', (place, text, expected) => {
  expect(runsWorkers(configurationFiles({ Gemfile: '', [place]: text }))).toBe(expected);
});

describe('reading', () => {
  const read = async (texts: Record<string, string>): Promise<string[]> => {
    const files = memoryFileSystem(
      Object.fromEntries(Object.entries(texts).map(([place, text]) => [`/app/${place}`, text])),
    );
    return (await readConfiguration('/app', files)).map(({ place }) => place);
  };

  it('takes what says how the application is started and recorded', async () => {
    const texts = {
      ...{
        Gemfile: 'gem "puma"',
        Dockerfile: image,
        'README.md': 'StackProf',
        '.env': 'A=1',
        '.env.development': 'A=1',
      },
      ...{
        'config/initializers/a.rb': recording(10),
        'config/initializers/b.rb': 'x = 1',
        'config/deploy/x.service': '[Service]',
      },
      ...{
        'app/models/a.rb': recording(10),
        'app/middleware/a.rb': recording(10),
        'bin/docker-entrypoint': 'exec "$@"',
      },
      ...{ 'node_modules/a/Dockerfile': image },
    };
    expect((await read(texts)).sort()).toEqual(
      [
        '.env',
        'Dockerfile',
        'Gemfile',
        'app/middleware/a.rb',
        'bin/docker-entrypoint',
        'config/deploy/x.service',
        'config/initializers/a.rb',
      ].sort(),
    );
  });

  it('goes no further than the gems where nothing runs workers', async () => {
    expect(await read({ Dockerfile: image })).toEqual([]);
    expect(await read({ Gemfile: 'gem "rails"', Dockerfile: image })).toEqual([]);
  });
});

it('takes any text: every prefix, and texts with lines and characters changed', async () => {
  const texts = {
    Dockerfile: 'ARG V=3\nFROM ruby:$V AS base\nRUN <<-EOF\n\tx\n\tEOF\nRUN a \\\n  b\nFROM base\nCMD ["puma"]\n',
    'compose.yml': 'services:\n  web:\n    command: >\n      bundle exec puma\n    environment:\n      - A=1\n',
    'app.json': '{\n "env": {\n  "A": { "value": "\\"x" }\n },\n "stack": "s"\n}',
    'a.service': '[Unit]\n[Service]\nEnvironment=A=1\nExecStart=puma \\\n -C x\n[Install]\n',
    Procfile: 'web: bundle exec puma\n',
  };
  const random = randomSource(7);
  for (const [place, text] of Object.entries(texts)) {
    for (let end = 0; end <= text.length; end++) await configurationFindings({ [place]: text.slice(0, end) });
    for (let round = 0; round < 200; round++) {
      const at = Math.floor(random() * text.length);
      const odd = ['\n', '\r', '\t', '{', '"', '\\', ':', '<<E', '\u{1f600}'][round % 9]!;
      const changed = text.slice(0, at) + odd + text.slice(at + 1);
      for (const { range } of await configurationFindings({ [place]: changed })) {
        expect(changed.split('\n').length).toBeGreaterThan(range.end.line);
      }
    }
  }
});
