# frozen_string_literal: true

# What StackProf adds to an allocation: a loop that makes small arrays, 60 frames deep, unrecorded and at two intervals. Prints JSON.
#
#   ruby recordingCost.rb ROUNDS
require "json"
require "stackprof"

ALLOCATIONS = 2_000_000
FRAMES = 60
INTERVALS = [nil, 1999, 97].freeze

def nanoseconds(interval)
  GC.start
  StackProf.start(mode: :object, interval: interval, raw: true) if interval
  started = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  deep(FRAMES) { ALLOCATIONS.times { |n| [n] } }
  spent = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - started
  if interval
    StackProf.stop
    StackProf.results
  end
  spent / ALLOCATIONS * 1e9
end

def deep(frames, &block)
  frames.zero? ? block.call : deep(frames - 1, &block)
end

rounds = Array.new(Integer(ARGV.first)) { INTERVALS.map { |interval| nanoseconds(interval) } }
medians = rounds.transpose.map { |values| values.sort[values.size / 2] }
puts JSON.generate(INTERVALS.zip(medians).map { |interval, ns| { interval: interval, ns: ns } })
