# frozen_string_literal: true

# Every test of the kit: `npm run test:kit`.
Dir.glob("*_test.rb", base: __dir__).sort.each { |name| require_relative name }
