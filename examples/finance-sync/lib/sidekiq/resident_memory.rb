# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

require "etc"

module Sidekiq
  # Resident memory (RSS) of this process in kB.
  class ResidentMemory
    STATM = "/proc/self/statm"
    PAGE_KB = Etc.respond_to?(:sysconf) ? Etc.sysconf(Etc::SC_PAGESIZE) / 1024 : 4

    # source: "auto" reads Linux's /proc, "ps" starts the program ps where there is no /proc (some milliseconds each time),
    # "never" reads nothing.
    def initialize(source = "auto")
      @read = method(reader(source))
    end

    # A number of kB, or nil where this system does not say.
    def kb
      @read.call
    rescue SystemCallError, IOError
      nil
    end

    def readable?
      !kb.nil?
    end

    private

    def reader(source)
      return :nothing if source == "never"
      return :from_statm if File.readable?(STATM)

      source == "ps" ? :from_ps : :nothing
    end

    def nothing
      nil
    end

    # The file stays open: opening it takes longer than reading it. In a forked child it would still be the parent's.
    def from_statm
      unless @pid == ::Process.pid
        @statm = File.open(STATM)
        @pid = ::Process.pid
      end
      Integer(@statm.pread(256, 0).split(" ", 3)[1]) * PAGE_KB
    end

    def from_ps
      answer = IO.popen(["ps", "-o", "rss=", "-p", ::Process.pid.to_s], &:read).strip
      answer.empty? ? nil : Integer(answer)
    end
  end
end
