# What the holdings calculators look up: an account's trades by date and its securities' prices by date.
class Holding::PortfolioCache
  attr_reader :account

  def initialize(account)
    @account = account
  end

  def trades(date)
    trades_by_date[date] || []
  end

  def price(security_id, date)
    prices[security_id][date]
  end

  def empty_portfolio
    all_trades.to_h { |trade| [trade.security_id, BigDecimal("0")] }
  end

  def current_portfolio
    all_trades.group_by(&:security_id).transform_values { |trades| trades.sum(&:qty) }
  end

  private

  def trades_by_date
    @trades_by_date ||= all_trades.group_by { |trade| trade.entry.date }
  end

  def all_trades
    @all_trades ||= account.trades.includes(:entry).order(:id).to_a
  end

  def prices
    @prices ||= Hash.new do |by_security, id|
      by_security[id] = Security::Price.where(security_id: id).order(:date).each_with_object({}) { |price, by_date| by_date[price.date] = price }
    end
  end
end
