# The same rows on every machine and every day: all dates end on TODAY, all amounts come from a fixed sequence.
module ExampleData
  TODAY = Date.new(2025, 12, 31)
  DAYS = 365
  USERS = 5_000
  TICKERS = %w[VTI BND GLD].freeze

  ACCOUNTS = [
    { name: "Brokerage", kind: "investment", currency: "EUR", linked: false, days: DAYS },
    { name: "Retirement", kind: "investment", currency: "USD", linked: true, days: DAYS / 2 },
    { name: "Checking", kind: "depository", currency: "EUR", linked: false, days: DAYS },
    { name: "Savings", kind: "depository", currency: "USD", linked: true, days: DAYS / 2 }
  ].freeze

  module_function

  def load
    insert_users
    insert_market
    ACCOUNTS.each.with_index(1) { |account, number| insert_account(number, **account) }
  end

  # A number in 0...limit that looks scattered, from two that count up.
  def spread(row, column, limit)
    (row * 7_919 + column * 104_729 + row * row * 31) % limit
  end

  def insert_users
    User.insert_all!(
      Array.new(USERS) do |n|
        {
          name: "User #{n}",
          email: "user#{n}@example.test",
          locale: %w[en de fr][n % 3],
          settings: %({"digest_hour":#{n % 24}}),
          digest: n % 3 != 0,
          last_seen_at: TODAY.to_time(:utc) - (n * 60)
        }
      end
    )
  end

  def insert_market
    dates = ((TODAY - DAYS - 1)..TODAY).to_a
    TICKERS.each.with_index(1) do |ticker, number|
      security = Security.create!(ticker: ticker, name: "#{ticker} Fund")
      Security::Price.insert_all!(
        dates.each_with_index.map do |date, day|
          { security_id: security.id, date: date, currency: "USD", price: (number * 5_000 + day * 7 + spread(day, number, 400)) / 100r }
        end
      )
    end
    ExchangeRate.insert_all!(
      dates.each_with_index.map { |date, day| { from_currency: "USD", to_currency: "EUR", date: date, rate: (8_600 + spread(day, 9, 300)) / 10_000r } }
    )
  end

  def insert_account(number, name:, kind:, currency:, linked:, days:)
    account = Account.create!(
      user: User.find_by!(email: "user#{number}@example.test"),
      name: name, kind: kind, currency: currency, linked: linked, balance: linked ? 12_500 : 0
    )
    Entry.insert_all!(transactions(account, number, days))
    insert_trades(account, days) if account.investment?
  end

  def transactions(account, number, days)
    ((TODAY - days)..TODAY).each_with_index.flat_map do |date, day|
      Array.new(1 + spread(day, number, 3)) do |nth|
        {
          account_id: account.id, kind: "transaction", name: "Merchant #{spread(day, nth, 97)}",
          date: date, amount: (spread(day, number + nth, 40_000) - 20_000) / 100r, currency: "USD"
        }
      end
    end
  end

  def insert_trades(account, days)
    Security.order(:id).each_with_index do |security, index|
      4.times do |nth|
        date = TODAY - days + (nth * days / 4) + index
        quantity = 2 + spread(nth, index, 9)
        entry = Entry.create!(account: account, kind: "trade", name: "Buy #{security.ticker}", date: date, amount: quantity * 50, currency: "USD")
        Trade.create!(entry: entry, security: security, qty: quantity, price: 50)
      end
    end
  end
end
