# frozen_string_literal: true
# Allocation Hotspots capture kit, version 1

require "fileutils"
require "time"

module Sidekiq
  # Records allocations by StackProf and writes dumps. StackProf has one recording per process, so there is one recorder.
  class AllocationRecorder
    def initialize(interval:, folder:, logger:, stackprof: ::StackProf)
      @interval = interval
      @folder = folder
      @logger = logger
      @stackprof = stackprof
      @mutex = Mutex.new
      @recording = nil
    end

    # False where something is being recorded already. Like all in here it never raises: it is called around jobs.
    def start(about)
      alone("begin", false) { begin_recording(about) }
    end

    # Ends the recording and writes it as stackprof_<name>_<pid>_<seconds>.dump; answers its path, or nil without one.
    def finish(name, more = {})
      alone("end", nil) { write(name, end_recording(more)) }
    end

    # Writes what was recorded until now, and goes on with an empty recording. Answers as `finish` does.
    def snapshot(name)
      alone("go on", nil) do
        about = @recording && @recording[:about]
        results = end_recording({})
        begin_recording(about.merge(part: about.fetch(:part, 1) + 1)) if results
        write(name, results)
      end
    end

    private

    def alone(step, failed, &block)
      @mutex.synchronize(&block)
    rescue StandardError => e
      @logger.error("[MemoryProfiling] The recording could not #{step} (#{e.class}: #{e.message}). The worker runs on.")
      failed
    end

    def begin_recording(about)
      return false if @recording

      metadata = about.merge(AllocationRecorder.process_facts, started_at: Time.now.utc.iso8601)
      return false unless @stackprof.start(mode: :object, interval: @interval, raw: true, metadata: metadata)

      @recording = { about: about, metadata: metadata, pid: ::Process.pid, objects: GC.stat(:total_allocated_objects) }
      true
    end

    # Answers StackProf's results; nil where nothing was recorded, or by the process this one was forked from.
    def end_recording(more)
      recording = @recording
      @recording = nil
      return if recording.nil? || recording[:pid] != ::Process.pid

      @stackprof.stop
      objects = GC.stat(:total_allocated_objects) - recording[:objects]
      metadata = recording[:metadata]
      # What qualifies the figures first: readers may have room for a few facts only.
      metadata.replace(more.merge(metadata, ended_at: Time.now.utc.iso8601, gc_stat_objects: objects))
      @stackprof.results
    end

    # Readers never see half a dump: it is written beside its place and then renamed.
    def write(name, results)
      return unless results

      FileUtils.mkdir_p(@folder)
      path = free_path(name)
      part = "#{path}.part"
      File.open(part, File::WRONLY | File::CREAT | File::EXCL | File::BINARY) { |file| Marshal.dump(results, file) }
      File.rename(part, path)
      @logger.info("[MemoryProfiling] #{name.start_with?("process") ? "Process" : "Job"} profile written: #{path}")
      path
    rescue StandardError => e
      File.delete(part) if part && File.exist?(part) && !e.is_a?(Errno::EEXIST)
      @logger.error("[MemoryProfiling] The profile could not be written to #{@folder} (#{e.message}): set SIDEKIQ_FLAMEGRAPH_DIR to a folder that can be.")
      nil
    end

    # A second dump in the same second takes the next one for its name.
    def free_path(name)
      seconds = Time.now.to_i
      loop do
        path = File.join(@folder, "stackprof_#{name}_#{::Process.pid}_#{seconds}.dump")
        return path unless File.exist?(path) || File.exist?("#{path}.part")

        seconds += 1
      end
    end

    class << self
      # What a reader of the dump needs to find the code again: only texts and numbers, which any reader of the format knows.
      def process_facts
        {
          app: File.basename(root), revision: revision(root), root: root, pid: ::Process.pid, ruby: RUBY_VERSION,
          sidekiq: version { Sidekiq::VERSION }, rails: version { ::Rails::VERSION::STRING }, stackprof: version { ::StackProf::VERSION }
        }.compact
      end

      # The folder of the application.
      def root
        return ::Rails.root.to_s if defined?(::Rails) && ::Rails.respond_to?(:root) && ::Rails.root

        File.dirname(ENV["BUNDLE_GEMFILE"] || File.join(Dir.pwd, "Gemfile"))
      end

      REVISION_VARIABLES = %w[GIT_REVISION GIT_COMMIT SOURCE_VERSION HEROKU_SLUG_COMMIT HEROKU_BUILD_COMMIT KAMAL_VERSION].freeze

      # The git revision that runs here: from the environment, Capistrano's REVISION or .git; nil where none of them says it.
      def revision(root, env = ENV)
        variable = REVISION_VARIABLES.find { |name| !env[name].to_s.empty? }
        return env[variable] if variable

        first_line(File.join(root, "REVISION")) || git_revision(root)
      end

      private

      def version
        yield
      rescue NameError
        nil
      end

      # Read from the files, as git may not be installed where the worker runs.
      def git_revision(root)
        git = File.join(root, ".git")
        head = first_line(File.join(git, "HEAD"))
        return head unless head&.start_with?("ref: ")

        ref = head.delete_prefix("ref: ")
        first_line(File.join(git, ref)) || packed(File.join(git, "packed-refs"), ref)
      end

      def packed(file, ref)
        return unless File.file?(file)

        File.foreach(file).map { |line| line.split }.find { |_revision, name| name == ref }&.first
      end

      def first_line(file)
        text = File.file?(file) ? File.open(file, &:gets).to_s.strip : ""
        text.empty? ? nil : text
      rescue SystemCallError
        nil
      end
    end
  end
end
