# frozen_string_literal: true

require_relative "support"
require "#{KIT}/lib/sidekiq/allocation_recorder"

class AllocationRecorderTest < Minitest::Test
  def setup
    @folder = Dir.mktmpdir
    @logger = FakeLogger.new
    @stackprof = FakeStackProf.new
    @recorder = recorder(@folder)
  end

  def teardown
    FileUtils.rm_rf(@folder)
  end

  def test_writes_a_dump_with_what_a_reader_needs
    assert @recorder.start(job: "SyncJob", jid: "1")
    kept = Array.new(1_000) { String.new }
    path = @recorder.finish("job_SyncJob", threads_running: 1)
    assert_match(/\A#{@folder}\/stackprof_job_SyncJob_#{Process.pid}_\d+\.dump\z/, path)
    assert_equal ["[MemoryProfiling] Job profile written: #{path}"], @logger.texts(:info)
    assert_equal({ mode: :object, interval: 97, raw: true }, @stackprof.started.first.reject { |name, _value| name == :metadata })
    metadata = Marshal.load(File.binread(path)).fetch(:metadata)
    assert_equal ["SyncJob", "1", Process.pid, RUBY_VERSION, 1], metadata.values_at(:job, :jid, :pid, :ruby, :threads_running)
    assert_operator metadata[:gc_stat_objects], :>=, kept.size
    assert metadata.values.all? { |value| value.is_a?(String) || value.is_a?(Integer) }, metadata.inspect
    assert_equal [path], Dir.glob("#{@folder}/*")
  end

  def test_there_is_one_recording_at_a_time
    assert @recorder.start(job: "first")
    refute @recorder.start(job: "second")
    @recorder.finish("process")
    assert_nil @recorder.finish("process")
    assert_equal 1, Dir.glob("#{@folder}/*").size
  end

  def test_a_snapshot_is_written_and_recording_goes_on
    @recorder.start(job: "sidekiq process", part: 1)
    paths = [@recorder.snapshot("process"), @recorder.snapshot("process"), @recorder.finish("process")]
    parts = paths.map { |path| Marshal.load(File.binread(path)).dig(:metadata, :part) }
    assert_equal [1, 2, 3], parts
    assert_equal 3, paths.uniq.size, "three dumps within a second have names of their own"
    assert_nil @recorder.snapshot("process"), "nothing is recorded any more"
  end

  def test_makes_the_folder
    recorder = recorder(File.join(@folder, "tmp/profiles"))
    recorder.start({})
    assert File.file?(recorder.finish("process"))
  end

  def test_says_where_it_could_not_write_and_leaves_no_half_dump
    File.write(File.join(@folder, "file"), "")
    recorder = recorder(File.join(@folder, "file"))
    recorder.start({})
    assert_nil recorder.finish("process")
    assert_includes @logger.texts(:error).first, "set SIDEKIQ_FLAMEGRAPH_DIR to a folder that can be"
    recorder = recorder(@folder)
    recorder.start({})
    @stackprof.define_singleton_method(:results) { { proc: proc {} } }
    assert_nil recorder.finish("process")
    assert_equal ["file"], Dir.children(@folder)
  end

  def test_never_raises
    broken = FakeStackProf.new
    broken.define_singleton_method(:start) { |**_options| raise "no memory" }
    refute recorder(@folder, broken).start({})
    assert @recorder.start({})
    @stackprof.define_singleton_method(:stop) { raise "gone" }
    assert_nil @recorder.finish("process")
    assert_equal 2, @logger.texts(:error).size
    assert_includes @logger.texts(:error).last, "could not end (RuntimeError: gone). The worker runs on."
  end

  def test_a_forked_child_does_not_write_its_parent_s_recording
    @recorder.start({})
    Process.wait(fork { exit!(@recorder.finish("process").nil? ? 0 : 1) })
    assert_predicate $?, :success?
    assert File.file?(@recorder.finish("process"))
  end

  # Sidekiq has a class Sidekiq::Rails, whose root is the folder of the gem.
  def test_the_application_s_folder_is_that_of_rails
    rails = Module.new
    rails.define_singleton_method(:root) { "/app" }
    rails.const_set(:VERSION, Module.new.tap { |version| version.const_set(:STRING, "7.2.2") })
    facts = with_constant(Object, :Rails, rails) do
      with_constant(Sidekiq, :Rails, Struct.new(:root).new("/gems/sidekiq")) { Sidekiq::AllocationRecorder.process_facts }
    end
    assert_equal({ app: "app", root: "/app", rails: "7.2.2" }, facts.slice(:app, :root, :rails))
  end

  def test_the_application_s_folder_is_that_of_its_gemfile_without_rails
    before = ENV["BUNDLE_GEMFILE"]
    ENV["BUNDLE_GEMFILE"] = "/srv/worker/Gemfile"
    assert_equal "/srv/worker", with_constant(Object, :Rails, Module.new) { Sidekiq::AllocationRecorder.root }
  ensure
    ENV["BUNDLE_GEMFILE"] = before
  end

  def test_revision_comes_from_the_environment_first
    revision = ->(env) { Sidekiq::AllocationRecorder.revision(@folder, env) }
    assert_nil revision.call({})
    git("HEAD" => "ref: refs/heads/main\n", "packed-refs" => "# pack-refs with: peeled\n#{"a" * 40} refs/heads/main\n")
    assert_equal "a" * 40, revision.call({})
    git("refs/heads/main" => "#{"b" * 40}\n")
    assert_equal "b" * 40, revision.call({})
    git("HEAD" => "#{"c" * 40}\n")
    assert_equal "c" * 40, revision.call({})
    File.write(File.join(@folder, "REVISION"), "#{"d" * 40}\n")
    assert_equal "d" * 40, revision.call({})
    assert_equal "v42", revision.call("GIT_REVISION" => "", "HEROKU_SLUG_COMMIT" => "v42")
  end

  private

  def recorder(folder, stackprof = @stackprof)
    Sidekiq::AllocationRecorder.new(interval: 97, folder: folder, logger: @logger, stackprof: stackprof)
  end

  # Minitest may have loaded Rails, for a plugin of its own.
  def with_constant(owner, name, value)
    before = owner.send(:remove_const, name) if owner.const_defined?(name, false)
    owner.const_set(name, value)
    yield
  ensure
    owner.send(:remove_const, name)
    owner.const_set(name, before) if before
  end

  def git(files)
    files.each do |name, text|
      path = File.join(@folder, ".git", name)
      FileUtils.mkdir_p(File.dirname(path))
      File.write(path, text)
    end
  end
end
