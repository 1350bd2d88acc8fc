# Writes one account's entries as a semicolon-separated file, oldest first.
class StatementExportJob < ApplicationJob
  queue_as :default

  def perform(account_id)
    statement = "date;name;amount;currency\n"

    Entry.where(account_id: account_id).order(:date, :id).each do |entry|
      statement += entry.date.to_s + ";" + entry.name + ";" + entry.amount.round(2).to_s("F") + ";" + entry.currency + "\n"
    end

    Rails.root.join("tmp/statements").tap(&:mkpath).join("#{account_id}.csv").write(statement)
  end
end
