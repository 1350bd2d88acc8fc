# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

require "json"
require_relative "resident_memory"
require_relative "running_jobs"

module Sidekiq
  # Server middleware that logs what the heap did around every job:
  #
  #   [MemoryProfiling] job=SyncJob queue=high_priority jid=b4a577edbccf1d805744efa9 pid=88444
  #   heap_live_delta=488847 objects_allocated=774155 gc_runs=1 heap_live=1204411 rss_before_kb=311040 rss_after_kb=355088 threads_running=1 gc_start=0
  #   T_OBJECT=+111069 T_STRING=+124374 T_ARRAY=+52819 T_HASH=+37179 T_DATA=+95859
  #
  # All counters are those of the process. `threads_running` is the largest number of jobs that ran at once while this one did:
  # over 1, its figures hold what the others did meanwhile. `gc_start=0`: garbage that was not collected yet counts as live.
  #
  #   MEMORY_PROFILING_FORMAT       lines (as above), line (all in one), json (all in one, with the same names)
  #   MEMORY_PROFILING_TYPES        auto: the T_* counters, which take a walk over the heap, for the first jobs of each class and then as
  #                                 often as 1 % of the process's time allows; records without them have no third line. always, never
  #   MEMORY_PROFILING_GC_START     1: collects garbage before it reads the second time, so that what is live is in use;
  #                                 every job then waits for it, tens of milliseconds in a large process
  #   MEMORY_PROFILING_RSS          auto: where Linux's /proc tells it. ps: also by the program ps, some milliseconds. never
  #   MEMORY_PROFILING_MIN_OBJECTS  jobs that allocate fewer objects are not logged
  #
  # The same as options, which go before the environment: `chain.add Sidekiq::MemoryProfilingMiddleware, types: "never"`.
  class MemoryProfilingMiddleware
    attr_accessor :config

    # Sidekiq makes a middleware anew for every job; what outlives the job is here.
    @monitors = {}
    @mutex = Mutex.new

    def self.monitor(options, logger)
      @monitors[options] || @mutex.synchronize { @monitors[options] ||= Monitor.new(options, ENV, logger) }
    end

    def initialize(options = {})
      @options = options
    end

    def call(_worker, job, queue)
      monitor = MemoryProfilingMiddleware.monitor(@options, logger)
      reading = monitor.before(job)
      yield
    ensure
      monitor.after(reading, job, queue, logger) if reading
    end

    private

    def logger
      config.respond_to?(:logger) ? config.logger : Sidekiq.logger
    end

    # Reads the counters and writes the records. Whatever goes wrong in here is logged once and stays away from the job.
    class Monitor
      TYPES = %i[T_OBJECT T_STRING T_ARRAY T_HASH T_DATA].freeze
      OPTIONS = %i[format types gc_start rss min_objects].freeze
      Reading = Struct.new(:run, :types, :rss_kb, :gc_runs, :heap_live, :objects_allocated)

      def initialize(options, env, logger)
        @logger = logger
        unknown = options.keys - OPTIONS
        @logger.warn("[MemoryProfiling] There is no option #{unknown.join(", ")}; there are #{OPTIONS.join(", ")}.") unless unknown.empty?
        @format = choice(options, env, :format, %w[lines line json])
        @rss = ResidentMemory.new(choice(options, env, :rss, %w[auto ps never]))
        @walks = HeapWalks.new(choice(options, env, :types, %w[auto always never]))
        @gc_start = choice(options, env, :gc_start, %w[0 1]) == "1"
        @min_objects = number(options, env, :min_objects)
        @running = RunningJobs.new
      end

      # Resident memory first, as reading a file lets other threads run; the counters right after each other. The one of allocations
      # is read last here and first in `after`: what is read for the log is not charged to the job.
      def before(job)
        reading = Reading.new(@running.enter)
        reading.rss_kb = @rss.kb
        reading.types = @walks.count if @walks.due?(class_name(job))
        reading.gc_runs = GC.count
        reading.heap_live = GC.stat(:heap_live_slots)
        reading.objects_allocated = GC.stat(:total_allocated_objects)
        reading
      rescue StandardError => e
        complain(e)
        reading
      end

      def after(reading, job, queue, logger)
        objects_now = GC.stat(:total_allocated_objects)
        gc_runs_now = GC.count
        @running.leave(reading.run)
        return unless reading.objects_allocated

        objects = objects_now - reading.objects_allocated
        return if objects < @min_objects

        GC.start if @gc_start
        types = types(reading)
        logger.info(text(record(reading, objects, gc_runs_now - reading.gc_runs), types, job, queue))
      rescue StandardError => e
        complain(e)
      end

      private

      def record(reading, objects, gc_runs)
        heap_live = GC.stat(:heap_live_slots)
        {
          heap_live_delta: heap_live - reading.heap_live, objects_allocated: objects, gc_runs: gc_runs,
          heap_live: heap_live, rss_before_kb: reading.rss_kb, rss_after_kb: @rss.kb,
          threads_running: reading.run.peak, gc_start: @gc_start ? 1 : 0
        }
      end

      def types(reading)
        return {} unless reading.types

        now = @walks.count
        TYPES.to_h { |type| [type, now.fetch(type, 0) - reading.types.fetch(type, 0)] }
      end

      def text(counters, types, job, queue)
        about = { job: class_name(job), queue: queue, jid: job["jid"], pid: ::Process.pid }
        return "[MemoryProfiling] #{JSON.generate(about.merge(counters, types))}" if @format == "json"

        lines = [pairs(about), pairs(counters), types.map { |type, delta| format("%s=%+d", type, delta) }.join(" ")]
        "[MemoryProfiling] #{lines.reject(&:empty?).join(@format == "line" ? " " : "\n")}"
      end

      def pairs(fields)
        fields.filter_map { |name, value| "#{name}=#{value}" unless value.nil? }.join(" ")
      end

      # Active Job's jobs are all run by one class of Sidekiq's or of Active Job's own.
      def class_name(job)
        job["display_class"] || job["wrapped"] || job["class"]
      end

      def choice(options, env, name, choices)
        variable = "MEMORY_PROFILING_#{name.to_s.upcase}"
        value = options.fetch(name) { env[variable] || choices.first }
        value = { true => "1", false => "0" }.fetch(value, value.to_s)
        return value if choices.include?(value)

        @logger.warn("[MemoryProfiling] #{variable} is #{value.inspect}; it takes #{choices.join(", ")}. Going on with #{choices.first}.")
        choices.first
      end

      def number(options, env, name)
        variable = "MEMORY_PROFILING_#{name.to_s.upcase}"
        Integer(options.fetch(name) { env[variable] || 0 })
      rescue ArgumentError, TypeError
        @logger.warn("[MemoryProfiling] #{variable} takes a number of objects. Going on with 0: every job is logged.")
        0
      end

      def complain(error)
        return if @complained

        @complained = true
        @logger.warn("[MemoryProfiling] A job could not be measured (#{error.class}: #{error.message}). This is said once; jobs run on.")
      end
    end

    # Counts the objects of the heap by type, which takes a walk over all of it: 0.1 ms in a small process, 5 ms with two million
    # objects, while no other thread runs. So it measures itself and keeps to a share of the process's time; but a rare class is not left out
    # for those that run all the time.
    class HeapWalks
      SHARE = 0.01
      FIRST_JOBS = 3
      MOST_CLASSES = 100
      CLOCK = defined?(::Process::CLOCK_THREAD_CPUTIME_ID) ? ::Process::CLOCK_THREAD_CPUTIME_ID : ::Process::CLOCK_MONOTONIC

      # clock: seconds that only go on.
      def initialize(often, clock = -> { ::Process.clock_gettime(::Process::CLOCK_MONOTONIC) })
        @often = often
        @clock = clock
        @next_at = 0.0
        @jobs = Hash.new(0)
      end

      # Whether a job that begins now is to be counted.
      def due?(job_class)
        return @often == "always" unless @often == "auto"

        first?(job_class) || @clock.call >= @next_at
      end

      def count
        started = ::Process.clock_gettime(CLOCK)
        counts = ObjectSpace.count_objects
        seconds = ::Process.clock_gettime(CLOCK) - started
        @next_at = @clock.call + 2 * seconds / SHARE
        counts
      end

      private

      def first?(job_class)
        return false if @jobs[job_class] >= FIRST_JOBS || @jobs.size >= MOST_CLASSES

        @jobs[job_class] += 1
        true
      end
    end
  end
end
