# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

require_relative "allocation_recorder"
require_relative "running_jobs"

module Sidekiq
  # Opt-in allocation profile of a worker, written as a StackProf dump.
  #
  #   SIDEKIQ_FLAMEGRAPH=1            records the whole process from its start; the dump is written when it has shut down gracefully,
  #                                   as stackprof_process_<pid>_<seconds>.dump
  #   SIDEKIQ_FLAMEGRAPH_JOB=SyncJob  records jobs of this class only, each in a dump of its own: stackprof_job_SyncJob_<pid>_<seconds>.dump
  #   SIDEKIQ_FLAMEGRAPH_JOB_LIMIT=n  how many jobs of that class (5)
  #   SIDEKIQ_FLAMEGRAPH_INTERVAL=n   every n-th allocation is a sample (1999); a prime, because a round number keeps step with loops
  #                                   and credits one line with what ten allocate
  #   SIDEKIQ_FLAMEGRAPH_DIR=path     where dumps go (/tmp)
  #   SIDEKIQ_FLAMEGRAPH_SIGNAL=name  on this signal (URG) what was recorded so far is written and the recording goes on, empty; none: no signal
  #
  # URG is used by nothing in Sidekiq 6 to 8, and a worker that is not being recorded ignores it; USR1 would end that one, and USR2 belongs
  # to Sidekiq Pro and Enterprise.
  module AllocationCapture
    DEFAULT_INTERVAL = 1999
    DEFAULT_JOB_LIMIT = 5
    DEFAULT_SIGNAL = "URG"
    SIGNALS_OF_SIDEKIQ = %w[INT TERM TTIN TSTP KILL STOP QUIT].freeze

    class << self
      # Call it with what Sidekiq.configure_server yields. Does nothing unless the environment asks for a recording.
      def install(config, env = ENV)
        job_class = env["SIDEKIQ_FLAMEGRAPH_JOB"].to_s
        return unless env["SIDEKIQ_FLAMEGRAPH"] == "1" || !job_class.empty?
        return unless load_stackprof(config.logger)

        recorder = AllocationRecorder.new(
          interval: interval(env, config.logger), folder: setting(env, "DIR", "/tmp"), logger: config.logger
        )
        job_class.empty? ? record_process(config, recorder, env) : record_jobs(config, recorder, job_class, env)
      end

      # Samples are taken every n-th allocation; anything but a positive whole number gets the default.
      def interval(env, logger)
        value = Integer(setting(env, "INTERVAL", DEFAULT_INTERVAL))
        raise ArgumentError unless value.positive?

        unless value == 1 || prime?(value)
          logger.warn(
            "[MemoryProfiling] SIDEKIQ_FLAMEGRAPH_INTERVAL=#{value} is not a prime: in a loop it may credit one line with what its " \
            "neighbours allocate. Take #{next_prime(value)}."
          )
        end
        value
      rescue ArgumentError
        logger.warn(
          "[MemoryProfiling] SIDEKIQ_FLAMEGRAPH_INTERVAL takes a whole number from 1 on, not #{env["SIDEKIQ_FLAMEGRAPH_INTERVAL"].inspect}. " \
          "Going on with #{DEFAULT_INTERVAL}."
        )
        DEFAULT_INTERVAL
      end

      private

      # A variable that is set to nothing counts as not set.
      def setting(env, name, default)
        value = env["SIDEKIQ_FLAMEGRAPH_#{name}"].to_s
        value.empty? ? default : value
      end

      def load_stackprof(logger)
        require "stackprof"
        true
      rescue LoadError => e
        logger.error(
          "[MemoryProfiling] No allocation profile is recorded: the gem stackprof cannot be loaded (#{e.message}). Add gem \"stackprof\" to the " \
          "Gemfile, outside of the development and test groups. The worker runs on."
        )
        false
      end

      # Not written on(:shutdown), which Sidekiq 7 fires while it still waits for the jobs in progress.
      def record_process(config, recorder, env)
        config.on(:startup) do
          if recorder.start(job: "sidekiq process", part: 1)
            at_exit { recorder.finish("process") }
            write_on_signal(recorder, setting(env, "SIGNAL", DEFAULT_SIGNAL), config.logger)
          else
            config.logger.error("[MemoryProfiling] No allocation profile is recorded: StackProf is recording already, for something else in this process.")
          end
        end
      end

      def record_jobs(config, recorder, job_class, env)
        limit = setting(env, "JOB_LIMIT", DEFAULT_JOB_LIMIT).to_i
        jobs = Jobs.new(recorder, job_class, limit.positive? ? limit : DEFAULT_JOB_LIMIT)
        config.server_middleware { |chain| chain.add JobMiddleware, jobs }
      end

      # A trap may neither lock nor log, so it only wakes a thread.
      def write_on_signal(recorder, name, logger)
        name = name.delete_prefix("SIG")
        return if name == "none"
        raise ArgumentError, "Sidekiq or the system uses it" if SIGNALS_OF_SIDEKIQ.include?(name)

        asked = ::Queue.new
        previous = Signal.trap(name) do |number|
          asked << true
          previous.call(number) if previous.respond_to?(:call)
        end
        Thread.new { recorder.snapshot("process") while asked.pop }
      rescue ArgumentError => e
        logger.warn("[MemoryProfiling] SIDEKIQ_FLAMEGRAPH_SIGNAL=#{name} cannot be used (#{e.message}): the dump is written at shutdown only.")
      end

      def prime?(number)
        number > 1 && (2..Integer.sqrt(number)).none? { |divisor| (number % divisor).zero? }
      end

      def next_prime(number)
        number += 1 until prime?(number)
        number
      end
    end

    # The jobs of one class that are recorded, one at a time: StackProf has one recording per process.
    class Jobs
      def initialize(recorder, job_class, limit)
        @recorder = recorder
        @job_class = job_class
        @left = limit
        @running = RunningJobs.new
        @mutex = Mutex.new
      end

      # Yields, recording if it is this job's turn.
      def around(job, queue)
        run = @running.enter
        recording = wanted?(job) && @recorder.start(job: @job_class, jid: job["jid"], queue: queue)
        yield
      ensure
        @running.leave(run)
        finish(run) if recording
      end

      private

      def wanted?(job)
        @left.positive? && (job["display_class"] || job["wrapped"] || job["class"]).to_s == @job_class
      end

      def finish(run)
        @mutex.synchronize { @left -= 1 }
        more = run.peak > 1 ? { note: "#{run.peak} jobs ran at once: the objects of the others are in here as well" } : {}
        more[:threads_running] = run.peak
        @recorder.finish("job_#{@job_class.gsub(/[^A-Za-z0-9]+/, "-")}", more)
      end
    end

    # Sidekiq makes it anew for every job.
    class JobMiddleware
      def initialize(jobs)
        @jobs = jobs
      end

      def call(_worker, job, queue, &block)
        @jobs.around(job, queue, &block)
      end
    end
  end
end
