import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Capture';

/** An app whose worker cannot be recorded gets what it takes, and loses it again. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const gemfile = path.join(workspace, 'Gemfile');
  const before = `${(await readFile(gemfile, 'utf8')).replace(/^gem "stackprof".*\n/m, '')}\ngroup :development, :test do\n  gem "rspec"\n  gem "stackprof", require: false\nend\n`;
  const recorder = path.join(workspace, 'lib/sidekiq/allocation_capture.rb');
  const initializer = path.join(workspace, 'config/initializers/allocation_capture.rb');
  await writeFile(gemfile, before);
  await rm(path.join(workspace, 'lib/sidekiq'), { recursive: true });
  await rm(initializer);

  await step('VS Code opens the app', () => editor.open(address()));

  await step('capture is added after a look at every change', async () => {
    await editor.runCommand('Allocation Hotspots: Add Allocation Capture to This App');
    await editor.page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
    await picture('preview');
    await editor.applyPreviewedChanges();
    await editor.notification('Allocation capture is in').waitFor();
    await eventually('the kit on disk', () => existsSync(recorder) && existsSync(initializer));
    await eventually('the gem outside of its group', async () =>
      (await readFile(gemfile, 'utf8')).endsWith(
        'group :development, :test do\n  gem "rspec"\nend\n\n# For allocation capture; was in group :development, :test.\ngem "stackprof", require: false\n',
      ),
    );
  });
  await picture('added');

  await step('a second time there is nothing to do', async () => {
    await editor.runCommand('Allocation Hotspots: Add Allocation Capture to This App');
    await editor.notification('is in finance-sync already').waitFor();
  });

  await step('it is removed, with the gem back in its group', async () => {
    await editor.runCommand('Allocation Hotspots: Remove Allocation Capture from This App');
    await editor.applyPreviewedChanges();
    await editor.notification('Allocation capture is out of').waitFor();
    await eventually('the Gemfile as it was', async () => (await readFile(gemfile, 'utf8')) === before);
    await eventually('no kit on disk', () => !existsSync(recorder) && !existsSync(initializer));
  });

  await step('one undo takes that back as a whole', async () => {
    await editor.openFromExplorer('Gemfile');
    await editor.line('gem "stackprof"').click();
    await editor.page.keyboard.press('Control+z');
    await eventually('the kit on disk', () => existsSync(recorder) && existsSync(initializer));
    await eventually('the gem outside of its group', async () =>
      /^gem "stackprof"/m.test(await readFile(gemfile, 'utf8')),
    );
  });

  await step('a script is profiled through Bundler, and its profile opens', async () => {
    await writeFile(gemfile, 'source Gem.sources.first.uri.to_s\ngem "minitest"\n');
    await writeFile(path.join(workspace, 'script/words.rb'), script);
    await editor.openFromExplorer('script/words.rb');
    await editor.runCommand('Allocation Hotspots: Profile Allocations of This File');
    await editor.tab('stackprof_script-words-rb').waitFor();
    await view.headline(/20,\d\d\d objects/);
  });
  await picture('profile of a script');

  await step('one test is profiled, without what loads it', async () => {
    await mkdir(path.join(workspace, 'test'));
    await writeFile(path.join(workspace, 'test/words_test.rb'), tests);
    await editor.openFromExplorer('test/words_test.rb');
    await editor.line('20_000.times').click();
    await editor.runCommand('Allocation Hotspots: Profile Allocations of This Test');
    await editor.tab('stackprof_test-words-test-rb-6').waitFor();
    await view.headline(/40,\d\d\d objects/);
  });
  await picture('profile of a test');

  await step('the Testing view lists the tests, and profiles one', async () => {
    await editor.runCommand('Testing: Focus on Test Explorer View');
    await editor.sideBarRow('words_test.rb').hover();
    await editor.sideBarRow('words_test.rb').getByRole('button', { name: 'Run Test' }).click();
    await editor.tab('stackprof_test-words-test-rb_').waitFor();
    await view.headline(/5\d,\d\d\d objects/);
    await editor.sideBarRow('words_test.rb').locator('.codicon-testing-passed-icon').waitFor();
    await picture('testing');
    await editor.openSideBar('Explorer');
  });

  await step('a run that is ended still leaves its profile', async () => {
    await writeFile(path.join(workspace, 'script/waits.rb'), `${script}File.write("waits.txt", "")\nsleep 300\n`);
    await editor.openFromExplorer('script/waits.rb');
    await editor.runCommand('Allocation Hotspots: Profile Allocations of This File');
    await eventually('the script to wait', () => existsSync(path.join(workspace, 'waits.txt')));
    await editor.runCommand('Terminal: Kill the Active Terminal Instance');
    await editor.tab('stackprof_script-waits-rb').waitFor();
    await view.headline(/20,\d\d\d objects/);
  });

  await step('a dump that appears is announced', async () => {
    await mkdir(path.join(workspace, 'tmp'));
    await cp(path.join(workspace, profiles.before), path.join(workspace, 'tmp/stackprof_new.dump'));
    const message = editor.notification('New allocation profile: stackprof_new.dump');
    await message.waitFor();
    await picture('announced');
    await message.getByRole('button', { name: 'Open', exact: true }).click();
    await editor.activeTab('stackprof_new.dump').waitFor();
  });
}

const script = `def words(count)
  Array.new(count) { |number| "word #{number}" }
end

puts words(10_000).size
`;

const tests = `require "minitest/autorun"

class WordsTest < Minitest::Test
  def test_few = assert_equal(5_000, 5_000.times.map { |number| "word #{number}" }.size)

  def test_many
    words = 20_000.times.map { |number| "word #{number}" }
    assert_equal 20_000, words.size
  end
end
`;
