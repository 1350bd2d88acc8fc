# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

module Sidekiq
  # The jobs that run in this process right now, as far as they went through one middleware.
  class RunningJobs
    # One job; `peak` is the largest number of jobs that ran at once while it did, itself included.
    Run = Struct.new(:peak)

    def initialize
      @mutex = Mutex.new
      @runs = {}.compare_by_identity
    end

    def enter
      run = Run.new(0)
      @mutex.synchronize do
        @runs[run] = true
        @runs.each_key { |each_run| each_run.peak = @runs.size if each_run.peak < @runs.size }
      end
      run
    end

    def leave(run)
      @mutex.synchronize { @runs.delete(run) }
    end

    def size
      @mutex.synchronize { @runs.size }
    end
  end
end
