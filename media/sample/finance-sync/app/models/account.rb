# kind is "depository" or "investment". A linked account's current balance is reported by its bank, so its
# history is computed backwards from that; any other account's is computed forwards from its first entry.
class Account < ApplicationRecord
  belongs_to :user
  has_many :entries
  has_many :trades, through: :entries
  has_many :balances
  has_many :holdings

  def sync(through:)
    Balance::Materializer.new(self, strategy: linked? ? :reverse : :forward, through: through).materialize_balances
  end

  def investment?
    kind == "investment"
  end

  def start_date
    @start_date ||= entries.minimum(:date) || Date.current
  end
end
