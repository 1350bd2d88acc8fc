# Computes one account's holdings and balances anew, day by day.
class SyncJob < ApplicationJob
  queue_as :high_priority

  def perform(account_id, through: Date.current)
    Account.find(account_id).sync(through: through)
  end
end
