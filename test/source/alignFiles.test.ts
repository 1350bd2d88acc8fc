import { describe, expect, it } from 'vitest';
import { alignFiles } from '../../src/source/alignFiles';
import { profileOfFiles } from '../support/profileOfFiles';

/** Which files of the first list are which of the second; files below `~/` are in the workspace. */
function pairs(before: string[], after: string[]): string[] {
  const side = (files: string[]) => {
    const profile = profileOfFiles(files);
    return { profile, relative: profile.strings.map((file) => (file.startsWith('~/') ? file.slice(2) : null)) };
  };
  const [old, now] = [side(before), side(after)];
  const keys = alignFiles(old, now);
  return before.flatMap((file) =>
    after
      .filter(
        (other) => keys.before[old.profile.strings.indexOf(file)] === keys.after[now.profile.strings.indexOf(other)],
      )
      .map((other) => `${file} = ${other}`),
  );
}

describe('alignFiles', () => {
  it('goes by the path in the workspace', () => {
    expect(pairs(['~/app/a.rb', '~/lib/a.rb'], ['~/app/a.rb', '~/lib/b.rb'])).toEqual(['~/app/a.rb = ~/app/a.rb']);
  });

  it('takes versions of gems and of Ruby for one', () => {
    const before = [
      '/g/gems/rack-3.1.2/lib/rack.rb',
      '/usr/lib/ruby/3.1.0/json/common.rb',
      '<cfunc>',
      '(eval at /a.rb:1)',
    ];
    const after = [
      '/h/gems/rack-3.2.0/lib/rack.rb',
      '/opt/lib/ruby/3.4.0/json/common.rb',
      '<internal:array>',
      '(eval):3',
    ];
    expect(pairs(before, after)).toEqual(before.map((file, at) => `${file} = ${after[at]}`));
  });

  it('finds the folder that files moved to', () => {
    expect(
      pairs(
        ['/srv/app/models/a.rb', '/srv/app/models/b.rb', '/srv/app/old.rb'],
        ['/opt/releases/7/app/models/a.rb', '/opt/releases/7/app/models/b.rb', '/opt/releases/7/app/new.rb'],
      ),
    ).toEqual([
      '/srv/app/models/a.rb = /opt/releases/7/app/models/a.rb',
      '/srv/app/models/b.rb = /opt/releases/7/app/models/b.rb',
    ]);
  });

  it('does not take files of one name for one', () => {
    expect(pairs(['/srv/a/user.rb'], ['/opt/b/user.rb'])).toEqual([]);
  });
});
