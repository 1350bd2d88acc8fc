class Holding::BaseCalculator
  attr_reader :account, :through

  def initialize(account, through:)
    @account = account
    @through = through
  end

  private

  def cache
    @cache ||= Holding::PortfolioCache.new(account)
  end

  # The portfolio after one day's trades, or before them with a sign of -1.
  def transform_portfolio(portfolio, trades, sign: 1)
    trades.each_with_object(portfolio.dup) { |trade, updated| updated[trade.security_id] += trade.qty * sign }
  end

  # A whole model per security and day, though all that is made of it is a row for upsert_all.
  def build_holdings(portfolio, date)
    portfolio.filter_map do |security_id, qty|
      price = cache.price(security_id, date)
      next if price.nil?

      Holding.new(
        account_id: account.id,
        security_id: security_id,
        date: date,
        qty: qty,
        price: price.price,
        currency: price.currency,
        amount: (qty * BigDecimal(price.price.to_s)).round(4)
      )
    end
  end
end
