# What a reader must find in the recordings, counted here from their raw stacks with nothing but Ruby:
#
#   ruby script/expected.rb [FILE...] > profiles/expected.json
#
# All counts are in samples. A method is a name, file and first line, however many frames have them; it and a
# line count once per sample, however often they are in its stack. Tables end after TOP rows; rows with equal
# counts are in the order of their file, line and name.
#
#   self      the method is the innermost frame
#   total     the method is in the stack
#   recorded  the innermost frame is at this line (a C function has no line: 0)
#   caller    the innermost frame that has a line and is not Ruby's own (<internal:...>) is at this line
#   mine      the innermost frame of the app (under metadata[:root]) is at this line; without_mine: no such frame
#   through   a frame of the app is at this line
require "json"
require "zlib"

TOP = 40

Location = Struct.new(:file, :line)
MethodKey = Struct.new(:name, :file, :line)

def expected(path)
  profile = read(path)
  counts = count(profile)
  {
    mode: profile["mode"], interval: profile["interval"],
    samples: profile["samples"], missed_samples: profile["missed_samples"],
    objects: profile["samples"] + profile["missed_samples"], gc_stat_objects: profile["metadata"]["gc_stat_objects"],
    frames: profile["frames"].size, stacks: counts[:stacks].size, weight: counts[:stacks].values.sum,
    distinct: counts.slice(:self, :total, :recorded, :caller, :mine, :through).transform_values(&:size),
    without_mine: counts[:without_mine],
    methods_by_self: methods(counts, by: :self), methods_by_total: methods(counts, by: :total),
    recorded: lines(counts[:recorded]), caller: lines(counts[:caller]), mine: lines(counts[:mine]), through: lines(counts[:through])
  }
end

# The profile with string keys and numeric frame ids, be it Marshal or JSON, compressed or not.
def read(path)
  bytes = File.binread(path)
  bytes = Zlib.gunzip(bytes) if bytes.start_with?("\x1F\x8B".b)
  profile = bytes.start_with?("\x04\b".b) ? Marshal.load(bytes) : JSON.parse(bytes)
  profile = profile.transform_keys(&:to_s)
  profile["frames"] = profile["frames"].to_h { |id, frame| [Integer(id), frame.transform_keys(&:to_s)] }
  profile["metadata"] = profile["metadata"].transform_keys(&:to_s)
  profile
end

def count(profile)
  root = "#{profile["metadata"].fetch("root")}/"
  methods = profile["frames"].transform_values { |frame| MethodKey.new(*frame.values_at("name", "file", "line")) }
  counts = Hash.new { |tables, name| tables[name] = Hash.new(0) }
  counts[:without_mine] = 0

  each_stack(profile) do |ids, lines, weight|
    stack = ids.map { |id| methods.fetch(id) }
    locations = stack.zip(lines).map { |method, line| Location.new(method.file, line) }
    mine = locations.select { |location| location.file.start_with?(root) }

    counts[:stacks][[ids, lines]] += weight
    counts[:self][stack.last] += weight
    stack.uniq.each { |method| counts[:total][method] += weight }
    counts[:recorded][locations.last] += weight
    counts[:caller][locations.reverse_each.find { |location| written?(location) } || locations.last] += weight
    mine.empty? ? counts[:without_mine] += weight : counts[:mine][mine.last] += weight
    mine.uniq.each { |location| counts[:through][location] += weight }
  end
  counts
end

# raw is [length, frame ids from the outermost inwards, weight, length, ...]; raw_lines has the same shape.
def each_stack(profile)
  raw, raw_lines = profile.values_at("raw", "raw_lines")
  at = 0
  while at < raw.size
    length = raw[at]
    yield raw[at + 1, length], raw_lines[at + 1, length], raw[at + 1 + length]
    at += length + 2
  end
end

def written?(location)
  location.line.positive? && !location.file.start_with?("<")
end

def methods(counts, by:)
  counts[:total].keys
                .sort_by { |method| [-counts[by].fetch(method, 0), method.file, method.line || 0, method.name] }
                .first(TOP)
                .map { |method| { **method.to_h, self: counts[:self].fetch(method, 0), total: counts[:total][method] } }
end

def lines(table)
  table.sort_by { |location, samples| [-samples, location.file, location.line] }
       .first(TOP)
       .map { |location, samples| { **location.to_h, samples: samples } }
end

# One row of a table per line of the file.
def write(answers)
  text = JSON.pretty_generate(answers)
  puts text.gsub(/\{\n\s+"(?:name|file)":[^{}]*\}/) { |row| row.gsub(/\s*\n\s*/, " ") }
end

folder = File.expand_path("../profiles", __dir__)
paths = ARGV.empty? ? Dir.glob(File.join(folder, "*/*stackprof*")).sort : ARGV.map { |path| File.expand_path(path) }
write(paths.to_h { |path| [path.delete_prefix("#{folder}/"), expected(path)] })
