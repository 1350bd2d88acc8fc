import { describePattern } from '../../support/describePattern';

describePattern('stackprof-group', {
  fixed: [
    ['gem "stackprof", group: :development\n', 'gem "stackprof"\n', 'review'],
    [
      'gem "stackprof", "~> 0.2", groups: %i[development test], require: false',
      'gem "stackprof", "~> 0.2", require: false',
      'review',
    ],
    ['gem "stackprof", require: false, group: [:development]', 'gem "stackprof", require: false', 'review'],
    ['group :development do\n  gem "stackprof"\nend\n', 'gem "stackprof"\n', 'review'],
    [
      'group :development, :test do\n  gem "rspec"\n  gem "stackprof", require: false\n  gem "debug"\nend\ngem "pg"\n',
      'group :development, :test do\n  gem "rspec"\n  gem "debug"\nend\n\ngem "stackprof", require: false\ngem "pg"\n',
      'review',
    ],
    [
      'group "development" do\r\n  gem "rspec"\r\n  gem "stackprof"\r\nend',
      'group "development" do\r\n  gem "rspec"\r\nend\r\n\r\ngem "stackprof"',
      'review',
    ],
    [
      'group :development do\n  gem "stackprof" # for allocations\n  gem "rspec"\nend',
      'group :development do\n  gem "rspec"\nend\n\ngem "stackprof" # for allocations',
      'review',
    ],
    [
      'group :development do\n  # for allocations\n  gem "stackprof"\nend',
      '# for allocations\ngem "stackprof"',
      'review',
    ],
    ['group(:test) { gem "stackprof" }', 'gem "stackprof"', 'review'],
  ],
  advised: [
    ['group :development do\n  gem "rspec"; gem "stackprof"\nend', 'bundle install'],
    ['group :development do\n  gem "stackprof", group: :test\nend', 'bundle install'],
    ['group :development do\n  if ENV["CI"]\n    gem "stackprof"\n  end\n  gem "pg"\nend', 'bundle install'],
  ],
  silent: [
    'gem "stackprof"',
    'gem "stackprof", require: false',
    'group :development, :production do\n  gem "stackprof"\nend',
    'group :profiling do\n  gem "stackprof"\nend',
    'group(*groups) do\n  gem "stackprof"\nend',
    'gem "stackprof", group: :staging',
    'group :test do\n  gem "stackprof"\nend\ngem "stackprof"',
    'group :development do\n  gem "rspec"\nend',
    'spec.gem "stackprof", group: :test',
  ],
});
