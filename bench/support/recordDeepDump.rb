# Records a profile of about a million call-tree nodes, 500 deep: ruby recordDeepDump.rb OUT [NODES]
# Every method calls six others, back and forth along a random walk that is decided beforehand: up a few callers, mostly,
# now and then nearly all, and down again another way. What StackProf says is written as JSON, frames numbered from 1 (their
# addresses would make the file three times as large) and without the lines of stacks, which speedscope does not read.
require 'stackprof'
require 'json'

out, nodes = ARGV[0], (ARGV[1] || 1_120_000).to_i
METHODS = 600
CALLEES = 6
DEEPEST = 500
RETURN = -1
ALLOCATE = CALLEES

source = +"class Walk\n"
METHODS.times do |method|
  source << "  def step_#{method}(tape)\n    while (op = tape.shift) != #{RETURN}\n      case op\n"
  CALLEES.times { |choice| source << "      when #{choice} then step_#{(method * CALLEES + choice * 17 + 1) % METHODS}(tape)\n" }
  source << "      else Object.new\n      end\n    end\n  end\n\n"
end
eval(source << "end\n", TOPLEVEL_BINDING, '/srv/app/current/app/models/walk.rb', 1)

random = Random.new(11)
tape = []
depth = 1
pushed = 0
while pushed < nodes
  up = (random.rand < 0.02 ? random.rand * depth : -9 * Math.log(1 - random.rand)).floor
  up = [up + 1, depth - 1].min
  up.times { tape << RETURN }
  depth -= up
  down = [DEEPEST - depth, 1 + (-11 * Math.log(1 - random.rand)).floor].min
  down.times { tape << random.rand(CALLEES) }
  depth += down
  pushed += down
  tape << ALLOCATE
end
depth.times { tape << RETURN }

walk = Walk.new
GC.start
StackProf.start(mode: :object, raw: true, interval: 1)
walk.step_0(tape)
StackProf.stop
results = StackProf.results

ids = results[:frames].keys.each_with_index.to_h { |id, at| [id, at + 1] }
results[:frames] = results[:frames].to_h { |id, frame| [ids[id], frame.merge(edges: nil).compact] }
raw = results[:raw]
at = 0
while at < raw.length
  length = raw[at]
  (at + 1..at + length).each { |place| raw[place] = ids[raw[place]] }
  at += length + 2
end
results.delete(:raw_lines)
File.write(out, JSON.generate(results))
