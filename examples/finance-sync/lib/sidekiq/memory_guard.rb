# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

require_relative "resident_memory"
require_relative "running_jobs"

module Sidekiq
  # Server middleware that ends its own process gracefully once it has grown too large. A bandaid: it keeps a worker from being killed
  # in the middle of its jobs, and does not answer why it grows. Off without a limit.
  #
  #   SIDEKIQ_MEMORY_LIMIT_MB       resident memory of the process from which on it is ended
  #   SIDEKIQ_MEMORY_GRACE_SECONDS  how long jobs that run may go on (120); no new ones are taken meanwhile
  #
  # After the grace the process gets TERM: Sidekiq gives the jobs its own `timeout`, puts the others back into their queues and ends.
  # What started the process has to start it again (systemd: Restart=always). Where a platform should do that itself, name a callable:
  # it is called instead of TERM, which follows only if it raises.
  #
  #   chain.add Sidekiq::MemoryGuard, restart: -> { heroku.dyno.restart(app_name, ENV["DYNO"]) }
  class MemoryGuard
    POLL_SECONDS = 0.5

    attr_accessor :config

    @guards = {}
    @mutex = Mutex.new

    def self.guard(options, logger)
      @guards[options] || @mutex.synchronize { @guards[options] ||= Guard.new(options, ENV, logger) }
    end

    # True where the environment sets a limit.
    def self.wanted?(env = ENV)
      env["SIDEKIQ_MEMORY_LIMIT_MB"].to_i.positive?
    end

    def initialize(options = {})
      @options = options
    end

    def call(_worker, job, _queue)
      guard = MemoryGuard.guard(@options, logger)
      run = guard.enter
      yield
    ensure
      guard.leave(run, job) if run
    end

    private

    def logger
      config.respond_to?(:logger) ? config.logger : Sidekiq.logger
    end

    # What outlives a job: the limit, the jobs that run, and whether the end has begun.
    class Guard
      def initialize(options, env, logger)
        @logger = logger
        @limit_mb = Float(options.fetch(:limit_mb) { env["SIDEKIQ_MEMORY_LIMIT_MB"] || 0 })
        @grace_seconds = Float(options.fetch(:grace_seconds) { env["SIDEKIQ_MEMORY_GRACE_SECONDS"] || 120 })
        @restart = options[:restart]
        @signal = options.fetch(:signal) { ->(name) { ::Process.kill(name, ::Process.pid) } }
        @memory = options.fetch(:memory) { ResidentMemory.new("ps") }
        @running = RunningJobs.new
        @mutex = Mutex.new
        @ending = false
        @logger.warn("[MemoryGuard] This system does not tell resident memory: the limit has no effect.") unless @memory.readable?
      rescue ArgumentError, TypeError => e
        @limit_mb = 0
        @logger.error("[MemoryGuard] A limit or grace is no number (#{e.message}): the limit has no effect.")
      end

      def enter
        @running&.enter
      end

      # Never raises into the job that has just ended.
      def leave(run, job)
        @running.leave(run)
        return unless @limit_mb.positive? && !@ending

        rss_mb = @memory.kb.to_i / 1024.0
        end_process(rss_mb, job) if rss_mb > @limit_mb && first?
      rescue StandardError => e
        @logger.error("[MemoryGuard] Memory could not be checked (#{e.class}: #{e.message}).")
      end

      private

      def first?
        @mutex.synchronize { @ending ? false : @ending = true }
      end

      def end_process(rss_mb, job)
        @logger.warn(
          format(
            "[MemoryGuard] %<rss>.0f MB resident after %<job>s jid=%<jid>s, limit %<limit>.0f MB: no new jobs are taken, and the process " \
            "ends when its jobs have, or in %<grace>.0f s.",
            rss: rss_mb, job: job["display_class"] || job["wrapped"] || job["class"], jid: job["jid"], limit: @limit_mb, grace: @grace_seconds
          )
        )
        Thread.new do
          # Only the program `sidekiq` knows TSTP; any other, such as Puma with Sidekiq in it, would be stopped by it.
          @signal.call("TSTP") if defined?(Sidekiq::CLI)
          wait_for_jobs
          restart_or_terminate
        end
      end

      def wait_for_jobs
        deadline = now + @grace_seconds
        sleep POLL_SECONDS while @running.size.positive? && now < deadline
      end

      def restart_or_terminate
        return @signal.call("TERM") unless @restart

        begin
          @restart.call
        rescue StandardError => e
          @logger.error("[MemoryGuard] The restart failed (#{e.class}: #{e.message}); the process ends by itself.")
          @signal.call("TERM")
        end
      end

      def now
        ::Process.clock_gettime(::Process::CLOCK_MONOTONIC)
      end
    end
  end
end
