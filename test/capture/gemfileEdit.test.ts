import { describe, expect, test } from 'vitest';
import { addGem, type GemfileChange, removeGem } from '../../src/capture/gemfileEdit';
import { applyEdits } from '../../src/ruby/textRange';
import { prism } from '../support/prism';

const gem = { name: 'stackprof', requirement: '>= 0.2.26' };

async function add(text: string): Promise<GemfileChange> {
  return addGem((await prism()).parse(text, null), gem);
}

/** The text after a change; throws when it refuses or is no Ruby. */
async function changed(text: string, change: (text: string) => Promise<GemfileChange>): Promise<string> {
  const made = await change(text);
  if (made.kind !== 'edit') throw new Error(`${made.kind}: ${JSON.stringify(made)}`);
  const after = applyEdits(text, made.edits);
  if ((await prism()).parse(after, null)?.errors !== 0) throw new Error(`No Ruby: ${after}`);
  return after;
}

const remove = async (text: string): Promise<GemfileChange> => removeGem((await prism()).parse(text, null), gem);

const added = '# For allocation capture.\ngem "stackprof", ">= 0.2.26", require: false\n';
const was = (place: string): string => `# For allocation capture; was in ${place}.\n`;

const edited: ReadonlyArray<readonly [name: string, before: string, after: string]> = [
  ['below sidekiq', 'gem "rails"\ngem "sidekiq"\ngem "pg"\n', `gem "rails"\ngem "sidekiq"\n${added}gem "pg"\n`],
  [
    'below a sidekiq of several lines and a comment',
    'gem "sidekiq",\n    "~> 7.0" # jobs\ngem "pg"\n',
    `gem "sidekiq",\n    "~> 7.0" # jobs\n${added}gem "pg"\n`,
  ],
  [
    'below the last gem in no block, in its quotes',
    "source 'https://gems.example'\ngem 'rails'\ngroup :test do\n  gem 'rspec'\nend\n",
    "source 'https://gems.example'\ngem 'rails'\n# For allocation capture.\ngem 'stackprof', '>= 0.2.26', require: false\ngroup :test do\n  gem 'rspec'\nend\n",
  ],
  [
    'at the end without a newline',
    'gem "pg"',
    'gem "pg"\n# For allocation capture.\ngem "stackprof", ">= 0.2.26", require: false',
  ],
  ['in a text without gems', '# nothing yet é', `# nothing yet é\n${added}`],
  ['in an empty text', '', added],
  [
    'not below a conditional gem',
    'gem "rails"\ngem "sidekiq" if ENV["JOBS"]\n',
    `gem "rails"\n${added}gem "sidekiq" if ENV["JOBS"]\n`,
  ],
  [
    'Windows line ends',
    'gem "sidekiq"\r\ngem "pg"\r\n',
    'gem "sidekiq"\r\n# For allocation capture.\r\ngem "stackprof", ">= 0.2.26", require: false\r\ngem "pg"\r\n',
  ],
  [
    'an option',
    'gem "stackprof", group: :development, require: false\n',
    `${was('group: :development')}gem "stackprof", require: false\n`,
  ],
  [
    'an option with a list and arrows, in parentheses',
    'gem("stackprof", "~> 0.2", :groups => [:development, :test])\n',
    `${was(':groups => [:development, :test]')}gem("stackprof", "~> 0.2")\n`,
  ],
  [
    'the last of a block',
    'group :development, :test do\n  gem "rspec"\n  gem "stackprof" # allocations\nend\ngem "pg"\n',
    `group :development, :test do\n  gem "rspec"\nend\n\n${was('group :development, :test')}gem "stackprof" # allocations\ngem "pg"\n`,
  ],
  [
    'with the comment above, when it is only about this gem',
    'group :development do\n  gem "rspec"\n  # Where objects are made.\n  gem "stackprof"\nend\n',
    `group :development do\n  gem "rspec"\nend\n\n${was('group :development')}# Where objects are made.\ngem "stackprof"\n`,
  ],
  [
    'a block that held nothing else',
    'gem "pg"\ngroup :development, optional: true do\n  gem "stackprof",\n      require: false\nend\n',
    `gem "pg"\n${was('group :development, optional: true')}gem "stackprof",\n    require: false\n`,
  ],
  [
    'a block inside of another that always runs',
    'platforms :mri do\n  group :development do\n    gem "debug"\n    gem "stackprof"\n  end\nend\n',
    `platforms :mri do\n  group :development do\n    gem "debug"\n  end\n\n  ${was('group :development')}  gem "stackprof"\nend\n`,
  ],
];

