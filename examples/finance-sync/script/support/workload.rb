require "digest"
require_relative "../../db/seeds/example_data"

# What the scripts of this folder run: one sync of every account, one digest, one statement per account.
# Needs the booted app.
module Workload
  NAMES = %w[sync digest export].freeze

  module_function

  def load_database
    ActiveRecord::Schema.verbose = false
    load Rails.root.join("db/schema.rb")
    load Rails.root.join("db/seeds.rb")
  end

  def jobs(names)
    names.flat_map { |name| jobs_named(name) }
  end

  def jobs_named(name)
    case name
    when "sync" then account_ids.map { |id| SyncJob.new(id, through: ExampleData::TODAY) }
    when "digest" then [UserDigestJob.new(on: ExampleData::TODAY)]
    when "export" then account_ids.map { |id| StatementExportJob.new(id) }
    else abort "unknown job #{name.inspect}: one of #{NAMES.join(", ")}"
    end
  end

  def account_ids
    Account.order(:id).ids
  end

  # What the jobs have written, in few words: equal for two versions of the app that do the same.
  def results
    {
      balances: rows("balances", %w[account_id date currency balance cash_balance start_cash_balance cash_inflows cash_outflows net_market_flows]),
      holdings: rows("holdings", %w[account_id security_id date currency qty price amount]),
      accounts: rows("accounts", %w[id balance]),
      files: digest(Rails.root.glob("tmp/{outbox,statements}/*").sort.map { |path| [path.basename.to_s, path.read] })
    }
  end

  def rows(table, columns)
    digest(ActiveRecord::Base.connection.select_rows("SELECT #{columns.join(", ")} FROM #{table} ORDER BY #{columns.join(", ")}"))
  end

  def digest(list)
    "#{list.size} #{Digest::SHA256.hexdigest(list.inspect)[0, 16]}"
  end
end
