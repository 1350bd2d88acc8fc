# frozen_string_literal: true

require_relative "support"
require_relative "real_worker"

# The kit in real workers: a class of tests for each version of Sidekiq.
module RealSidekiqTests
  def setup
    @app = RealWorker::App.new(self.class::VERSION)
  end

  def teardown
    @app.remove
  end

  def test_logs_jobs_and_records_the_process_until_its_last_job_has_ended
    @app.enqueue("2.times { SyncJob.perform_async(3_000) }; FailingJob.perform_async; EmptyJob.perform_async")
    @app.start({ "SIDEKIQ_FLAMEGRAPH" => "1", "SIDEKIQ_FLAMEGRAPH_INTERVAL" => "7", "GIT_REVISION" => "0123abc" })
    @app.wait_for("[MemoryProfiling] job=", 4)
    @app.kill("URG")
    @app.wait_for("Process profile written")
    @app.enqueue("SlowJob.perform_async(1.5)")
    @app.wait_for(/SlowJob.*start/)
    assert_equal 0, @app.stop
    assert_records
    first, last = @app.dumps.map { |file| Marshal.load(File.binread(file)) }
    assert_equal 2, @app.dumps.size
    assert_includes method_names(first), "SyncJob#perform"
    refute_includes method_names(last), "SyncJob#perform"
    assert_includes method_names(last), "SlowJob#build_report", "what a job does after TERM is recorded"
    assert_operator first[:samples], :>, 3_000 * 2 * 2 / 7
    assert_metadata(first[:metadata], 1)
    assert_metadata(last[:metadata], 2)
    assert first[:raw] && first[:raw_lines]
  end

  def test_records_each_job_of_a_class
    @app.start(
      { "SIDEKIQ_FLAMEGRAPH_JOB" => "SyncJob", "SIDEKIQ_FLAMEGRAPH_JOB_LIMIT" => "2", "SIDEKIQ_FLAMEGRAPH_INTERVAL" => "1",
        "MEMORY_PROFILING_FORMAT" => "json", "MEMORY_PROFILING_TYPES" => "always", "MEMORY_PROFILING_GC_START" => "1" }
    )
    @app.enqueue("3.times { SyncJob.perform_async(500); EmptyJob.perform_async }")
    @app.wait_for("[MemoryProfiling] {", 6)
    assert_equal 0, @app.stop
    dumps = @app.dumps.map { |file| Marshal.load(File.binread(file)) }
    assert_equal 2, dumps.size
    dumps.each do |dump|
      assert_includes method_names(dump), "SyncJob#perform"
      assert_in_delta 1_500, dump[:samples], 600
      assert_equal "SyncJob", dump.dig(:metadata, :job)
      assert_match(/\A\h{24}\z/, dump.dig(:metadata, :jid))
    end
    syncs = @app.log.scan(/\[MemoryProfiling\] ({.*})/).map { |(text)| JSON.parse(text) }.select { |record| record["job"] == "SyncJob" }
    assert_equal 3, syncs.size
    assert_in_delta 500, syncs.last["T_HASH"], 150, "what the job keeps is counted after a collection"
  end

  def test_ends_a_process_that_has_grown_and_leaves_its_other_jobs_in_the_queue
    @app.remove
    @app = RealWorker::App.new(self.class::VERSION, stackprof: false)
    @app.enqueue("SlowJob.perform_async(2); 2.times { SlowJob.perform_async(1) }; EmptyJob.perform_async; 4.times { SlowJob.perform_async(3) }")
    @app.start({ "SIDEKIQ_MEMORY_LIMIT_MB" => "1", "SIDEKIQ_MEMORY_GRACE_SECONDS" => "30", "SIDEKIQ_FLAMEGRAPH" => "1" }, concurrency: 2)
    assert_equal 0, @app.wait
    assert_equal 1, @app.log.scan("[MemoryGuard]").size
    assert_includes @app.log, "Received TSTP, no longer accepting new work"
    assert_equal 1, @app.log.scan("the gem stackprof cannot be loaded").size
    assert_equal @app.log.scan(/: start$|INFO: start$/).size, @app.log.scan(/: done$|INFO: done$/).size, @app.log
    assert_operator @app.log.scan("[MemoryProfiling] job=").size, :<, 5
  end

  private

  def assert_records
    records = @app.log.scan(/\[MemoryProfiling\] job=(\w+) queue=default jid=(\h+) pid=\d+\nheap_live_delta=-?\d+ objects_allocated=(\d+)/)
    assert_equal %w[EmptyJob FailingJob SlowJob SyncJob SyncJob], records.map(&:first).sort
    records.each do |job, _jid, objects|
      assert_operator objects.to_i, :>=, { "SyncJob" => 6_000, "SlowJob" => 2_000 }.fetch(job, 0)
      assert_operator objects.to_i, :<, 500 if job == "EmptyJob"
    end
    starts = @app.log.scan(/jid=(\h{24}).*start$/).flatten
    assert_equal starts.sort, records.map { |_job, jid, _objects| jid }.sort
  end

  def assert_metadata(metadata, part)
    assert_equal ["sidekiq process", part, @app.folder, "0123abc"], metadata.values_at(:job, :part, :root, :revision)
    assert metadata[:sidekiq].start_with?(self.class::VERSION)
    assert_operator metadata[:gc_stat_objects], :>, 0
  end

  def method_names(dump)
    dump[:frames].values.map { |frame| frame[:name] }
  end
end

RealWorker.versions.each do |version|
  Object.const_set(
    "Sidekiq#{version.delete(".")}Test",
    Class.new(Minitest::Test) do
      const_set(:VERSION, version)
      include RealSidekiqTests
    end
  )
end
