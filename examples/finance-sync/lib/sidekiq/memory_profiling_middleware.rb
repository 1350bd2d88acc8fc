module Sidekiq
  # Server middleware that logs what the heap did around every job:
  #
  #   [MemoryProfiling] job=ActiveJob::QueueAdapters::SidekiqAdapter::JobWrapper queue=high_priority
  #   heap_live_delta=-9746 objects_allocated=340721 gc_runs=4
  #   T_OBJECT=+6125 T_STRING=-3343 T_ARRAY=-5681 T_HASH=-74 T_DATA=-1065
  #
  # All counters are those of the process: with a concurrency over 1 a job's numbers hold what the
  # other threads did meanwhile.
  class MemoryProfilingMiddleware
    include Sidekiq::ServerMiddleware

    TYPES = %i[T_OBJECT T_STRING T_ARRAY T_HASH T_DATA].freeze

    def call(job_instance, _job, queue)
      before = measure
      yield
    ensure
      GC.start
      report(job_instance.class, queue, before, measure)
    end

    private

    def measure
      GC.stat.slice(:heap_live_slots, :total_allocated_objects, :count).merge(ObjectSpace.count_objects)
    end

    def report(job_class, queue, before, after)
      delta = ->(key) { after.fetch(key, 0) - before.fetch(key, 0) }

      logger.info(<<~MESSAGE.chomp)
        [MemoryProfiling] job=#{job_class} queue=#{queue}
        heap_live_delta=#{delta[:heap_live_slots]} objects_allocated=#{delta[:total_allocated_objects]} gc_runs=#{delta[:count]}
        #{TYPES.map { |type| format("%s=%+d", type, delta[type]) }.join(" ")}
      MESSAGE
    end
  end
end
