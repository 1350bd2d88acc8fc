# frozen_string_literal: true

# A worker of empty jobs, which says what JOBS of them took after WARM_UP others, and ends. KIT is the middleware's options as
# JSON, or nothing for a worker without the kit; LIVE_OBJECTS are kept alive.
require "json"
require "sidekiq"

redis = { url: ENV.fetch("REDIS_URL") }
Sidekiq.configure_client { |config| config.redis = redis }
Sidekiq.configure_server do |config|
  config.redis = redis
  if ENV["KIT"]
    require_relative "lib/sidekiq/memory_profiling_middleware"
    config.server_middleware { |chain| chain.add Sidekiq::MemoryProfilingMiddleware, JSON.parse(ENV["KIT"], symbolize_names: true) }
  end
end

class EmptyJob
  include Sidekiq::Job

  WARM_UP = ENV["WARM_UP"].to_i
  JOBS = ENV["JOBS"].to_i
  @ran = 0

  class << self
    def ran
      @ran += 1
      @started = clocks if @ran == WARM_UP
      say_and_end if @ran == WARM_UP + JOBS
    end

    private

    def say_and_end
      wall, cpu = clocks.zip(@started).map { |now, before| (now - before) / JOBS * 1e6 }
      File.write("result.json", JSON.generate(wall_us: wall, cpu_us: cpu))
      Process.kill("TERM", Process.pid)
    end

    def clocks
      [Process.clock_gettime(Process::CLOCK_MONOTONIC), Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)]
    end
  end

  def perform
    EmptyJob.ran
  end
end

LIVE = Array.new(ENV["LIVE_OBJECTS"].to_i) { |n| n.to_s } if Sidekiq.server?
