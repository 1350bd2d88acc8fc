require_relative "boot"

require "rails"
require "active_record/railtie"
require "active_job/railtie"
require "bigdecimal/util"

Bundler.require(*Rails.groups)

module FinanceSync
  class Application < Rails::Application
    config.load_defaults 7.2
    config.eager_load = true
    config.enable_reloading = false
    config.secret_key_base = "only used by this example"

    config.active_job.queue_adapter = :sidekiq
    config.active_record.query_log_tags_enabled = false
    config.logger = ActiveSupport::Logger.new(root.join("log/#{Rails.env}.log"))
    config.log_level = :info
  end
end
