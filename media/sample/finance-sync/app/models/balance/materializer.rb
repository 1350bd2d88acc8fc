# Computes an account's balance of every day, and its holdings before that, and writes them in one statement each.
class Balance::Materializer
  attr_reader :account, :strategy, :through

  def initialize(account, strategy:, through:)
    @account = account
    @strategy = strategy
    @through = through
  end

  def materialize_balances
    Balance.transaction do
      materialize_holdings
      calculate_balances
      persist_balances
      purge_stale_balances
      update_account if strategy == :forward
    end
  end

  private

  def materialize_holdings
    return unless account.investment?

    Holding::Materializer.new(account, strategy: strategy, through: through).materialize_holdings
  end

  def calculate_balances
    @balances = calculator.calculate
  end

  def persist_balances
    current_time = Time.current
    Balance.upsert_all(
      @balances.map do |balance|
        balance.attributes
               .slice("account_id", "date", "currency", "balance", "cash_balance", "start_cash_balance",
                      "cash_inflows", "cash_outflows", "net_market_flows")
               .merge("updated_at" => current_time)
      end,
      unique_by: %i[account_id date currency]
    )
  end

  def purge_stale_balances
    account.balances.where.not(date: account.start_date..through).delete_all
  end

  def update_account
    account.update!(balance: @balances.max_by(&:date).balance)
  end

  def calculator
    case strategy
    when :forward then Balance::ForwardCalculator.new(account, through: through)
    when :reverse then Balance::ReverseCalculator.new(account, through: through)
    end
  end
end
