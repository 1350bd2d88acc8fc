# The models and rows that the Active Record cases run on: SQLite in memory, the same rows each time.
require "logger"
require "active_record"
require "active_support/core_ext"
require "sqlite3"

ActiveRecord::Base.logger = nil
ActiveRecord::Schema.verbose = false
Time.zone = "UTC"
if ActiveRecord.respond_to?(:default_timezone=)
  ActiveRecord.default_timezone = :utc
else
  ActiveRecord::Base.default_timezone = :utc
end

class User < ActiveRecord::Base
  has_many :posts
  has_many :invoices
  scope :active, -> { where(active: true) }
  scope :adults, -> { where("age >= 18") }
  def shout = name.upcase
end

class Post < ActiveRecord::Base
  belongs_to :user, optional: true
end

class Account < ActiveRecord::Base
  has_many :entries
  has_many :balances
end

class Entry < ActiveRecord::Base
  belongs_to :account, optional: true
end

class Balance < ActiveRecord::Base
  belongs_to :account, optional: true
end

class Invoice < ActiveRecord::Base
  belongs_to :user, optional: true
end

module Records
  MODELS = [User, Post, Account, Entry, Balance, Invoice].freeze
  START = Time.utc(2024, 1, 1)

  class << self
    # A database of this process, without rows yet; find_each takes `batch` at a time, or as many as it does by itself.
    def open(schema, count, batch)
      ActiveRecord::Relation.prepend(batches_of(batch)) if batch
      @count = count
      ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: ":memory:")
      load schema
      @statements = 0
      ActiveSupport::Notifications.subscribe("sql.active_record") do |*, payload|
        @statements += 1 unless payload[:name] == "SCHEMA" || payload[:cached]
      end
      self
    end

    # The rows every run begins with; statements are counted from here.
    def restore
      MODELS.each(&:delete_all)
      User.connection.execute("DELETE FROM sqlite_sequence")
      User.insert_all!(rows { |i| { name: "user #{i}", email: "u#{i}@example.com", active: i.even?, age: 10 + i % 60, status: %w[new ok old][i % 3], created_at: START + i, updated_at: START + i } })
      Post.insert_all!(rows(@count * 2) { |i| { user_id: i % @count + 1, title: "post #{i}", body: "body " * 5, views: i % 100, created_at: START + i, updated_at: START + i } })
      Account.insert_all!([{ id: 1, name: "main", currency: "USD" }])
      Entry.insert_all!(rows { |i| { account_id: 1, date: Date.new(2024, 1, 1) + i % 30, amount: BigDecimal(i) / 7, currency: i.even? ? "USD" : "EUR", kind: %w[transaction trade valuation][i % 3] } })
      Invoice.insert_all!(rows { |i| { user_id: i % @count + 1, total: BigDecimal(i) / 3, state: i % 4, due_on: Date.new(2024, 2, 1) + i } })
      @restored = Time.now.utc.strftime("%F %T")
      @statements = 0
    end

    attr_reader :statements

    # A digest of all rows; a time that a run wrote is only that it was written.
    def state
      tables = MODELS.map do |model|
        model.connection.select_rows("SELECT * FROM #{model.table_name} ORDER BY id").map do |row|
          row.map { |value| value.to_s.match?(/\A\d{4}-\d\d-\d\d /) && value.to_s >= @restored ? "now" : value.to_s }
        end
      end
      Digest::SHA256.hexdigest(tables.inspect)
    end

    private

    def batches_of(size)
      Module.new do
        define_method(:find_each) { |**options, &block| super(batch_size: size, **options, &block) }
      end
    end

    def rows(count = @count)
      Array.new(count) { |i| { id: i + 1, **yield(i) } }
    end
  end
end
