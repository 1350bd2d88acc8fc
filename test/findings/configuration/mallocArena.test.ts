import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/findings/applyFixes';
import type { Finding } from '../../../src/findings/judge';
import { configurationFindings } from '../../support/configuration';

type Texts = Readonly<Record<string, string>>;

const arena = async (texts: Texts): Promise<Finding | undefined> =>
  (await configurationFindings(texts)).find(({ id }) => id === 'malloc-arena');

/** The text that is underlined. */
function underlined(texts: Texts, { file, range }: Finding): string {
  const text = texts[file.replace('/app/', '')]!;
  return text.split(/\r?\n/)[range.start.line]!.slice(range.start.character, range.end.character);
}

const cmd = 'CMD ["bundle", "exec", "sidekiq"]';
const service = (more = '', command = 'command: bundle exec sidekiq'): string =>
  `services:\n  redis:\n    image: redis\n  worker:\n    build: .\n    ${command}\n${more}`;
const unit = (more = ''): string =>
  `[Unit]\nAfter=network.target\n\n[Service]\nUser=app\n${more}ExecStart=/usr/bin/bundle exec sidekiq -e production\n\n[Install]\nWantedBy=multi-user.target\n`;

describe('malloc-arena rewrites', () => {
  it.each<[string, string, string, string]>([
    ['Dockerfile', `FROM ruby:3.3-slim\n${cmd}\n`, `FROM ruby:3.3-slim\nENV MALLOC_ARENA_MAX=2\n${cmd}\n`, cmd],
    ['Dockerfile', `FROM ruby:3.3\r\n${cmd}\r\n`, `FROM ruby:3.3\r\nENV MALLOC_ARENA_MAX=2\r\n${cmd}\r\n`, cmd],
    ['Dockerfile.prod', 'FROM ruby:3.3', 'FROM ruby:3.3\nENV MALLOC_ARENA_MAX=2', 'FROM ruby:3.3'],
    [
      'Dockerfile',
      `FROM ruby:3.3 AS base\nFROM base AS build\nENV MALLOC_ARENA_MAX=2\nFROM base\n${cmd}`,
      `FROM ruby:3.3 AS base\nFROM base AS build\nENV MALLOC_ARENA_MAX=2\nFROM base\nENV MALLOC_ARENA_MAX=2\n${cmd}`,
      cmd,
    ],
    [
      'Dockerfile',
      `FROM ruby:3.3\nRUN <<EOF\nFROM alpine\nEOF\n# ENV MALLOC_ARENA_MAX=2\nRUN apt-get install \\\n  # ENV MALLOC_ARENA_MAX=2\n  libjemalloc2\n${cmd}`,
      `FROM ruby:3.3\nENV MALLOC_ARENA_MAX=2\nRUN <<EOF\nFROM alpine\nEOF\n# ENV MALLOC_ARENA_MAX=2\nRUN apt-get install \\\n  # ENV MALLOC_ARENA_MAX=2\n  libjemalloc2\n${cmd}`,
      cmd,
    ],
    [
      'docker-compose.yml',
      service('    environment:\n      RAILS_ENV: production # as deployed\n    restart: always\n'),
      service(
        '    environment:\n      RAILS_ENV: production # as deployed\n      MALLOC_ARENA_MAX: "2"\n    restart: always\n',
      ),
      'command: bundle exec sidekiq',
    ],
    [
      'compose.yaml',
      service('    environment:\n    - RAILS_ENV=production\n\n# the end\n'),
      service('    environment:\n    - RAILS_ENV=production\n    - MALLOC_ARENA_MAX=2\n\n# the end\n'),
      'command: bundle exec sidekiq',
    ],
    [
      'compose.yaml',
      service('', 'command:\n      - bundle\n      - exec\n      - sidekiq'),
      service(
        '',
        'command:\n      - bundle\n      - exec\n      - sidekiq\n    environment:\n      MALLOC_ARENA_MAX: "2"',
      ),
      'command:',
    ],
    [
      'config/systemd/sidekiq.service',
      unit('Environment=RAILS_ENV=production\n'),
      unit('Environment=RAILS_ENV=production\nEnvironment=MALLOC_ARENA_MAX=2\n'),
      'ExecStart=/usr/bin/bundle exec sidekiq -e production',
    ],
    [
      'sidekiq.service',
      unit(),
      unit('Environment=MALLOC_ARENA_MAX=2\n'),
      'ExecStart=/usr/bin/bundle exec sidekiq -e production',
    ],
  ])('%s: %o', async (place, before, after, line) => {
    const found = (await arena({ [place]: before }))!;
    expect([found.safety, found.severity, found.savedObjects, found.share]).toEqual(['review', 'hint', null, null]);
    expect(underlined({ [place]: before }, found)).toBe(line);
    expect(applyFixes(before, [found.fix!])).toBe(after);
    expect(await arena({ [place]: after })).toBeUndefined();
  });

  it.each([
    ['{\n  "name": "shop",\n  "env": {\n    "RAILS_ENV": "production"\n  }\n}\n', '"env": {'],
    ['{\n    "addons": ["heroku-redis"],\n    "env": {}\n}\n', '"env": {}'],
    ['{"stack":"heroku-24"}', '{"stack":"heroku-24"}'],
    ['{ "scripts": { "env": { "A": "1" } } }', '{ "scripts": { "env": { "A": "1" } } }'],
  ])("Heroku's app.json: %o", async (text, line) => {
    const texts = { 'app.json': text, Procfile: 'worker: bundle exec sidekiq\n' };
    const found = (await arena(texts))!;
    const after = applyFixes(text, [found.fix!]);
    expect(underlined(texts, found)).toBe(line);
    const before = JSON.parse(text);
    expect(JSON.parse(after)).toEqual({ ...before, env: { ...before.env, MALLOC_ARENA_MAX: '2' } });
    expect(found.explanation).toContain('24 September 2019');
    expect(found.related.map(({ file }) => file)).toEqual(['/app/Procfile']);
    expect(await arena({ ...texts, 'app.json': after })).toBeUndefined();
  });
});

