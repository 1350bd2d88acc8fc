class Holding::Materializer
  BATCH_ROWS = 500

  attr_reader :account, :strategy, :through

  def initialize(account, strategy:, through:)
    @account = account
    @strategy = strategy
    @through = through
  end

  def materialize_holdings
    calculate_holdings
    persist_holdings
    account.holdings.reset
    @holdings
  end

  private

  def calculate_holdings
    @holdings = calculator.calculate
  end

  def persist_holdings
    current_time = Time.current
    @holdings.each { |holding| holding[:updated_at] = current_time }
    @holdings.each_slice(BATCH_ROWS) { |rows| Holding.upsert_all(rows, unique_by: %i[account_id security_id date currency]) }
  end

  def calculator
    case strategy
    when :forward then Holding::ForwardCalculator.new(account, through: through)
    when :reverse then Holding::ReverseCalculator.new(account, through: through)
    end
  end
end
