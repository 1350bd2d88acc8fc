# From today's portfolio back to the first day, taking the trades back.
class Holding::ReverseCalculator < Holding::BaseCalculator
  def calculate
    portfolio = cache.current_portfolio

    through.downto(account.start_date).flat_map do |date|
      holdings = build_holdings(portfolio, date)
      portfolio = transform_portfolio(portfolio, cache.trades(date), sign: -1)
      holdings
    end
  end
end
