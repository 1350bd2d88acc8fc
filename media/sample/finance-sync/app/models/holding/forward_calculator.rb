# From an empty portfolio on the first day, trade by trade.
class Holding::ForwardCalculator < Holding::BaseCalculator
  def calculate
    portfolio = cache.empty_portfolio

    account.start_date.upto(through).flat_map do |date|
      portfolio = transform_portfolio(portfolio, cache.trades(date))
      build_holdings(portfolio, date)
    end
  end
end
