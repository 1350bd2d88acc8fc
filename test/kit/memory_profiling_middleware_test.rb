# frozen_string_literal: true

require_relative "support"
require "#{KIT}/lib/sidekiq/memory_profiling_middleware"

class MemoryProfilingMiddlewareTest < Minitest::Test
  HeapWalks = Sidekiq::MemoryProfilingMiddleware::HeapWalks
  JOB = { "class" => "SyncJob", "jid" => "b4a577edbccf1d805744efa9" }.freeze
  THREE_LINES = /\A
    \[MemoryProfiling\]\ job=SyncJob\ queue=high_priority\ jid=b4a577edbccf1d805744efa9\ pid=\d+\n
    heap_live_delta=-?\d+\ objects_allocated=\d+\ gc_runs=\d+\ heap_live=\d+(\ rss_before_kb=\d+\ rss_after_kb=\d+)?\ threads_running=1\ gc_start=0\n
    T_OBJECT=[+-]\d+\ T_STRING=[+-]\d+\ T_ARRAY=[+-]\d+\ T_HASH=[+-]\d+\ T_DATA=[+-]\d+\z/x.freeze

  def test_three_lines_by_default
    assert_match THREE_LINES, run_job { nil }
  end

  def test_charges_the_job_with_what_it_allocates
    assert_operator objects(run_job { nil }), :<, 50
    strings = objects(run_job { 5_000.times { String.new } })
    assert_operator strings, :>=, 5_000
    assert_operator strings, :<, 5_050
  end

  def test_counts_objects_that_stay_by_their_type
    kept = []
    GC.start
    record = JSON.parse(run_job(format: "json", types: "always", gc_start: true) { 3_000.times { kept << { kept.size => [kept.size] } } }[/{.*/])
    assert_in_delta 3_000, record["T_HASH"], 100
    assert_in_delta 3_000, record["T_ARRAY"], 100
    assert_operator record["heap_live_delta"], :>, 5_000
    assert_equal 1, record["gc_start"]
    assert_equal 3_000, kept.size
  end

  def test_the_kit_s_own_collection_is_not_the_job_s
    GC.start
    record = JSON.parse(run_job(format: "json", gc_start: true) { nil }[/{.*/])
    assert_equal 0, record["gc_runs"]
  end

  def test_one_line_and_json_have_the_same_names
    line = run_job(format: "line", types: "always") { nil }
    refute_includes line, "\n"
    names = line.scan(/(\S+?)=/).flatten
    assert_equal names, JSON.parse(run_job(format: "json", types: "always") { nil }[/{.*/]).keys
    assert_equal %w[job queue jid pid heap_live_delta objects_allocated gc_runs heap_live], names.first(8)
  end

  def test_writes_what_the_samples_have_that_readers_are_tested_with
    names = run_job(format: "line", types: "always") { nil }.scan(/(\S+?)=/).flatten
    samples = Dir.glob(File.expand_path("../fixtures/kit-log/*.log", __dir__))
    refute_empty samples
    samples.each do |file|
      # Lines without a prefix of the logger belong to the record before.
      records = File.read(file).scan(/\[MemoryProfiling\] (.*(?:\n(?:heap|T)_.*)*)/).flatten
      assert_equal 6, records.size, file
      records.each do |record|
        found = record.scan(/\w+/) & names
        assert_equal found.grep(/\AT_/).empty? ? names.grep_v(/\AT_/) : names, found, record
      end
    end
  end

  def test_names_the_class_inside_a_wrapper
    active_job = { "class" => "Sidekiq::ActiveJob::Wrapper", "wrapped" => "UserDigestJob", "jid" => "1" }
    assert_includes run_job({}, active_job) { nil }, "job=UserDigestJob "
    assert_includes run_job({}, active_job.merge("display_class" => "Mailer#welcome")) { nil }, "job=Mailer#welcome "
  end

  def test_answers_what_the_job_answers_and_raises_what_it_raises
    logger = FakeLogger.new
    answer = middleware(logger).call(nil, JOB, "default") { 42 }
    assert_equal 42, answer
    error = assert_raises(IndexError) { middleware(logger).call(nil, JOB, "default") { raise IndexError, "the job's own" } }
    assert_equal "the job's own", error.message
    assert_equal 2, logger.texts(:info).size
  end

  def test_says_how_many_jobs_ran_at_once
    logger = FakeLogger.new
    measured = middleware(logger)
    measured.call(nil, { "class" => "Outer", "jid" => "1" }, "default") do
      measured.call(nil, { "class" => "Inner", "jid" => "2" }, "default") { nil }
    end
    measured.call(nil, { "class" => "Alone", "jid" => "3" }, "default") { nil }
    running = logger.texts(:info).to_h { |text| [text[/job=(\w+)/, 1], text[/threads_running=(\d+)/, 1].to_i] }
    assert_equal({ "Inner" => 2, "Outer" => 2, "Alone" => 1 }, running)
  end

  def test_walks_the_heap_as_often_as_one_percent_of_the_time_allows
    seconds = 0
    walks = HeapWalks.new("auto", -> { seconds })
    HeapWalks::FIRST_JOBS.times { walks.count if walks.due?("EmptyJob") }
    refute walks.due?("EmptyJob"), "the walk that was just made has to be paid for first"
    seconds = 3_600
    assert walks.due?("EmptyJob")
    assert HeapWalks.new("always").tap(&:count).due?("EmptyJob")
    refute HeapWalks.new("never").due?("EmptyJob")
  end

  def test_counts_the_first_jobs_of_a_class_whatever_ran_before
    walks = HeapWalks.new("auto", -> { 0 })
    HeapWalks::FIRST_JOBS.times { walks.count if walks.due?("EmptyJob") }
    counted = Array.new(5) { walks.due?("SyncJob").tap { walks.count } }
    assert_equal [true] * HeapWalks::FIRST_JOBS + [false, false], counted
    counted = Array.new(300) { |n| walks.due?("Job#{n}") }
    assert_equal HeapWalks::MOST_CLASSES - 2, counted.count(true)
  end

  def test_leaves_out_the_third_line_when_it_did_not_count
    assert_equal 2, run_job(types: "never") { nil }.lines.size
  end

  def test_leaves_small_jobs_out
    logger = FakeLogger.new
    measured = middleware(logger, min_objects: 1_000)
    measured.call(nil, JOB, "default") { nil }
    assert_empty logger.records
    measured.call(nil, JOB, "default") { 1_000.times { String.new } }
    assert_equal 1, logger.texts(:info).size
  end

  def test_says_what_an_option_takes_and_goes_on
    logger = FakeLogger.new
    measured = middleware(logger, format: "xml", min_objects: "many", kind: 1)
    measured.call(nil, JOB, "default") { nil }
    warnings = logger.texts(:warn).join("\n")
    assert_includes warnings, 'MEMORY_PROFILING_FORMAT is "xml"; it takes lines, line, json'
    assert_includes warnings, "MEMORY_PROFILING_MIN_OBJECTS takes a number"
    assert_includes warnings, "There is no option kind"
    assert_equal 3, logger.texts(:warn).size
    assert_match THREE_LINES, logger.texts(:info).first.sub("queue=default", "queue=high_priority")
  end

  def test_takes_settings_from_the_environment_after_options
    monitor = Sidekiq::MemoryProfilingMiddleware::Monitor
    logger = FakeLogger.new
    env = { "MEMORY_PROFILING_FORMAT" => "json", "MEMORY_PROFILING_TYPES" => "never" }
    [monitor.new({}, env, logger), monitor.new({ format: "line" }, env, logger)].each { |each| each.after(each.before(JOB), JOB, "default", logger) }
    assert_match(/\A\[MemoryProfiling\] {/, logger.texts(:info).first)
    assert_match(/\A\[MemoryProfiling\] job=/, logger.texts(:info).last)
    refute_includes logger.texts(:info).join, "T_"
  end

  def test_what_goes_wrong_stays_away_from_the_job_and_is_said_once
    logger = FakeLogger.new
    def logger.info(_text)
      raise IOError, "closed stream"
    end
    measured = middleware(logger)
    assert_equal 1, measured.call(nil, JOB, "default") { 1 }
    assert_equal 2, measured.call(nil, JOB, "default") { 2 }
    assert_equal ["[MemoryProfiling] A job could not be measured (IOError: closed stream). This is said once; jobs run on."], logger.texts(:warn)
  end

  private

  def middleware(logger, options = {})
    config = Struct.new(:logger).new(logger)
    Sidekiq::MemoryProfilingMiddleware.new(options).tap { |made| made.config = config }
  end

  # What outlives a job is kept by the class.
  def setup
    Sidekiq::MemoryProfilingMiddleware.instance_variable_get(:@monitors).clear
  end

  def run_job(options = {}, job = JOB, &block)
    setup
    logger = FakeLogger.new
    middleware(logger, options).call(nil, job, "high_priority", &block)
    assert_empty logger.texts(:warn)
    logger.texts(:info).fetch(0)
  end

  def objects(record)
    record[/objects_allocated=(\d+)/, 1].to_i
  end
end
