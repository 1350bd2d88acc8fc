# frozen_string_literal: true

require_relative "support"
require "#{KIT}/lib/sidekiq/resident_memory"

class ResidentMemoryTest < Minitest::Test
  def test_reads_what_the_system_says
    [Sidekiq::ResidentMemory.new, Sidekiq::ResidentMemory.new("ps")].each do |memory|
      next unless memory.readable?

      assert_in_delta status_kb, memory.kb, 4_096 if status_kb
      assert_operator memory.kb, :>, 5_000
    end
  end

  def test_grows_with_the_process
    memory = Sidekiq::ResidentMemory.new("ps")
    before = memory.kb
    kept = "x" * 50_000_000
    assert_in_delta 50_000_000 / 1024, memory.kb - before, 5_000
    assert_equal 50_000_000, kept.size
  end

  # Where there is no /proc, as on macOS.
  def test_asks_ps_for_this_process
    with_program("ps", 'test "$*" = "-o rss= -p $PPID" && echo "  43210"') do
      assert_equal 43_210, Sidekiq::ResidentMemory.new.send(:from_ps)
    end
    with_program("ps", "exit 1") { assert_nil Sidekiq::ResidentMemory.new.send(:from_ps) }
  end

  def test_never_reads
    refute_predicate Sidekiq::ResidentMemory.new("never"), :readable?
  end

  def test_a_forked_child_reads_its_own
    memory = Sidekiq::ResidentMemory.new
    memory.kb
    reader, writer = IO.pipe
    pid = fork do
      kept = "x" * 100_000_000
      writer.puts [memory.kb, kept.size].join(" ")
      exit!
    end
    Process.wait(pid)
    assert_operator reader.gets.to_i, :>, memory.kb + 50_000
  end

  private

  # Only this program is on the PATH.
  def with_program(name, script)
    before = ENV["PATH"]
    Dir.mktmpdir do |folder|
      File.write(File.join(folder, name), "#!/bin/sh\n#{script}\n", perm: 0o755)
      ENV["PATH"] = folder
      yield
    end
  ensure
    ENV["PATH"] = before
  end

  def status_kb
    File.file?("/proc/self/status") && File.read("/proc/self/status")[/VmRSS:\s+(\d+)/, 1].to_i
  end
end