describe('adding', () => {
  test.each(edited)('%s', async (_, before, after) => {
    expect(await changed(before, add)).toBe(after);
  });

  test('a comment that is about other gems too stays where it is', async () => {
    const before = 'group :test do\n  # Tools\n  gem "stackprof"\n  gem "rspec"\nend\n';
    expect(await changed(before, add)).toBe(
      `group :test do\n  # Tools\n  gem "rspec"\nend\n\n${was('group :test')}gem "stackprof"\n`,
    );
  });

  test.each(edited)('a second time finds it there: %s', async (_, before) => {
    expect(await add(await changed(before, add))).toEqual({ kind: 'there', note: null });
  });

  test.each([
    ['gem "stackprof"\n', null],
    ['gem "stackprof", "~> 0.2", require: false', null],
    ['group :test do\n  gem "stackprof"\nend\ngem "stackprof"\n', null],
    ['platforms :mri do\n  gem "stackprof"\nend\n', null],
    ['group :production do\n  gem "stackprof"\nend\n', 'production'],
    ['gem "stackprof", groups: %i[development staging]\n', 'staging'],
  ])('%j is installed where the worker is', async (text, note) => {
    const change = await add(text);
    expect(change.kind).toBe('there');
    if (note !== null) expect(change).toHaveProperty('note', expect.stringContaining(`the group ${note} of`));
  });

  test.each([
    ['gem "stackprof"\ngem "pg', 'a syntax error'],
    ['<<<<<<< HEAD\ngem "pg"\n=======\ngem "mysql2"\n>>>>>>> theirs\n', 'a syntax error'],
    ['eval_gemfile "Gemfile.local"\ngem "pg"\n', 'eval_gemfile'],
    ['gem "pg"\ninstance_eval File.read("more")\n', 'instance_eval'],
    ['gemspec\n', 'gemspec'],
    ['%w[stackprof rbtrace].each { |name| gem name }\n', 'not understood'],
    ['gem "stackprof" if ENV["PROFILE"]\n', 'condition'],
    ['unless ENV["CI"]\n  gem "stackprof"\nend\n', 'condition'],
    ['if ENV["X"]\n  group :test do\n    gem "stackprof"\n  end\nend\n', 'condition'],
    ['install_if -> { true } do\n  gem "stackprof"\nend\n', 'condition'],
    ['group(*names) do\n  gem "stackprof"\nend\n', 'cannot be read'],
    ['gem "stackprof", **options\n', 'cannot be read'],
    ['gem "stackprof", { group: :test }\n', 'cannot be read'],
    ['gem "stackprof", group: groups\n', 'cannot be read'],
    ['group :test do\n  gem "rspec"; gem "stackprof"\nend\n', 'shares the lines'],
    ['group :test do\n  gem "stackprof", group: :development\nend\n', 'shares the lines'],
    ['gem "stackprof",\n  # local only\n  group: :development\n', 'shares the lines'],
    ['gem "stackprof", group: :test\ngem "stackprof", group: :development\n', 'more than once'],
    ['__END__\ngem "pg"\n', 'lists no gem'],
  ])('%j is refused', async (text, why) => {
    const change = await add(text);
    expect(change).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
    expect(change).toHaveProperty('why', expect.stringMatching(/gem "stackprof", ">= 0\.2\.26" is in no group\.$/));
  });

  test('no prefix of a Gemfile throws or becomes something that is no Ruby', async () => {
    const parser = await prism();
    const whole = edited.map(([, before]) => before).join('\n');
    for (let end = 0; end <= whole.length; end += 7) {
      const text = whole.slice(0, end);
      const change = addGem(parser.parse(text, null), gem);
      if (change.kind === 'edit') expect(parser.parse(applyEdits(text, change.edits), null)?.errors).toBe(0);
    }
    expect(addGem(null, gem).kind).toBe('refused');
  });
});

describe('taking back', () => {
  test.each(edited)('%s', async (name, before) => {
    const after = await changed(await changed(before, add), remove);
    const expected = new Map([
      ['in a text without gems', '# nothing yet é\n'],
      ['an option', 'gem "stackprof", require: false, group: :development\n'],
    ]);
    expect(after).toBe(expected.get(name) ?? before);
  });

  test('goes into its group where that changed since', async () => {
    const before = 'group :test do\n  gem "stackprof"\n  gem "rspec"\nend\n';
    const added = await changed(before, add);
    const since = added.replace('gem "rspec"', 'gem "minitest"');
    expect(await changed(since, remove)).toBe('group :test do\n  gem "minitest"\n  gem "stackprof"\nend\n');
    const gone = added.slice(added.indexOf('#'));
    expect(await changed(gone, remove)).toBe('group :test do\n  gem "stackprof"\nend\n');
  });

  test.each([
    'gem "stackprof"\n',
    'group :test do\n  gem "stackprof"\nend\n',
    '# For allocation capture.\ngem "pg"\n',
    '',
  ])('%j was not written by it', async (text) => expect(await remove(text)).toEqual({ kind: 'there', note: null }));

  test.each([
    ['# For allocation capture.\ngem "stackprof"; gem "pg"\n', 'changed since'],
    ['# For allocation capture.\ngem "stackprof\n', 'syntax error'],
  ])('%j is left alone', async (text, why) => {
    expect(await remove(text)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });
});
