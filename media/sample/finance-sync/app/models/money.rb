class Money
  attr_reader :amount, :currency

  def initialize(amount, currency)
    @amount = BigDecimal(amount.to_s)
    @currency = currency
  end

  def exchange_to(other, rates:, date:)
    Money.new((amount * rates.rate(currency, other, date)).round(4), other)
  end
end
