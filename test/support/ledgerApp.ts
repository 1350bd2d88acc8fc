/**
 * An application that builds a record per day in one file, only to take its attributes for a bulk write in another: two
 * calculators that inherit from a third, and a writer that picks one of them.
 */
export const ledgerApp: Readonly<Record<string, string>> = {
  'Gemfile.lock': 'GEM\n  specs:\n    activerecord (7.2.1)\n',
  'db/schema.rb': `ActiveRecord::Schema[7.2].define(version: 1) do
  create_table "accounts" do |t|
    t.string "currency", null: false
  end

  create_table "balances" do |t|
    t.references "account", null: false
    t.date "date", null: false
    t.decimal "amount", precision: 19, scale: 4, null: false
    t.decimal "fee", precision: 19, scale: 4, default: 0
    t.string "note"
    t.integer "kind"
    t.jsonb "details"
    t.index %w[account_id date], unique: true
  end
end
`,
  'app/models/application_record.rb': `class ApplicationRecord < ActiveRecord::Base
  primary_abstract_class
end
`,
  'app/models/balance.rb': `class Balance < ApplicationRecord
  belongs_to :account

  validates :amount, presence: true
  scope :recent, -> { order(:date).last(10) }

  def self.latest
    recent.first
  end
end
`,
  'app/models/balance/calculator.rb': `class Balance::Calculator
  def initialize(account)
    @account = account
  end

  private

  attr_reader :account

  def build(date, amount)
    Balance.new(account_id: account.id, date: date, amount: amount)
  end
end
`,
  'app/models/balance/forward.rb': `class Balance::Forward < Balance::Calculator
  def calculate
    (account.opened_on..Date.current).map { |date| build(date, account.total_on(date)) }
  end
end
`,
  'app/models/balance/reverse.rb': `class Balance::Reverse < Balance::Calculator
  def calculate
    rows = []
    Date.current.downto(account.opened_on) { |date| rows << build(date, -account.total_on(date)) }
    rows
  end
end
`,
  'app/models/balance/writer.rb': `class Balance::Writer
  def initialize(account, linked:)
    @account = account
    @linked = linked
  end

  def write
    @balances = calculator.calculate
    save_balances
    @account.update!(total: @balances.max_by(&:date).amount)
    @balances.size
  end

  private

  def save_balances
    Balance.upsert_all(
      @balances.map { |balance| balance.attributes.slice("account_id", "date", "amount") },
      unique_by: %i[account_id date]
    )
    nil
  end

  def calculator
    @linked ? Balance::Reverse.new(@account) : Balance::Forward.new(@account)
  end
end
`,
};

/** What the files of the flow become. */
export const ledgerAppAfter: Readonly<Record<string, string>> = {
  'app/models/balance/calculator.rb': ledgerApp['app/models/balance/calculator.rb']!.replace(
    'class Balance::Calculator\n',
    'class Balance::Calculator\n  BalanceRow = Struct.new(:account_id, :date, :amount, keyword_init: true)\n\n',
  ).replace('    Balance.new(', '    BalanceRow.new('),
  'app/models/balance/writer.rb': ledgerApp['app/models/balance/writer.rb']!.replace(
    `    Balance.upsert_all(
      @balances.map { |balance| balance.attributes.slice("account_id", "date", "amount") },
      unique_by: %i[account_id date]
    )
`,
    `    @balances.each_slice(1_000) do |slice|
      Balance.upsert_all(
        slice.map { |balance| { "account_id" => balance.account_id, "date" => balance.date, "amount" => balance.amount } },
        unique_by: %i[account_id date]
      )
    end
`,
  ),
};

/** A profile's stack for the construction, with what shows that records are built per day. */
export const ledgerStacks = (root: string): string => `
  Balance::Writer#write@${root}/app/models/balance/writer.rb#7:8 > Balance::Forward#calculate@${root}/app/models/balance/forward.rb#2:3 > Enumerable#map@<cfunc> > Balance::Forward#calculate@${root}/app/models/balance/forward.rb#2:3 > Balance::Calculator#build@${root}/app/models/balance/calculator.rb#10:11 > Class#new@<cfunc> > ActiveRecord::Core#initialize@/gems/activerecord-7.2.1/lib/active_record/core.rb#450:460  900
  Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9  100
`;
