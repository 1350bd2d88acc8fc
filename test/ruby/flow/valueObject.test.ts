import { beforeAll, describe, expect, it } from 'vitest';
import { ParsedFiles, Program } from '../../../src/ruby/flow/program';
import { type ValueObject, valueObjectOf } from '../../../src/ruby/flow/valueObject';
import { matchPatterns } from '../../../src/ruby/matchPatterns';
import type { RubyParser } from '../../../src/ruby/parseRuby';
import { readSchema } from '../../../src/ruby/schema';
import { applyEdits } from '../../../src/ruby/textRange';
import { rubySources } from '../../../src/source/rubySources';
import { ledgerApp, ledgerAppAfter } from '../../support/ledgerApp';
import { memoryFileSystem } from '../../support/memoryFileSystem';
import { prism } from '../../support/prism';

let parser: RubyParser;
beforeAll(async () => {
  parser = await prism();
});

type Files = Readonly<Record<string, string>>;

const calculator = 'app/models/balance/calculator.rb';
const forward = 'app/models/balance/forward.rb';
const reverse = 'app/models/balance/reverse.rb';
const writer = 'app/models/balance/writer.rb';
const model = 'app/models/balance.rb';

/** The ledger with changes: [file, what to find, what to put there]. */
function ledger(...changes: readonly (readonly [string, string, string])[]): Files {
  const files: Record<string, string> = { ...ledgerApp };
  for (const [file, find, put] of changes) {
    const text = files[file] ?? '';
    if (!text.includes(find)) throw new Error(`No ${find} in ${file}`);
    files[file] = text.replace(find, put);
  }
  return files;
}

async function outcome(files: Files, file = calculator): Promise<ValueObject & { texts: Files; whys: string[] }> {
  const disk = memoryFileSystem(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`/app/${path}`, text])),
  );
  const sources = await rubySources('/app', disk);
  const program = new Program(sources.files, new ParsedFiles(parser), sources.isWhole);
  const schema = readSchema(parser, files['db/schema.rb'] ?? '');
  const candidates = matchPatterns(parser, files[file]!).filter(({ pattern }) => pattern.id === 'model-new-per-row');
  const context = { ruby: null, rails: null, schema };
  const found = valueObjectOf(`/app/${file}`, candidates.at(-1)!.range, program, context, parser);
  const texts: Record<string, string> = {};
  const [fix] = found.kind === 'followed' ? found.fixes : [];
  for (const edit of fix?.edits ?? []) {
    const path = (edit.path ?? `/app/${file}`).slice('/app/'.length);
    texts[path] = applyEdits(files[path]!, [edit]);
    expect(parser.parse(texts[path], null)?.errors, path).toBe(0);
  }
  const whys = found.kind === 'followed' ? found.related.map(({ message }) => message) : [];
  return { ...found, texts, whys };
}

