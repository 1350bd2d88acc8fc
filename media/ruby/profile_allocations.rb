# frozen_string_literal: true

# Loaded by `ruby -r` before a program, by the tasks of Allocation Hotspots: records what the program allocates, and writes a StackProf
# dump when it ends, also where a signal ends it.
#
#   ALLOCATION_HOTSPOTS_OUT       beginning of the dump's path; _<pid>_<seconds>.dump is added
#   ALLOCATION_HOTSPOTS_INTERVAL  every n-th allocation is a sample
#   ALLOCATION_HOTSPOTS_FROM      start: everything from here on. rspec, minitest: from the first test on, without what loads the application.
#                                 call: what the program gives to ProfileAllocations.record
#   ALLOCATION_HOTSPOTS_RUN       what is recorded, in words
module ProfileAllocations
  EXIT_WITHOUT_STACKPROF = 78

  class << self
    def prepare(env)
      @out = env.fetch("ALLOCATION_HOTSPOTS_OUT")
      @interval = Integer(env.fetch("ALLOCATION_HOTSPOTS_INTERVAL"))
      @run = env["ALLOCATION_HOTSPOTS_RUN"]
      @pid = Process.pid
      @metadata = nil
      give_up unless load_stackprof
      at_exit { write }
      wait_for(env["ALLOCATION_HOTSPOTS_FROM"])
    end

    # Records a block; the dump is written at exit.
    def record
      start
      yield
    ensure
      StackProf.stop
    end

    # Again, and in processes that were forked: nothing.
    def start
      return if @metadata || Process.pid != @pid

      @metadata = {
        app: File.basename(Dir.pwd), root: Dir.pwd, run: @run, ruby: RUBY_VERSION, stackprof: StackProf::VERSION, started_at: now
      }.compact
      @objects = GC.stat(:total_allocated_objects)
      return if StackProf.start(mode: :object, interval: @interval, raw: true, metadata: @metadata)

      say("nothing is recorded, because the program records with StackProf itself.")
    end

    private

    def wait_for(from)
      case from
      when "rspec" then wait_for_rspec
      when "minitest" then wait_for_minitest
      when "start" then start
      end
    rescue LoadError
      start
    end

    def wait_for_rspec
      require "rspec/core"
      RSpec.configure { |config| config.before(:suite) { ProfileAllocations.start } }
    end

    def wait_for_minitest
      require "minitest"
      Minitest::Test.prepend(FirstTest)
    end

    # The first test of a run starts the recording.
    module FirstTest
      def before_setup
        ProfileAllocations.start
        super
      end
    end
    private_constant :FirstTest

    def load_stackprof
      require "stackprof"
      true
    rescue LoadError
      load_outside_of_bundle
    end

    # Bundler hides what the Gemfile does not list. This gem has no dependencies, so one that is installed will do.
    def load_outside_of_bundle
      folders = (Gem.path | [Gem.default_dir, Gem.user_dir]).map { |folder| File.join(folder, "specifications", "stackprof-*.gemspec") }
      found = Dir.glob(folders).map { |file| Gem::Specification.load(file) }.compact.max_by(&:version)
      return false unless found

      $LOAD_PATH.concat(found.full_require_paths)
      require "stackprof"
      true
    rescue LoadError
      false
    end

    def give_up
      say("the gem stackprof is not installed for Ruby #{RUBY_VERSION}. Run: gem install stackprof")
      exit(EXIT_WITHOUT_STACKPROF)
    end

    def write
      return unless @metadata && Process.pid == @pid

      StackProf.stop
      @metadata.update(ended_at: now, gc_stat_objects: GC.stat(:total_allocated_objects) - @objects)
      results = StackProf.results
      return unless results

      path = "#{@out}_#{@pid}_#{Time.now.to_i}.dump"
      require "fileutils"
      FileUtils.mkdir_p(File.dirname(path))
      File.binwrite("#{path}.part", Marshal.dump(results))
      File.rename("#{path}.part", path)
    rescue SystemCallError => e
      say("the profile could not be written (#{e.message}).")
    end

    def now
      Time.now.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    end

    # The terminal may be gone.
    def say(text)
      warn("Allocation Hotspots: #{text}")
    rescue SystemCallError, IOError
      nil
    end
  end
end

ProfileAllocations.prepare(ENV)
