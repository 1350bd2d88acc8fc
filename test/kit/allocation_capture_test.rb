# frozen_string_literal: true

require_relative "support"
require "#{KIT}/lib/sidekiq/allocation_capture"

class AllocationCaptureTest < Minitest::Test
  Capture = Sidekiq::AllocationCapture

  def setup
    @config = FakeConfig.new
    @folder = Dir.mktmpdir
  end

  def teardown
    FileUtils.rm_rf(@folder)
  end

  def test_does_nothing_unless_asked
    [{}, { "SIDEKIQ_FLAMEGRAPH" => "0" }, { "SIDEKIQ_FLAMEGRAPH" => "", "SIDEKIQ_FLAMEGRAPH_JOB" => "" }].each do |env|
      Capture.install(@config, env)
    end
    assert_empty @config.hooks
    assert_empty @config.added
    assert_empty @config.logger.records
  end

  def test_says_in_one_line_that_stackprof_is_missing
    without_stackprof { Capture.install(@config, "SIDEKIQ_FLAMEGRAPH" => "1") }
    assert_equal 1, @config.logger.records.size
    assert_match(/No allocation profile is recorded: the gem stackprof cannot be loaded.*The worker runs on\.\z/m, @config.logger.texts(:error).first)
    assert_empty @config.hooks
  end

  def test_takes_a_prime_interval_unless_told_otherwise
    assert_equal 1999, interval(nil)
    assert_equal 1999, interval("")
    assert_equal 97, interval("97")
    assert_equal 1, interval("1")
    assert_empty @config.logger.records
  end

  def test_takes_a_round_interval_with_a_warning
    assert_equal 1000, interval("1000")
    assert_includes @config.logger.texts(:warn).first, "SIDEKIQ_FLAMEGRAPH_INTERVAL=1000 is not a prime"
    assert_includes @config.logger.texts(:warn).first, "Take 1009."
  end

  def test_takes_no_nonsense_for_an_interval
    %w[0 -5 many 1.5].each { |text| assert_equal 1999, interval(text) }
    assert_equal 4, @config.logger.texts(:warn).size
    assert_includes @config.logger.texts(:warn).last, 'a whole number from 1 on, not "1.5"'
  end

  def test_leaves_the_signals_that_sidekiq_uses
    %w[TERM SIGTSTP NONSENSE].each { |name| Capture.send(:write_on_signal, nil, name, @config.logger) }
    assert_equal 3, @config.logger.texts(:warn).size
    assert_includes @config.logger.texts(:warn).first, "SIDEKIQ_FLAMEGRAPH_SIGNAL=TERM cannot be used"
    assert_nil Capture.send(:write_on_signal, nil, "none", @config.logger)
    assert_equal 3, @config.logger.records.size
  end

  def test_writes_on_the_signal_and_calls_who_had_it_before
    called = Queue.new
    before = Signal.trap("URG") { |number| called << number }
    recorder = Object.new
    recorder.define_singleton_method(:snapshot) { |name| called << name }
    Capture.send(:write_on_signal, recorder, "SIGURG", @config.logger)
    Process.kill("URG", Process.pid)
    assert_equal [Signal.list["URG"], "process"].map(&:to_s).sort, [called.pop, called.pop].map(&:to_s).sort
  ensure
    Signal.trap("URG", before || "DEFAULT")
  end

  def test_records_jobs_of_one_class_up_to_a_limit
    jobs = jobs("SyncJob", 2)
    stackprof = FakeStackProf.new
    3.times { |n| jobs.call(stackprof).around({ "class" => "Wrapper", "wrapped" => "SyncJob", "jid" => n.to_s }, "default") { nil } }
    jobs.call(stackprof).around({ "class" => "OtherJob" }, "default") { nil }
    assert_equal %w[0 1], stackprof.started.map { |options| options.dig(:metadata, :jid) }
    assert_equal 2, Dir.glob("#{@folder}/stackprof_job_SyncJob_*.dump").size
  end

  def test_says_in_the_dump_that_other_jobs_are_in_it
    jobs = jobs("Sync::Job", 5).call(FakeStackProf.new)
    jobs.around({ "class" => "OtherJob" }, "default") { jobs.around({ "class" => "Sync::Job" }, "default") { nil } }
    dump = Dir.glob("#{@folder}/stackprof_job_Sync-Job_*.dump").first
    metadata = Marshal.load(File.binread(dump)).fetch(:metadata)
    assert_equal %i[note threads_running job], metadata.keys.first(3)
    assert_equal 2, metadata[:threads_running]
    assert_equal "2 jobs ran at once: the objects of the others are in here as well", metadata[:note]
  end

  def test_writes_the_dump_of_a_job_that_fails
    jobs = jobs("SyncJob", 5).call(FakeStackProf.new)
    assert_raises(IndexError) { jobs.around({ "class" => "SyncJob" }, "default") { raise IndexError } }
    assert_equal 1, Dir.glob("#{@folder}/*.dump").size
    assert_equal 9, jobs.around({ "class" => "OtherJob" }, "default") { 9 }
  end

  private

  def interval(text)
    Capture.interval({ "SIDEKIQ_FLAMEGRAPH_INTERVAL" => text }.compact, @config.logger)
  end

  # Made at the first call, with the StackProf that is given to it.
  def jobs(job_class, limit)
    lambda do |stackprof|
      @jobs ||= Capture::Jobs.new(
        Sidekiq::AllocationRecorder.new(interval: 97, folder: @folder, logger: @config.logger, stackprof: stackprof), job_class, limit
      )
    end
  end

  # As in an application whose Gemfile has it in another group only.
  def without_stackprof
    Capture.define_singleton_method(:require) { |name| raise LoadError, "cannot load such file -- #{name}" }
    yield
  ensure
    Capture.singleton_class.send(:remove_method, :require)
  end
end