describe('records that are followed', () => {
  it('become a Struct at their construction and at their write, which goes in slices', async () => {
    const found = await outcome(ledger());
    expect(found.texts).toEqual(ledgerAppAfter);
    expect(found).toMatchObject({
      note: expect.stringContaining('amount to 4 digits'),
      fixes: [
        { title: 'Replace Balance by a Struct in 2 files, write in slices of 1,000' },
        { title: 'Replace Balance by a Struct in 2 files' },
      ],
      related: [
        { file: `/app/${writer}`, range: { start: { line: 17 } } },
        { file: `/app/${writer}`, message: 'date of such a record is read here.' },
        { file: `/app/${writer}`, message: 'amount of such a record is read here.' },
      ],
    });
  });

  it('are asked for their fields only, whatever the Struct replaces afterwards', async () => {
    const files = { ...ledger(), ...ledgerAppAfter };
    expect((await outcome(files)).kind).toBe('plain');
  });

  it('may be built by two classes, of which the second names the Struct of the first', async () => {
    const own =
      '    Date.current.downto(account.opened_on).map { |date| Balance.new(account_id: 1, date: date, amount: 0) }\n';
    const files = ledger(
      [reverse, '    rows = []\n', own],
      [
        reverse,
        '    Date.current.downto(account.opened_on) { |date| rows << build(date, -account.total_on(date)) }\n    rows\n',
        '',
      ],
    );
    const { texts } = await outcome(files);
    expect(texts[reverse]).toContain('{ |date| BalanceRow.new(account_id: 1,');
    const apart = ledger(
      [reverse, '    rows = []\n', own],
      [
        reverse,
        '    Date.current.downto(account.opened_on) { |date| rows << build(date, -account.total_on(date)) }\n    rows\n',
        '',
      ],
      [reverse, 'class Balance::Reverse < Balance::Calculator', 'class Balance::Reverse'],
    );
    expect((await outcome(apart)).texts[reverse]).toContain(
      '{ |date| Balance::Calculator::BalanceRow.new(account_id: 1,',
    );
  });

  it.each<[string, Files, string, string]>([
    [
      'each_with_object',
      ledger([
        forward,
        '.map { |date| build(date, account.total_on(date)) }',
        '.each_with_object([]) { |date, rows| rows << build(date, 1) }',
      ]),
      writer,
      'balance.amount }',
    ],
    [
      'flat_map and next',
      ledger([
        forward,
        '.map { |date| build(date, account.total_on(date)) }',
        '.flat_map do |date|\n      next [] if date.sunday?\n      [build(date, 1)]\n    end',
      ]),
      writer,
      'balance.amount }',
    ],
    [
      'a parameter',
      ledger(
        [writer, '    save_balances\n', '    save_balances(@balances)\n'],
        [writer, 'def save_balances\n', 'def save_balances(list)\n'],
        [writer, '@balances.map {', 'list.map {'],
      ),
      writer,
      'list.each_slice',
    ],
    [
      'a reader',
      ledger(
        [writer, '  private\n', '  private\n\n  attr_reader :balances\n'],
        [writer, '@balances.map {', 'balances.map {'],
      ),
      writer,
      'balances.each_slice',
    ],
    [
      'the owner instead of its key',
      ledger([calculator, 'account_id: account.id', 'account: account']),
      writer,
      '"account_id" => balance.account&.id',
    ],
    [
      'a column that nobody gives and that has no default',
      ledger([writer, '"amount")', '"amount", "note")']),
      calculator,
      'Struct.new(:account_id, :date, :amount, :note, keyword_init: true)',
    ],
    [
      'a superclass that is not of the application',
      ledger([calculator, 'class Balance::Calculator', 'class Balance::Calculator < Object']),
      calculator,
      'class Balance::Calculator < Object\n  BalanceRow = Struct.new(',
    ],
    [
      '_1 and a filter',
      ledger([writer, '@balances.map { |balance| balance.', '@balances.reject { _1.amount.zero? }.map { _1.']),
      writer,
      '"amount" => _1.amount }',
    ],
    [
      'a name that is taken',
      ledger([writer, '  private\n', '  BalanceRow = 1\n\n  private\n']),
      calculator,
      'BalanceRow2 = Struct.new(',
    ],
  ])('through %s', async (_, files, file, expected) => {
    const found = await outcome(files);
    expect(found.whys.filter((why) => why.includes('cannot'))).toEqual([]);
    expect(found.texts[file]).toContain(expected);
  });

  it('are not mixed up with those of another model whose methods have the same names', async () => {
    const files: Record<string, string> = { ...ledger() };
    files['app/models/holding.rb'] = 'class Holding < ApplicationRecord\nend\n';
    for (const name of ['calculator', 'forward', 'reverse', 'writer']) {
      const text = files[`app/models/balance/${name}.rb`]!;
      files[`app/models/holding/${name}.rb`] = text
        .replaceAll('Balance', 'Holding')
        .replace('upsert_all', 'import_with_callbacks');
    }
    expect(Object.keys((await outcome(files)).texts)).toEqual(Object.keys(ledgerAppAfter));
    expect((await outcome(files, 'app/models/holding/calculator.rb')).texts).toEqual({});
  });

  it('are looked for neither in tests nor in a copy of the application', async () => {
    const saving =
      'class BalanceTest\n  def test_it\n    Balance::Forward.new(1).calculate.each(&:save!)\n  end\nend\n';
    const files = {
      ...ledger(),
      'test/models/balance_test.rb': saving,
      'spec/balance_spec.rb': saving,
      [`old/${writer}`]: ledger()[writer]!.replace('.attributes.slice("account_id", "date", "amount")', '.save!'),
    };
    expect((await outcome(files)).texts).toEqual(ledgerAppAfter);
  });
});

