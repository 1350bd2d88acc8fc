# One movement of an account. kind is "transaction", "trade" or "valuation"; a negative amount is money coming in.
class Entry < ApplicationRecord
  belongs_to :account
  has_one :trade

  scope :chronological, -> { order(:date, :id) }

  def valuation?
    kind == "valuation"
  end

  def amount_money
    Money.new(amount, currency)
  end
end
