ActiveRecord::Schema[7.2].define(version: 2025_12_31_000000) do
  create_table "users", force: :cascade do |t|
    t.string "name", null: false
    t.string "email", null: false, index: { unique: true }
    t.string "locale", default: "en", null: false
    t.text "settings", default: "{}", null: false
    t.boolean "digest", default: true, null: false
    t.datetime "last_seen_at"
    t.timestamps default: -> { "CURRENT_TIMESTAMP" }
  end

  create_table "accounts", force: :cascade do |t|
    t.references "user", null: false
    t.string "name", null: false
    t.string "kind", null: false
    t.string "currency", null: false
    t.boolean "linked", default: false, null: false
    t.decimal "balance", precision: 19, scale: 4, default: 0, null: false
    t.timestamps default: -> { "CURRENT_TIMESTAMP" }
  end

  create_table "entries", force: :cascade do |t|
    t.references "account", null: false
    t.string "kind", null: false
    t.string "name", null: false
    t.date "date", null: false
    t.decimal "amount", precision: 19, scale: 4, null: false
    t.string "currency", null: false
    t.index %w[account_id date]
  end

  create_table "trades", force: :cascade do |t|
    t.references "entry", null: false
    t.references "security", null: false
    t.decimal "qty", precision: 19, scale: 4, null: false
    t.decimal "price", precision: 19, scale: 4, null: false
  end

  create_table "securities", force: :cascade do |t|
    t.string "ticker", null: false, index: { unique: true }
    t.string "name", null: false
  end

  create_table "security_prices", force: :cascade do |t|
    t.references "security", null: false
    t.date "date", null: false
    t.decimal "price", precision: 19, scale: 4, null: false
    t.string "currency", null: false
    t.index %w[security_id date], unique: true
  end

  create_table "exchange_rates", force: :cascade do |t|
    t.string "from_currency", null: false
    t.string "to_currency", null: false
    t.date "date", null: false
    t.decimal "rate", precision: 19, scale: 8, null: false
    t.index %w[from_currency to_currency date], unique: true, name: "index_exchange_rates_on_pair_and_date"
  end

  create_table "balances", force: :cascade do |t|
    t.references "account", null: false
    t.date "date", null: false
    t.string "currency", null: false
    t.decimal "balance", precision: 19, scale: 4, null: false
    t.decimal "cash_balance", precision: 19, scale: 4, default: 0
    t.decimal "start_cash_balance", precision: 19, scale: 4, default: 0
    t.decimal "cash_inflows", precision: 19, scale: 4, default: 0
    t.decimal "cash_outflows", precision: 19, scale: 4, default: 0
    t.decimal "net_market_flows", precision: 19, scale: 4, default: 0
    t.timestamps default: -> { "CURRENT_TIMESTAMP" }
    t.index %w[account_id date currency], unique: true
  end

  create_table "holdings", force: :cascade do |t|
    t.references "account", null: false
    t.references "security", null: false
    t.date "date", null: false
    t.string "currency", null: false
    t.decimal "qty", precision: 19, scale: 4, null: false
    t.decimal "price", precision: 19, scale: 4, null: false
    t.decimal "amount", precision: 19, scale: 4, null: false
    t.timestamps default: -> { "CURRENT_TIMESTAMP" }
    t.index %w[account_id security_id date currency], unique: true, name: "index_holdings_on_account_security_date_currency"
  end
end
