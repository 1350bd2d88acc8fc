require "bundler"
require "fileutils"
require "tmpdir"

# A throw-away copy of the app to run in, so that two versions of it can run from the same path.
class AppCopy
  SOURCE = File.expand_path("../..", __dir__)
  PARTS = %w[Gemfile Gemfile.lock app config db lib script].freeze

  attr_reader :dir

  # Yields a copy in the folder `at`, which must not exist yet, or in a temporary one; with `fixed`, the files
  # of fixes/ are laid over it. The copy is removed afterwards.
  def self.with(at: nil, fixed: false)
    abort "There is no Gemfile.lock: run `bundle install` first" unless File.exist?(File.join(SOURCE, "Gemfile.lock"))
    dir = at || File.join(File.realpath(Dir.mktmpdir("finance-sync-")), "app")
    abort "#{dir} is there already: name a folder that may be made and removed" if File.exist?(dir)

    begin
      yield new(dir, fixed: fixed)
    ensure
      FileUtils.rm_rf(at || File.dirname(dir))
    end
  end

  def initialize(dir, fixed:)
    @dir = dir
    FileUtils.mkdir_p(%w[log tmp].map { |folder| File.join(dir, folder) })
    PARTS.each { |part| FileUtils.cp_r(File.join(SOURCE, part), dir) }
    FileUtils.cp_r(File.join(SOURCE, "fixes/."), dir) if fixed
  end

  # Runs a command in the copy and returns what it printed; ends this program where it fails.
  def capture(*command)
    output = IO.popen(environment, command, chdir: dir, &:read)
    abort "failed: #{command.join(" ")}" unless $?.success?
    output
  end

  def spawn(*command, env: {}, **options)
    Process.spawn(environment.merge(env), *command, chdir: dir, **options)
  end

  private

  def environment
    { "BUNDLE_GEMFILE" => File.join(dir, "Gemfile"), "BUNDLE_PATH" => gem_path, "RAILS_ENV" => "production", "RUBYOPT" => nil }
  end

  # Where the app's gems are. A path in its .bundle/config is relative to the app, so it means nothing in the copy.
  def gem_path
    path = Dir.chdir(SOURCE) { Bundler.settings[:path] }
    path && File.expand_path(path, SOURCE)
  end
end
