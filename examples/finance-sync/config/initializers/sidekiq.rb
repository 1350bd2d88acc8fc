require Rails.root.join("lib/sidekiq/memory_profiling_middleware").to_s

# A Redis database of its own: this worker must not take the jobs of other apps on the same machine.
redis = { url: ENV.fetch("REDIS_URL", "redis://127.0.0.1:6379/11") }

Sidekiq.configure_client { |config| config.redis = redis }

Sidekiq.configure_server do |config|
  config.redis = redis
  config.server_middleware { |chain| chain.add Sidekiq::MemoryProfilingMiddleware }

  # Opt-in: one allocation profile of the whole worker process, written when it has shut down gracefully.
  #
  #   SIDEKIQ_FLAMEGRAPH=1            switches it on
  #   SIDEKIQ_FLAMEGRAPH_INTERVAL=n   every n-th allocation is a sample; a prime, because a round number
  #                                   keeps step with loops and credits one line with what ten allocate
  #   SIDEKIQ_FLAMEGRAPH_DIR=path     where the .dump goes
  if ENV["SIDEKIQ_FLAMEGRAPH"] == "1"
    require "stackprof"

    config.on(:startup) do
      metadata = { app: "finance-sync", root: Rails.root.to_s, job: "sidekiq process", ruby: RUBY_VERSION }
      objects_at_start = GC.stat(:total_allocated_objects)
      StackProf.start(
        mode: :object,
        interval: Integer(ENV.fetch("SIDEKIQ_FLAMEGRAPH_INTERVAL", "997")),
        raw: true,
        metadata: metadata
      )

      # Not on(:shutdown), which Sidekiq 7 fires while it still waits for the jobs in progress.
      at_exit do
        StackProf.stop
        metadata[:gc_stat_objects] = GC.stat(:total_allocated_objects) - objects_at_start
        path = File.join(
          ENV.fetch("SIDEKIQ_FLAMEGRAPH_DIR", "/tmp"),
          "stackprof_process_#{Process.pid}_#{Time.now.to_i}.dump"
        )
        StackProf.results(path)
        config.logger.info("[MemoryProfiling] Process profile written: #{path}")
      end
    end
  end
end
