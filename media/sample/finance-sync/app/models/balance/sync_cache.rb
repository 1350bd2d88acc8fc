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
    @holdings_value_by_date ||= converted_holdings.group_by(&:date).transform_values { |hs| hs.sum(&:amount) }
  end

  def converted_entries
    @converted_entries ||= account.entries.chronological.to_a.map do |e|
      converted = e.dup
      converted.amount = e.amount_money.exchange_to(account.currency, rates: rates, date: e.date).amount
      converted.currency = account.currency
      converted
    end
  end

  def converted_holdings
    @converted_holdings ||= account.holdings.to_a.map do |h|
      converted = h.dup
      converted.amount = Money.new(h.amount, h.currency).exchange_to(account.currency, rates: rates, date: h.date).amount
      converted.currency = account.currency
      converted
    end
  end
end