describe('records that cannot be followed', () => {
  it.each<[string, Files, RegExp]>([
    ['saved later', ledger([writer, '    nil\n', '    @balances.each(&:save!)\n']), /save! is a method of the model/],
    [
      'saved with an argument',
      ledger([writer, '    nil\n', '    @balances.each { |b| b.save(validate: false) }\n']),
      /save is called/,
    ],
    [
      'passed to a mailer',
      ledger([writer, '    nil\n', '    BalanceMailer.with(rows: @balances).daily.deliver_later\n']),
      /cannot be followed/,
    ],
    [
      'a reader of the model',
      ledger([model, '  def self.latest', '  def amount\n    super.to_i\n  end\n\n  def self.latest']),
      /amount is more than a value: the model has its own amount/,
    ],
    [
      'a writer of the model',
      ledger([model, '  def self.latest', '  def date=(day)\n    super(day.to_date)\n  end\n\n  def self.latest']),
      /date is more than a value/,
    ],
    [
      'an enum',
      ledger(
        [model, '  validates', '  enum :kind, %i[a b]\n  validates'],
        [calculator, 'amount: amount)', 'amount: amount, kind: :a)'],
      ),
      /kind is more than a value: the model gives it to enum/,
    ],
    ['a concern of a gem', ledger([model, '  validates', '  include Auditable\n  validates']), /What Auditable adds/],
    [
      'after_initialize',
      ledger([model, '  validates', '  after_initialize { self.note ||= "x" }\n  validates']),
      /after_initialize changes every record/,
    ],
    [
      'another model above',
      {
        ...ledger([model, 'Balance < ApplicationRecord', 'Balance < Account']),
        'app/models/account.rb': 'class Account < ApplicationRecord\nend\n',
      },
      /Balance inherits from another model/,
    ],
    [
      'a column with a default that is not given',
      ledger([writer, '"amount")', '"amount", "fee")']),
      /fee is not always given to new/,
    ],
    [
      'a column that a record converts',
      ledger([calculator, 'amount: amount)', 'amount: amount, details: {})']),
      /details is a column of type jsonb/,
    ],
    ['no column', ledger([writer, '    nil\n', '    @balances.map(&:account)\n    nil\n']), /account is no column/],
    ['no schema', ledger(['db/schema.rb', 'create_table "balances"', 'create_table "others"']), /no table of Balance/],
    [
      'a send by name',
      ledger([writer, 'calculator.calculate', 'calculator.public_send(:calculate)']),
      /called by its name/,
    ],
    [
      'attributes without slice',
      ledger([writer, '.attributes.slice("account_id", "date", "amount")', '.attributes']),
      /not some by name/,
    ],
    [
      'attributes without some',
      ledger([writer, '.attributes.slice("account_id", "date", "amount")', '.attributes.except("id")']),
      /not some by name/,
    ],
    ['a slice that is not written', ledger([writer, 'Balance.upsert_all', 'Report.publish']), /not for a bulk write/],
    [
      'a setter afterwards',
      ledger([writer, '    nil\n', '    @balances.each { |b| b.amount = 0 }\n']),
      /amount is assigned here/,
    ],
    [
      'an unknown method',
      ledger([writer, '    nil\n', '    @balances.each { |b| b.add(1) }\n']),
      /add is called on it/,
    ],
    [
      'an unknown method of the list',
      ledger([writer, '    nil\n', '    @balances.group_by(&:date)\n']),
      /group_by|cannot be followed/,
    ],
    [
      'a method with the same name on something unknown',
      ledger([writer, 'calculator.calculate', '@given.calculate']),
      /which calculate is called/,
    ],
    [
      'a subclass that makes more of it',
      ledger([
        forward,
        '  def calculate',
        '  def build(date, amount)\n    super.tap { |row| row.note = "x" }\n  end\n\n  def calculate',
      ]),
      /super runs another build|cannot be followed/,
    ],
    [
      'a method that gives something else as well',
      ledger([calculator, '    Balance.new(', '    return account.balances.build if amount.zero?\n\n    Balance.new(']),
      /build may give back something else/,
    ],
    [
      'a list that holds something else as well',
      ledger([reverse, '    rows = []', '    rows = account.balances.to_a']),
      /rows may be assigned something else/,
    ],
    [
      'a parameter that is assigned anew',
      ledger([writer, '{ |balance| balance.', '{ |balance| balance = balance.dup; balance.']),
      /assigned anew/,
    ],
    [
      'hash arguments',
      ledger([
        calculator,
        'Balance.new(account_id: account.id, date: date, amount: amount)',
        'Balance.new({ account_id: 1, date: date, amount: amount })',
      ]),
      /no plain list of keywords/,
    ],
    [
      'spread arguments',
      ledger([calculator, 'amount: amount)', 'amount: amount, **extra)']),
      /no plain list of keywords/,
    ],
    [
      'an instance variable that a view may read',
      ledger([writer, 'class Balance::Writer', 'class BalancesController']),
      /Views may read @balances/,
    ],
    [
      'nobody who calls',
      ledger([writer, 'calculator.calculate', 'rows_of(calculator)']),
      /No call of calculate was found/,
    ],
    [
      'a comparison',
      ledger([writer, '    nil\n', '    @balances.include?(@last)\n    nil\n']),
      /include\? does with the rows/,
    ],
    [
      'an alias',
      ledger([forward, '  def calculate', '  alias_method :run, :calculate\n\n  def calculate']),
      /called by its name/,
    ],
    ['a syntax error on the way', ledger([writer, '    nil\n', '    nil (\n']), /syntax errors|No call/],
  ])('%s', async (_, files, why) => {
    const found = await outcome(files);
    expect(found).toMatchObject({ kind: 'followed', fixes: [] });
    expect(found.whys.join('\n')).toMatch(why);
    expect(found.kind === 'followed' && found.note).toMatch(
      /^No rewrite over several files is offered, because of \w+\/\w+\.rb:\d+: /,
    );
  });

  it('says nothing of a model whose file is not there, and drops what is no record', async () => {
    const { [model]: _, ...without } = ledger();
    expect((await outcome(without)).kind).toBe('unknown');
    const plain = ledger([model, 'class Balance < ApplicationRecord', 'class Balance']);
    expect((await outcome(plain)).kind).toBe('plain');
  });
});
