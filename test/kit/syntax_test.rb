# frozen_string_literal: true

require_relative "support"
require "parser/ruby27"

# The oldest Ruby that the kit promises, by its own grammar; the newest is asked in test/kit.test.ts.
class SyntaxTest < Minitest::Test
  Dir.glob("**/*.rb", base: KIT).each do |name|
    define_method("test_#{name}_is_ruby_2_7") do
      assert_nil error(File.read(File.join(KIT, name)))
    end
  end

  def test_what_the_editor_runs_is_ruby_2_7
    assert_nil error(File.read(File.expand_path("../../media/ruby/profile_allocations.rb", __dir__)))
  end

  def test_the_grammar_of_2_7_knows_nothing_newer
    ["def twice(n) = n * 2", "{ x: 1 }.then { it }; f(x:)", "def f(*) = g(*)", "case { a: 1 }\nin { a: Integer => n } unless n\nend; h in {a:} and p(**)"].each do |text|
      refute_nil error(text), text
    end
  end

  private

  def error(text)
    parser = Parser::Ruby27.new
    parser.diagnostics.all_errors_are_fatal = true
    parser.parse(Parser::Source::Buffer.new("kit", source: text))
    nil
  rescue Parser::SyntaxError => e
    "line #{e.diagnostic.location.line}: #{e.message}"
  end
end
