class Balance::BaseCalculator
  attr_reader :account, :through

  def initialize(account, through:)
    @account = account
    @through = through
  end

  private

  def sync_cache
    @sync_cache ||= Balance::SyncCache.new(account)
  end

  def flows_for_date(date)
    inflows, outflows = sync_cache.get_entries(date).partition { |entry| entry.amount.negative? }
    {
      inflows: BigDecimal(inflows.sum(&:amount).abs.to_s).round(4),
      outflows: BigDecimal(outflows.sum(&:amount).to_s).round(4)
    }
  end

  def holdings_value(date)
    account.investment? ? sync_cache.get_holdings_value(date) : BigDecimal("0")
  end

  # A whole model per day, though all that is made of it is a row for upsert_all.
  def build_balance(date:, start_cash:, end_cash:, flows:)
    non_cash = holdings_value(date)

    Balance.new(
      account_id: account.id,
      date: date,
      currency: account.currency,
      balance: (end_cash + non_cash).round(4),
      cash_balance: end_cash.round(4),
      start_cash_balance: start_cash.round(4),
      cash_inflows: flows[:inflows],
      cash_outflows: flows[:outflows],
      net_market_flows: (non_cash - holdings_value(date.prev_day)).round(4)
    )
  end
end
