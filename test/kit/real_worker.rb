# frozen_string_literal: true

require "fileutils"
require "rbconfig"
require "socket"
require "tmpdir"

# A Redis of its own and Sidekiq workers, started as an application would. KIT_GEMS is the folder that scripts/kitTests.mjs prepares:
# one folder of gems per version of Sidekiq, and `common` with StackProf.
module RealWorker
  PATIENCE_SECONDS = 60
  GEMS = ENV.fetch("KIT_GEMS")
  KIT = File.expand_path("../../kit", __dir__)

  # The versions of Sidekiq that are there.
  def self.versions
    Dir.glob("sidekiq-*/", base: GEMS).map { |name| name[/[\d.]+/] }.sort
  end

  # The port of a Redis that ends with this process.
  def self.redis
    @redis ||= begin
      port = TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
      folder = Dir.mktmpdir
      settings = { bind: "127.0.0.1", port: port, save: "", dir: folder, databases: 64 }
      pid = Process.spawn("redis-server", *settings.flat_map { |name, value| ["--#{name}", value.to_s] }, %i[out err] => File::NULL)
      at_exit do
        Process.kill("TERM", pid)
        Process.wait(pid)
        FileUtils.rm_rf(folder)
      end
      port
    end
    wait_for_redis
    @redis
  end

  def self.wait_for_redis
    eventually(-> { "Redis" }) do
      TCPSocket.new("127.0.0.1", @redis).close
      true
    rescue Errno::ECONNREFUSED
      false
    end
  end

  # what: answers what was waited for in vain.
  def self.eventually(what, within: PATIENCE_SECONDS)
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + within
    until (answer = yield)
      raise "Not within #{within} s: #{what.call}" if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline

      sleep 0.05
    end
    answer
  end

  # An application in a folder of its own, with the kit where its README says.
  class App
    attr_reader :folder

    def initialize(version, worker: File.join(__dir__, "app/worker.rb"), stackprof: true)
      @version = version
      @stackprof = stackprof
      @folder = File.realpath(Dir.mktmpdir("kit-app-"))
      FileUtils.cp_r(File.join(KIT, "lib"), @folder)
      FileUtils.cp_r(File.join(KIT, "config"), @folder)
      FileUtils.cp(worker, File.join(@folder, "worker.rb"))
      @database = App.next_database
    end

    # Every application has a database of Redis for itself.
    def self.next_database
      @databases = (@databases || -1) + 1
    end

    def start(environment = {}, concurrency: 1)
      @log = File.join(@folder, "sidekiq.log")
      @pid = Process.spawn(
        env.merge(environment), *ruby, "#{gem_folder}/bin/sidekiq", "-r", "./worker.rb", "-c", concurrency.to_s, "-t", "8",
        chdir: @folder, %i[out err] => @log, unsetenv_others: true
      )
    end

    # Ruby that enqueues: `SyncJob.perform_async(10)`.
    def enqueue(code)
      system(env, *ruby, "-r./worker", "-e", code, chdir: @folder, unsetenv_others: true, exception: true, out: File::NULL)
    end

    def log
      File.exist?(@log) ? File.read(@log) : ""
    end

    def wait_for(what, times = 1)
      RealWorker.eventually(-> { "#{what.inspect} in the log:\n#{log}" }) do
        raise "Sidekiq #{@version} ended:\n#{log}" if ended? && log.scan(what).size < times

        log.scan(what).size >= times
      end
    end

    def kill(signal)
      Process.kill(signal, @pid)
    end

    # Its exit code.
    def stop
      kill("TERM") unless ended?
      wait
    end

    def wait(within: PATIENCE_SECONDS)
      RealWorker.eventually(-> { "the end of Sidekiq #{@version}:\n#{log}" }, within: within) { ended? }
      @status.exitstatus
    end

    def dumps
      Dir.glob("#{@folder}/dumps/*").sort_by { |file| [File.mtime(file), file] }
    end

    def remove
      stop if @pid
      FileUtils.rm_rf(@folder)
    end

    private

    def ended?
      return true if @status

      pid, status = Process.wait2(@pid, Process::WNOHANG)
      @status = status if pid
      !pid.nil?
    end

    def env
      gems = [File.join(GEMS, "sidekiq-#{@version}")]
      gems << File.join(GEMS, "common") if @stackprof
      {
        "PATH" => ENV["PATH"], "HOME" => @folder, "LANG" => "C.UTF-8", "GEM_HOME" => gems.first, "GEM_PATH" => gems.join(":"),
        "REDIS_URL" => "redis://127.0.0.1:#{RealWorker.redis}/#{@database}", "SIDEKIQ_FLAMEGRAPH_DIR" => File.join(@folder, "dumps")
      }
    end

    # Sidekiq 8 wants Ruby 3.2. On an older one its own code runs all the same once that is said.
    def ruby
      program = [RbConfig.ruby]
      program << "-r#{File.join(__dir__, "app/as_ruby_3_2.rb")}" if RUBY_VERSION < "3.2" && @version.to_i >= 8
      program << "-I#{gem_folder}/lib"
    end

    def gem_folder
      Dir.glob("#{GEMS}/sidekiq-#{@version}/gems/sidekiq-*").first
    end
  end
end
