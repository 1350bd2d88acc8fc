class Holding::Materializer
  attr_reader :account, :strategy, :through

  def initialize(account, strategy:, through:)
    @account = account
    @strategy = strategy
    @through = through
  end

  def materialize_holdings
    calculate_holdings
    persist_holdings
    account.holdings.reload
    @holdings
  end

  private

  def calculate_holdings
    @holdings = calculator.calculate
  end

  def persist_holdings
    return if @holdings.empty?

    current_time = Time.current
    Holding.upsert_all(
      @holdings.map { |h| h.attributes.slice("account_id", "security_id", "date", "currency", "qty", "price", "amount").merge("updated_at" => current_time) },
      unique_by: %i[account_id security_id date currency]
    )
  end

  def calculator
    case strategy
    when :forward then Holding::ForwardCalculator.new(account, through: through)
    when :reverse then Holding::ReverseCalculator.new(account, through: through)
    end
  end
end
