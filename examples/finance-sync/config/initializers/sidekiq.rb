# A Redis database of its own: this worker must not take the jobs of other apps on the same machine.
redis = { url: ENV.fetch("REDIS_URL", "redis://127.0.0.1:6379/11") }

Sidekiq.configure_client { |config| config.redis = redis }
Sidekiq.configure_server { |config| config.redis = redis }
