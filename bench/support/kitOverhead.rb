# frozen_string_literal: true

# Runs empty jobs in real Sidekiq workers with one thread, with and without the kit, and prints a line of JSON for each worker.
#
#   KIT_GEMS=… ruby kitOverhead.rb VERSION ROUNDS
require "json"
require_relative "../../test/kit/real_worker"

SUBJECTS = [
  { name: "without the kit", jobs: 10_000, live: 0 },
  { name: "defaults", jobs: 10_000, live: 0, kit: {} },
  { name: "types: never", jobs: 10_000, live: 0, kit: { types: "never" } },
  { name: "types: never, rss: never", jobs: 10_000, live: 0, kit: { types: "never", rss: "never" } },
  { name: "min_objects: 1,000,000", jobs: 10_000, live: 0, kit: { min_objects: 1_000_000 } },
  { name: "types: always", jobs: 10_000, live: 0, kit: { types: "always" } },
  { name: "gc_start", jobs: 200, live: 0, kit: { gc_start: true } },
  { name: "without the kit", jobs: 10_000, live: 2_000_000 },
  { name: "defaults", jobs: 10_000, live: 2_000_000, kit: {} },
  { name: "types: always", jobs: 200, live: 2_000_000, kit: { types: "always" } },
  { name: "gc_start", jobs: 50, live: 2_000_000, kit: { gc_start: true } }
].freeze

def measure(version, subject)
  app = RealWorker::App.new(version, worker: File.join(__dir__, "kitWorker.rb"))
  warm_up = subject[:jobs] / 10
  app.enqueue("#{subject[:jobs] + warm_up}.times.each_slice(1_000) { |some| Sidekiq::Client.push_bulk('class' => EmptyJob, 'args' => some.map { [] }) }")
  app.start(
    { "JOBS" => subject[:jobs].to_s, "WARM_UP" => warm_up.to_s, "LIVE_OBJECTS" => subject[:live].to_s,
      "KIT" => subject[:kit] && JSON.generate(subject[:kit]) }.compact
  )
  raise app.log unless app.wait(within: 300).zero?

  JSON.parse(File.read(File.join(app.folder, "result.json")))
ensure
  app&.remove
end

version, rounds = ARGV
Integer(rounds).times do
  SUBJECTS.each { |subject| puts JSON.generate(subject.slice(:name, :jobs, :live).merge(measure(version, subject))) }
end
