# Records a real dump of about 100 MB: ruby recordBigDump.rb OUT [SAMPLES]
# 50 layers of 80 methods; each allocates and calls one of three below it, one call in four from a block.
require 'stackprof'

out, samples = ARGV[0], (ARGV[1] || 350_000).to_i
srand(42)
LAYERS = 50
PER_LAYER = 80
LAYERS.times do |layer|
  source = +"class Layer#{layer}\n"
  PER_LAYER.times do |method|
    source << "  def handle_request_#{method}(layers, r)\n"
    source << ['    s = "item #{r}"', '    h = { id: r, name: "n" }', '    a = [r, r + 1]', '    x = layers.map { |l| l }', '    y = r.to_s'].sample << "\n"
    if layer + 1 < LAYERS
      source << "    case (r * 2654435761 >> #{layer % 13}) & 3\n"
      3.times do |choice|
        call = "layers[#{layer + 1}].handle_request_#{rand(PER_LAYER)}(layers, r + #{rand(1000)})"
        source << "    when #{choice} then #{rand(4).zero? ? "1.times { #{call} }" : call}\n"
      end
      source << "    else layers[#{layer + 1}].handle_request_#{rand(PER_LAYER)}(layers, r * 3 + 1)\n    end\n"
    end
    source << "  end\n\n"
  end
  eval(source << "end\n", TOPLEVEL_BINDING, "/srv/app/current/app/services/layer_#{layer}/service_object_#{layer}.rb", 1)
end

layers = LAYERS.times.map { |layer| Object.const_get("Layer#{layer}").new }
StackProf.start(mode: :object, raw: true, interval: 1)
(samples / 94).times { |request| layers[0].send(:"handle_request_#{request % PER_LAYER}", layers, (request * 7919) & 0xffff) }
StackProf.stop
StackProf.results(out)
