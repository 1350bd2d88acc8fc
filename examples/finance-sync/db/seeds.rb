require_relative "seeds/example_data"

ExampleData.load
