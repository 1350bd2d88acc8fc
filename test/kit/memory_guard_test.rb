# frozen_string_literal: true

require_relative "support"
require "#{KIT}/lib/sidekiq/memory_guard"

class MemoryGuardTest < Minitest::Test
  JOB = { "class" => "Sidekiq::ActiveJob::Wrapper", "wrapped" => "SyncJob", "jid" => "7" }.freeze

  # Resident memory that a test sets.
  Memory = Struct.new(:kb) do
    def readable?
      !kb.nil?
    end
  end

  def setup
    @signals = Queue.new
    @logger = FakeLogger.new
    @memory = Memory.new(100 * 1024)
  end

  def test_does_nothing_up_to_the_limit
    guard = guard(limit_mb: 100)
    run_job(guard)
    assert_empty @logger.records
    assert_empty @signals
  end

  def test_ends_the_process_once_with_its_reason_in_the_log
    guard = guard(limit_mb: 99)
    3.times { run_job(guard) }
    assert_equal "TERM", @signals.pop
    assert_empty @signals
    assert_equal 1, @logger.texts(:warn).size
    assert_includes @logger.texts.first, "100 MB resident after SyncJob jid=7, limit 99 MB: no new jobs are taken, and the process ends"
  end

  def test_only_sidekiq_s_own_program_is_quieted
    Sidekiq.const_set(:CLI, Class.new)
    run_job(guard(limit_mb: 99))
    assert_equal %w[TSTP TERM], [@signals.pop, @signals.pop]
  ensure
    Sidekiq.send(:remove_const, :CLI)
  end

  def test_waits_for_the_jobs_that_run
    guard = guard(limit_mb: 99, grace_seconds: 60)
    other = guard.enter
    run_job(guard)
    assert_empty @signals
    guard.leave(other, JOB)
    assert_equal "TERM", @signals.pop
  end

  def test_does_not_wait_longer_than_the_grace
    guard = guard(limit_mb: 99, grace_seconds: 0)
    guard.enter
    run_job(guard)
    assert_equal "TERM", @signals.pop
  end

  def test_a_platform_s_restart_takes_the_place_of_term
    run_job(guard(limit_mb: 99, restart: -> { @signals << "dyno restarted" }))
    assert_equal "dyno restarted", @signals.pop
    assert_empty @signals
  end

  def test_ends_by_itself_when_the_platform_fails
    run_job(guard(limit_mb: 99, restart: -> { raise IOError, "503" }))
    assert_equal "TERM", @signals.pop
    assert_includes @logger.texts(:error).first, "The restart failed (IOError: 503)"
  end

  def test_takes_its_limit_from_the_environment
    assert Sidekiq::MemoryGuard.wanted?("SIDEKIQ_MEMORY_LIMIT_MB" => "512")
    refute Sidekiq::MemoryGuard.wanted?({})
    refute Sidekiq::MemoryGuard.wanted?("SIDEKIQ_MEMORY_LIMIT_MB" => "")
    run_job(guard({}, "SIDEKIQ_MEMORY_LIMIT_MB" => "99.5", "SIDEKIQ_MEMORY_GRACE_SECONDS" => "1"))
    assert_equal "TERM", @signals.pop
  end

  def test_says_what_is_no_number_and_lets_jobs_run
    run_job(guard({}, "SIDEKIQ_MEMORY_LIMIT_MB" => "1 GB"))
    assert_empty @signals
    assert_includes @logger.texts(:error).first, "A limit or grace is no number"
    assert_equal 1, @logger.records.size
  end

  def test_says_when_memory_cannot_be_read
    @memory.kb = nil
    run_job(guard(limit_mb: 99))
    assert_empty @signals
    assert_includes @logger.texts(:warn).first, "does not tell resident memory"
  end

  def test_is_a_middleware
    config = Struct.new(:logger).new(@logger)
    options = { limit_mb: 99, memory: @memory, signal: ->(name) { @signals << name } }
    middleware = Sidekiq::MemoryGuard.new(options).tap { |made| made.config = config }
    assert_raises(IndexError) { middleware.call(nil, JOB, "default") { raise IndexError } }
    assert_equal "TERM", @signals.pop
    assert_equal(5, Sidekiq::MemoryGuard.new(options).tap { |made| made.config = config }.call(nil, JOB, "default") { 5 })
    assert_equal 1, @logger.records.size
  end

  private

  def guard(options, env = {})
    Sidekiq::MemoryGuard::Guard.new({ memory: @memory, signal: ->(name) { @signals << name } }.merge(options), env, @logger)
  end

  def run_job(guard)
    run = guard.enter
    guard.leave(run, JOB) if run
  end
end
