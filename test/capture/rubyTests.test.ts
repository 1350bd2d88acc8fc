import { describe, expect, test } from 'vitest';
import { type RubyTest, rubyJobs, rubyTests } from '../../src/capture/rubyTests';
import { prism } from '../support/prism';

/** One line per test: its name, indented as deep as it is, its first line (from 1 on) and its filter. */
async function listed(file: string, text: string): Promise<string[]> {
  const parsed = (await prism()).parse(text, null);
  if (parsed === null) throw new Error('not parsed');
  const lines = (tests: readonly RubyTest[], indent: string): string[] =>
    tests.flatMap(({ name, firstLine, filter, children }) => [
      `${indent}${name} @${firstLine + 1}${filter === null ? '' : ` ${filter}`}`,
      ...lines(children, `${indent}  `),
    ]);
  return lines(rubyTests(parsed, file), '');
}

describe('tests', () => {
  test('of RSpec: groups and examples, with or without words', async () => {
    const text = `require "rails_helper"

RSpec.describe Account, type: :model do
  let(:account) { build(:account) }

  describe "#sync" do
    it "writes balances" do
      expect(1).to eq 1
    end

    it { is_expected.to be_valid }
    context 'when closed' do
      specify("nothing") { [1].each { |it| it } }
    end
  end
end
`;
    expect(await listed('account_spec.rb', text)).toEqual([
      'Account @3',
      '  #sync @6',
      '    writes balances @7',
      '    line 11 @11',
      '    when closed @12',
      '      nothing @13',
    ]);
  });

  test('of minitest: methods, `test`, and `describe` with `it`, by what -n takes', async () => {
    const text = `module Billing
  class InvoiceTest < ActiveSupport::TestCase
    def setup; end
    def test_total
      helper.test "x"
    end

    test "is paid  late" do
    end

    class Nested < InvoiceTest
      def test_more; end
    end
  end
end

describe Invoice do
  describe "a/b" do
    it "adds (twice)" do
    end
  end
end
class Helper
  def other; end
end
`;
    expect(await listed('invoice_test.rb', text)).toEqual([
      'Billing::InvoiceTest @2 /^Billing::InvoiceTest#/',
      '  test_total @4 Billing::InvoiceTest#test_total',
      '  is paid  late @8 Billing::InvoiceTest#test_is_paid_late',
      '  Billing::InvoiceTest::Nested @11 /^Billing::InvoiceTest::Nested#/',
      '    test_more @12 Billing::InvoiceTest::Nested#test_more',
      'Invoice @17 /^Invoice(?:::|#)/',
      '  a/b @18 /^Invoice::a\\/b(?:::|#)/',
      '    adds (twice) @19 /^Invoice::a\\/b#test_\\d+_adds \\(twice\\)$/',
    ]);
  });

  test.each([
    ['account.rb', 'class ATest\n  def test_a; end\nend\n'],
    ['a_test.rb', 'def test_outside; end\nclass A\n  def self.test_b; end\n  def run(test_c); end\nend\n'],
    ['a_spec.rb', 'other.describe("x") { other.it "y" }\nclass A\n  def test_a; end\nend\n'],
    ['test_a.rb', ''],
  ])('none in %s', async (file, text) => expect(await listed(file, text)).toEqual([]));
});

describe('jobs', () => {
  test('are classes with a perform, called as their kind wants it', async () => {
    const text = `class SyncJob < ApplicationJob
  def perform(account, full: false)
  end
end
module Nightly
  class Sweep
    include Sidekiq::Job
    def perform = nil
  end
end
class Cart
  def self.perform; end
end
def perform; end
`;
    const parsed = (await prism()).parse(text, null);
    expect(parsed && rubyJobs(parsed)).toEqual([
      { call: 'SyncJob.perform_now(account, full: false)', firstLine: 0, lastLine: 3 },
      { call: 'Nightly::Sweep.new.perform()', firstLine: 5, lastLine: 8 },
    ]);
  });
});
