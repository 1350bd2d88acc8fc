# frozen_string_literal: true

require "set"

Object.send(:remove_const, :RUBY_VERSION)
RUBY_VERSION = "3.2.0"
