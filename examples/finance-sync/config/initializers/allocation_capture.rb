# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

# Logs what every job does to the heap, and records allocations where the environment asks for it. The variables are listed
# at the top of the files that are loaded here. Without Rails: require this file from the one that Sidekiq is started with (sidekiq -r).
require "sidekiq"
require_relative "../../lib/sidekiq/memory_profiling_middleware"
require_relative "../../lib/sidekiq/memory_guard"
require_relative "../../lib/sidekiq/allocation_capture"

Sidekiq.configure_server do |config|
  config.server_middleware do |chain|
    chain.add Sidekiq::MemoryProfilingMiddleware
    chain.add Sidekiq::MemoryGuard if Sidekiq::MemoryGuard.wanted? # allocation-hotspots:disable memory-killer
  end
  Sidekiq::AllocationCapture.install(config)
end
