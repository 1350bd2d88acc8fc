# frozen_string_literal: true

require "sidekiq"
require "sidekiq/api"

redis = { url: ENV.fetch("REDIS_URL") }
Sidekiq.configure_client { |config| config.redis = redis }
Sidekiq.configure_server { |config| config.redis = redis }
require_relative "config/initializers/allocation_capture"

class EmptyJob
  include Sidekiq::Worker

  def perform; end
end

class SyncJob
  include Sidekiq::Worker

  KEPT = []

  def perform(rows)
    rows.times { |row| KEPT << { row => [row] } }
  end
end

class FailingJob
  include Sidekiq::Worker
  sidekiq_options retry: false

  def perform
    raise "the job's own error"
  end
end

class SlowJob
  include Sidekiq::Worker

  def perform(seconds)
    sleep seconds
    build_report
  end

  def build_report
    Array.new(2_000) { |n| "row #{n}" }
  end
end
