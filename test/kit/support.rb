# frozen_string_literal: true

require "fileutils"
require "json"
require "minitest/autorun"
require "tmpdir"

KIT = File.expand_path("../../kit", __dir__)

# Keeps what is logged as [level, text].
class FakeLogger
  attr_reader :records

  def initialize
    @records = []
  end

  %i[debug info warn error].each do |level|
    define_method(level) { |text| @records << [level, text] }
  end

  def texts(level = nil)
    @records.select { |record| level.nil? || record.first == level }.map(&:last)
  end
end

# What Sidekiq.configure_server yields, as far as the kit uses it.
class FakeConfig
  attr_reader :logger, :added, :hooks

  def initialize
    @logger = FakeLogger.new
    @added = []
    @hooks = Hash.new { |all, event| all[event] = [] }
  end

  def on(event, &block)
    @hooks[event] << block
  end

  def server_middleware
    yield self
  end

  def add(*entry)
    @added << entry
  end
end

# StackProf's interface, without a recording.
class FakeStackProf
  attr_reader :started

  def initialize
    @started = []
    @running = false
  end

  def start(**options)
    return false if @running

    @started << options
    @running = true
  end

  def stop
    @running = false
    true
  end

  def results
    { mode: :object, samples: 0, interval: @started.last[:interval], metadata: @started.last[:metadata] }
  end
end
