# From nothing on the first day to what the entries add up to.
class Balance::ForwardCalculator < Balance::BaseCalculator
  def calculate
    cash = BigDecimal("0")

    account.start_date.upto(through).map do |date|
      valuation = sync_cache.get_valuation(date)
      flows = flows_for_date(date)
      start_cash = cash
      cash = valuation ? valuation.amount : (cash + flows[:inflows] - flows[:outflows]).round(4)
      build_balance(date: date, start_cash: start_cash, end_cash: cash, flows: flows)
    end
  end
end
