# Compiles and runs pieces of Ruby for the tests of this folder, each run in a process of its own.
#
#   ruby runner.rb SCHEMA < jobs.json > answers.jsonl
#
# jobs:    { "compile": [{ "id", "text" }], "run": [{ "id", "text", "call", "records", "live" }] }
# answers: a line each, the first is { "ruby": its version }. To compile: { "id", "error", "warnings" }. To run: { "id", "result",
#          "raised", "database", "statements", "objects", "bytes", "live" }, or { "id", "failed" }: it could not be run at all.
#
# `call` is evaluated twice: once to warm caches, then to be measured, with garbage collection off: `objects` and `bytes` are all
# that the second evaluation allocates. Asked for, a third tells the `live` bytes: the most that was alive at once, of what was not
# before. `records`: a number of rows to run on, put back before each evaluation; they need Active Record, and 0 does not. Where
# live memory is measured, find_each takes a twentieth of them at a time: as with 20,000 rows, in less time. Runs without records
# come first, while Active Support is not loaded: it changes core methods.
require "bigdecimal"
require "csv"
require "date"
require "digest"
require "json"
require "objspace"
require "set"
require "stringio"

# What the calls of the cases read.
DATA_TXT = File.join(Dir.pwd, "data.txt")
DATA_CSV = File.join(Dir.pwd, "data.csv")

def main(schema)
  jobs = JSON.parse($stdin.read)
  File.write(DATA_TXT, (1..300).map { |i| "row#{i} some text here\n" }.join)
  File.write(DATA_CSV, "id,name,amount,date\n" + (1..200).map { |i| format("%d,name %d,%d,2024-01-%02d\n", i, i, i * 3, i % 28 + 1) }.join)
  $stdout.sync = true
  puts JSON.generate({ ruby: RUBY_VERSION })
  jobs["compile"].each { |job| answer(job, compiled(job["text"])) }
  plain, with_records = jobs["run"].partition { |job| job["records"].zero? }
  plain.each { |job| answer(job, run_apart(job)) }
  return if with_records.empty?

  require_relative "records"
  with_records.each { |job| answer(job, run_apart(job) { Records.open(schema, job["records"], job["live"] ? job["records"] / 20 : nil) }) }
end

def answer(job, facts)
  puts JSON.generate({ id: job["id"], **facts })
end

# As `ruby -wc` does.
def compiled(text)
  said = $stderr = StringIO.new
  $VERBOSE = true
  RubyVM::InstructionSequence.compile(text)
  { error: nil, warnings: said.string.lines(chomp: true).map { |line| line.sub(/\A\S+: warning: /, "") } }
rescue SyntaxError => e
  { error: e.message, warnings: [] }
ensure
  $VERBOSE = false
  $stderr = STDERR
end

def run_apart(job)
  reader, writer = IO.pipe
  child = fork do
    reader.close
    $stderr = StringIO.new
    writer.write(JSON.generate(run(job, block_given? ? yield : NoRecords)))
  rescue Exception => e # Also SyntaxError, LoadError, SystemExit.
    writer.write(JSON.generate({ failed: "#{e.class}: #{e.message}" }))
  ensure
    writer.close
    exit!(0)
  end
  writer.close
  said = reader.read
  Process.wait(child)
  said.empty? ? { failed: "ended without an answer" } : JSON.parse(said, symbolize_names: true)
ensure
  reader.close
end

def run(job, records)
  file = File.join(Dir.pwd, "source.rb")
  File.write(file, job["text"])
  load file
  call = eval("-> { #{job["call"]}\n}", TOPLEVEL_BINDING.dup)
  records.restore
  evaluated(call)
  records.restore
  GC.start
  GC.disable
  bytes = ObjectSpace.memsize_of_all
  objects = GC.stat(:total_allocated_objects)
  value, raised = evaluated(call)
  objects = GC.stat(:total_allocated_objects) - objects
  bytes = ObjectSpace.memsize_of_all - bytes
  GC.enable
  statements = records.statements
  { result: shortened(value.inspect), raised: raised, database: records.state, statements: statements, objects: objects, bytes: bytes,
    live: job["live"] ? live_bytes(call, file, records) : nil }
end

SAMPLES = 12

# Collects garbage at some of the places where a line or a block of the file begins, evenly spread, and sums what is left.
def live_bytes(call, file, records)
  places = 0
  records.restore
  at_places(file, -> { places += 1 }) { evaluated(call) }
  step = [places / SAMPLES, 1].max
  records.restore
  base = collected_bytes
  most = base
  place = 0
  at_places(file, -> { most = [most, collected_bytes].max if ((place += 1) % step).zero? }) { evaluated(call) }
  most - base
end

def at_places(file, action, &block)
  TracePoint.new(:line, :b_call) { |event| action.call if event.path == file }.enable(&block)
end

def collected_bytes
  GC.start
  ObjectSpace.memsize_of_all
end

# Its value, and what it raised.
def evaluated(call)
  [call.call, nil]
rescue StandardError => e
  [nil, "#{e.class}: #{e.message}"]
end

# Enough to compare, and to read.
def shortened(text)
  text.size > 300 ? "#{text[0, 200]}… (#{text.size} characters, SHA-256 #{Digest::SHA256.hexdigest(text)})" : text
end

# In place of the database, for plain runs.
module NoRecords
  def self.restore = nil
  def self.statements = nil
  def self.state = nil
end

main(ARGV.fetch(0))