describe('malloc-arena only advises', () => {
  it.each<[string, string]>([
    ['Procfile', 'web: bundle exec puma\nworker: bundle exec sidekiq -C config/sidekiq.yml\n'],
    ['docker-compose.yml', service('    environment: *shared\n')],
    ['docker-compose.yml', service('    environment: { RAILS_ENV: production }\n')],
    ['docker-compose.yml', service('    <<: *app\n')],
  ])('on %s: %o', async (place, text) => {
    const found = (await arena({ [place]: text }))!;
    expect([found.safety, found.fix]).toEqual(['advice', null]);
    expect(underlined({ [place]: text }, found)).toContain('sidekiq');
  });
});

describe('malloc-arena is silent', () => {
  it.each<[string, Texts]>([
    ['nothing starts anything', {}],
    ['Alpine', { Dockerfile: `FROM ruby:3.3-alpine\n${cmd}`, Procfile: 'worker: bundle exec sidekiq' }],
    ['Alpine by an argument', { Dockerfile: `ARG RUBY=3.3-alpine\nFROM ruby:\${RUBY}\n${cmd}` }],
    ['an image with jemalloc', { Dockerfile: `FROM fullstaq-ruby:3.3-jemalloc-slim\n${cmd}` }],
    ['an earlier stage', { Dockerfile: `FROM ruby:3.3 AS base\nENV MALLOC_ARENA_MAX="2"\nFROM base\n${cmd}` }],
    [
      'jemalloc of Rails 7.2, loaded by the entry point',
      {
        Dockerfile:
          'FROM ruby:3.3\nRUN apt-get install libjemalloc2\nENTRYPOINT ["/rails/bin/docker-entrypoint"]\nCMD ["./bin/rails", "server"]',
        'bin/docker-entrypoint':
          'if [ -z "$LD_PRELOAD" ]; then\n  LD_PRELOAD=$(find /usr/lib -name libjemalloc.so.2)\nfi',
      },
    ],
    ['jemalloc of Rails 8', { Dockerfile: `FROM ruby:3.3\nENV LD_PRELOAD="/usr/local/lib/libjemalloc.so"\n${cmd}` }],
    ['another language', { Dockerfile: 'FROM node:22\nCMD ["node", "server.js"]' }],
    ['a Dockerfile for development', { 'Dockerfile.dev': `FROM ruby:3.3\n${cmd}` }],
    ['a Procfile for development', { 'Procfile.dev': 'worker: bundle exec sidekiq' }],
    ['set on the command line', { Procfile: 'worker: MALLOC_ARENA_MAX=2 bundle exec sidekiq' }],
    ['set in .env', { Procfile: 'worker: bundle exec sidekiq', '.env': 'MALLOC_ARENA_MAX=2\n' }],
    [
      'set by Kamal',
      { Dockerfile: `FROM ruby:3.3\n${cmd}`, 'config/deploy.yml': 'env:\n  clear:\n    MALLOC_ARENA_MAX: 2' },
    ],
    [
      'set for every service',
      { Dockerfile: `FROM ruby:3.3\n${cmd}`, 'compose.yml': service('    environment:\n      MALLOC_ARENA_MAX: 2') },
    ],
    [
      'set for the service by an anchor',
      { 'compose.yml': `x-env: &env\n  MALLOC_ARENA_MAX: 2\n${service('    environment: *env')}` },
    ],
    ['tabs in YAML', { 'compose.yml': service().replace('    build', '\tbuild') }],
    ['a unit with a file of variables', { 'sidekiq.service': unit('EnvironmentFile=/etc/app.env\n') }],
    ['a unit of something else', { 'redis.service': '[Service]\nExecStart=/usr/bin/redis-server\n' }],
    ["Expo's app.json", { 'app.json': '{"expo":{},"scripts":{}}' }],
    ['app.json of containers', { 'app.json': '{"env":{}}', Dockerfile: 'FROM ruby:3.3-alpine' }],
    [
      'a gem',
      {
        'Gemfile.lock': 'GEM\n  specs:\n    jemalloc (1.0.1)\n    sidekiq (7.3.0)\n',
        Procfile: 'worker: bundle exec sidekiq',
      },
    ],
    ['a comment', { Dockerfile: `FROM ruby:3.3\n# allocation-hotspots:disable malloc-arena\n${cmd}` }],
  ])('where there is %s', async (_, texts) => {
    expect(await arena(texts)).toBeUndefined();
  });
});

it('speaks of a library that is installed and not loaded', async () => {
  const found = await arena({ Dockerfile: `FROM ruby:3.3\nRUN apt-get install libjemalloc2\n${cmd}` });
  expect(found?.explanation).toContain('no LD_PRELOAD');
});

it('says nothing of an image to a unit on the host', async () => {
  const found = await arena({ Dockerfile: `FROM ruby:3.3\nENV MALLOC_ARENA_MAX=2\n${cmd}`, 'sidekiq.service': unit() });
  expect(found?.file).toBe('/app/sidekiq.service');
});
