import { describe, expect, it } from 'vitest';
import { ledgerApp, ledgerAppAfter } from '../support/ledgerApp';
import { type Ran, runInRuby } from './runInRuby';

/** The table and the account that the application of `ledgerApp` has, beside the records of the cases. */
const around = `
ActiveRecord::Base.connection.create_table(:balances, force: true) do |t|
  t.references :account, null: false, index: false
  t.date :date, null: false
  t.decimal :amount, precision: 19, scale: 4, null: false
  t.index %i[account_id date], unique: true
end
Balance.reset_column_information

class Account
  attr_accessor :total

  def opened_on = Date.new(2024, 1, 1)
  def total_on(date) = BigDecimal((date - opened_on).to_i) / 7
end

def Date.current = Date.new(2024, 8, 1)
`;
const files = ['calculator', 'forward', 'reverse', 'writer'].map((name) => `app/models/balance/${name}.rb`);
const textOf = (app: Readonly<Record<string, string>>): string =>
  [around, ...files.map((file) => app[file] ?? ledgerApp[file])].join('\n');

const ways = ['true', 'false'];
const jobs = ways.flatMap((linked) => {
  const call = `account = Account.first
    size = Balance::Writer.new(account, linked: ${linked}).write
    [size, account.total.round(4), Balance.order(:date).pluck(:account_id, :date, :amount)]`;
  const job = (id: string, text: string) => ({ id: `${id} ${linked}`, text, call, records: 1, live: false });
  return [job('before', textOf(ledgerApp)), job('after', textOf({ ...ledgerApp, ...ledgerAppAfter }))];
});
const { ran } = await runInRuby([], jobs);

describe('a Struct in place of records, over two files', () => {
  it.each(ways)('writes the same rows from fewer objects (linked: %s)', (linked) => {
    const [before, after] = [answerOf(`before ${linked}`), answerOf(`after ${linked}`)];
    expect(before.result).toContain('214');
    expect([after.result, after.raised, after.database]).toEqual([before.result, null, before.database]);
    expect(after.objects / before.objects).toBeLessThan(0.8);
  });
});

function answerOf(id: string): Ran {
  const answer = ran.get(id);
  if (answer === undefined || 'failed' in answer) throw new Error(`${id}: ${answer?.failed ?? 'no answer'}`);
  return answer;
}
