# An account's entries and holdings by date, in the account's own currency.
class Balance::SyncCache
  def initialize(account)
    @account = account
    @rates = ExchangeRate::Book.new
  end

  def get_valuation(date)
    entries_by_date[date]&.find { |e| e.valuation? }
  end

  def get_entries(date)
    (entries_by_date[date] || []).reject { |e| e.valuation? }
  end

  def get_holdings_value(date)
    holdings_value_by_date[date] || BigDecimal("0")
  end

  private

  attr_reader :account, :rates

  def entries_by_date
    @entries_by_date ||= converted_entries.group_by(&:date)
  end

  def holdings_value_by_date
    @holdings_value_by_date ||= account.holdings.pluck(:date, :amount, :currency).each_with_object({}) do |(date, amount, currency), totals|
      totals[date] = (totals[date] || 0) + Money.new(amount, currency).exchange_to(account.currency, rates: rates, date: date).amount
    end
  end

  def converted_entries
    @converted_entries ||= account.entries.chronological.to_a.map do |e|
      # These records live in this cache alone and are never saved: convert them where they are.
      next e if e.currency == account.currency

      e.amount = e.amount_money.exchange_to(account.currency, rates: rates, date: e.date).amount
      e.currency = account.currency
      e
    end
  end
end
