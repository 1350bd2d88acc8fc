# Rates by date: one query per pair of currencies, however many amounts are exchanged.
class ExchangeRate::Book
  def initialize
    @tables = {}
  end

  def rate(from, to, date)
    return 1 if from == to

    table = (@tables[from] ||= {})[to] ||= ExchangeRate.where(from_currency: from, to_currency: to).pluck(:date, :rate).to_h
    table.fetch(date)
  end
end
