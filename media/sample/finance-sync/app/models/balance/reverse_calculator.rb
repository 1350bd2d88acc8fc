# From what the bank reports today back to the first day.
class Balance::ReverseCalculator < Balance::BaseCalculator
  def calculate
    cash = account.balance

    through.downto(account.start_date).map do |date|
      flows = flows_for_date(date)
      end_cash = cash
      cash = (cash - flows[:inflows] + flows[:outflows]).round(4)
      build_balance(date: date, start_cash: cash, end_cash: end_cash, flows: flows)
    end
  end
end
