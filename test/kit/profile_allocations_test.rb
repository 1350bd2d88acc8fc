# frozen_string_literal: true

require_relative "support"
require "open3"
require "rbconfig"
require "stackprof"

# What the editor runs to profile a file, a test or a job: real programs, each in a Ruby of its own.
class ProfileAllocationsTest < Minitest::Test
  RECORDER = File.expand_path("../../media/ruby/profile_allocations.rb", __dir__)
  Ended = Struct.new(:dumps, :status, :output)

  def setup
    @folder = File.realpath(Dir.mktmpdir)
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  def test_records_a_script_with_its_arguments_and_name
    ended = profile("start", <<~RUBY, "two words")
      abort "not main" unless $PROGRAM_NAME == __FILE__
      abort ARGV.inspect unless ARGV == ["two words"]
      1_000.times { Object.new }
    RUBY
    assert_predicate ended.status, :success?, ended.output
    assert_equal [1, :object, true], ended.dumps.first.values_at(:interval, :mode).push(ended.dumps.first.key?(:raw))
    assert_in_delta 1_000, objects_of(ended, "Class#new"), 5
    about = ended.dumps.first[:metadata]
    assert_equal [@folder, "the test", RUBY_VERSION], about.values_at(:root, :run, :ruby)
    assert_operator about[:gc_stat_objects], :>=, 1_000
  end

  def test_a_failing_script_has_its_own_exit_code_and_a_dump
    ended = profile("start", "Object.new; exit 3")
    assert_equal [3, 1], [ended.status.exitstatus, ended.dumps.size]
  end

  def test_records_minitest_from_the_first_test_on
    ended = profile("minitest", <<~RUBY)
      require "minitest/autorun"
      Before = Class.new
      After = Class.new
      500.times { Before.allocate }
      class OneTest < Minitest::Test
        def test_one
          700.times { After.allocate }
        end
      end
    RUBY
    assert_predicate ended.status, :success?, ended.output
    assert_in_delta 700, objects_of(ended, "Class#allocate"), 5
  end

  def test_records_what_a_block_does_and_nothing_else
    ended = profile("call", "500.times { Object.new }; ProfileAllocations.record { 300.times { Object.new } }; 400.times { Object.new }")
    assert_in_delta 300, objects_of(ended, "Class#new"), 5
  end

  def test_forked_processes_write_nothing
    assert_equal 1, profile("start", "Process.wait(fork { 10.times { Object.new } })").dumps.size
  end

  %w[TERM HUP INT].each do |signal|
    define_method("test_writes_what_there_is_when_#{signal}_ends_it") do
      ended = profile("start", "200.times { Object.new }; Process.kill(#{signal.inspect}, Process.pid); sleep 20")
      refute_predicate ended.status, :success?
      assert_in_delta 200, objects_of(ended, "Class#new"), 5
    end
  end

  def test_leaves_a_recording_of_the_program_alone
    ended = profile("call", <<~RUBY)
      StackProf.start(mode: :object)
      ProfileAllocations.start
      Object.new
    RUBY
    assert_includes ended.output, "records with StackProf itself"
  end

  def test_says_what_to_install_where_stackprof_is_missing
    ended = profile("start", "abort 'was run'", gems: File.join(@folder, "none"))
    assert_equal [78, []], [ended.status.exitstatus, ended.dumps]
    assert_match(/\AAllocation Hotspots: the gem stackprof is not installed for Ruby .+ Run: gem install stackprof$/, ended.output)
  end

  def test_finds_stackprof_that_the_gemfile_does_not_list
    File.write(File.join(@folder, "Gemfile"), "source Gem.sources.first.uri.to_s\ngem \"minitest\"\n")
    ended = profile("start", "100.times { Object.new }", bundler: true)
    assert_predicate ended.status, :success?, ended.output
    assert_in_delta 100, objects_of(ended, "Class#new"), 5
  end

  private

  def profile(from, program, *arguments, gems: nil, bundler: false)
    file = File.join(@folder, "program.rb")
    File.write(file, program)
    env = {
      "ALLOCATION_HOTSPOTS_OUT" => File.join(@folder, "new", "dumps", "stackprof_it"), "ALLOCATION_HOTSPOTS_INTERVAL" => "1",
      "ALLOCATION_HOTSPOTS_FROM" => from, "ALLOCATION_HOTSPOTS_RUN" => "the test"
    }
    env.update("GEM_HOME" => gems, "GEM_PATH" => gems) if gems
    env["BUNDLE_GEMFILE"] = File.join(@folder, "Gemfile") if bundler
    setup = bundler ? ["-rbundler/setup"] : []
    output, status = Open3.capture2e(env, RbConfig.ruby, *setup, "-r", RECORDER, file, *arguments, chdir: @folder)
    names = Dir.glob(File.join(@folder, "new", "dumps", "stackprof_it_#{status.pid}_*.dump"))
    assert_empty Dir.glob(File.join(@folder, "new", "dumps", "*.part"))
    Ended.new(names.map { |name| Marshal.load(File.binread(name)) }, status, output)
  end

  # Samples at interval 1 are objects.
  def objects_of(ended, method)
    assert_equal 1, ended.dumps.size, ended.output
    ended.dumps.first[:frames].values.select { |frame| frame[:name] == method }.sum { |frame| frame[:samples] }
  end
end
