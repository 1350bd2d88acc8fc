import { describe, expect, it } from 'vitest';
import { findDrift } from '../../src/source/lineDrift';

const captured = `class Balance::Materializer
  attr_reader :account

  def initialize(account, strategy:)
    @account = account
    @strategy = strategy
  end

  def materialize_balances
    calculate_balances
    persist_balances
  end

  def persist_balances
    return if @balances.empty?

    rows = @balances.map do |balance|
      balance.attributes.slice("date", "balance")
    end
    Balance.upsert_all(rows)
  end

  def purge_stale_balances
    account.balances.delete_all
  end
end
`;

const methods = [
  { name: 'Balance::Materializer#initialize', line: 4 },
  { name: 'Balance::Materializer#materialize_balances', line: 9 },
  { name: 'Balance::Materializer#persist_balances', line: 14 },
  { name: 'Balance::Materializer#purge_stale_balances', line: 23 },
];

function edited(change: (lines: string[]) => void): string {
  const lines = captured.split('\n');
  change(lines);
  return lines.join('\n');
}

describe('an unchanged file', () => {
  it('has no drift, every line is where it was', () => {
    const drift = findDrift(methods, captured);
    expect(drift.summary).toBeNull();
    for (let line = 1; line <= 26; line++) {
      expect(drift.lineNow(line)).toEqual({ line, stale: false });
      expect(drift.lineThen(line)).toEqual({ line, stale: false });
    }
  });

  it.each<[string, string]>([
    ['Foo#bar', 'define_method(:bar) { 1 }'],
    ['Foo#bar', '%w[bar baz].each { |name| define_method(name) { 1 } }'],
    ['Foo#bar', 'names.each do |name|'],
    ['Foo#bar', 'class_eval <<~RUBY, __FILE__, __LINE__ + 1'],
    ['Foo#bar', 'def #{name}(value)'],
    ['Foo#bar', 'delegate :bar, to: :other'],
    ['Foo.bar', 'scope :bar, -> { where(a: 1) }'],
    ['Foo#bar', 'memoize def bar'],
    ['Foo.bar', 'def self.bar'],
    ['Foo.bar', 'def Foo.bar = 1'],
    ['Foo#bar=', 'def bar=(value)'],
    ['Foo#bar?', 'private def bar?'],
    ['Foo#<=>', 'def <=>(other)'],
    ['Foo#[]', 'def [](key)'],
    ['Foo#größe', 'def größe'],
    ['#<Class:0x000055d0>#bar', 'def bar'],
    ['<class:Foo>', 'class Outer::Foo < Base'],
    ['<class:Foo>', 'Foo = Class.new(Base) do'],
    ['<module:Foo>', 'module Foo'],
    ['block in Foo#bar', 'anything at all'],
    ['<main>', 'anything at all'],
    ['#<Class:0x0000>#_app_views_digests_show_html_erb___304_61', '<p>text</p>'],
  ])('%s may be defined by %o', (name, line) => {
    expect(findDrift([{ name, line: 2 }], `# a comment\n${line}\n`).summary).toBeNull();
  });

  it('may define a name twice', () => {
    const text = 'class A\n  def call = 1\nend\nclass B\n  def call = 2\nend\n';
    const definitions = [
      { name: 'A#call', line: 2 },
      { name: 'B#call', line: 5 },
    ];
    expect(findDrift(definitions, text).summary).toBeNull();
  });

  it('may have methods that text cannot show', () => {
    expect(findDrift([{ name: 'Foo#bar', line: 1 }], ').each { |name| build(name) }\n').summary).toBeNull();
  });
});

describe('a changed file', () => {
  it('moves everything below added lines', () => {
    const drift = findDrift(
      methods,
      edited((lines) => lines.splice(1, 0, '  BATCH = 500', '')),
    );
    expect(drift.summary).toBe(
      'This file changed since the capture: 4 definitions moved, such as initialize from line 4 to 6. Lines that could not be followed are grey.',
    );
    expect(drift.lineNow(18)).toEqual({ line: 20, stale: false });
    expect(drift.lineThen(20)).toEqual({ line: 18, stale: false });
    expect(drift.lineNow(2)).toEqual({ line: 2, stale: true });
  });

  it('greys a method whose length changed, and follows the next', () => {
    const drift = findDrift(
      methods,
      edited((lines) => lines.splice(16, 3, '    rows = @balances')),
    );
    expect(drift.summary).toBe(
      'This file changed since the capture: purge_stale_balances moved from line 23 to 21. Lines that could not be followed are grey.',
    );
    expect(drift.lineNow(10)).toEqual({ line: 10, stale: false });
    expect(drift.lineNow(14)).toEqual({ line: 14, stale: false });
    expect(drift.lineNow(18)).toEqual({ line: 18, stale: true });
    expect(drift.lineNow(24)).toEqual({ line: 22, stale: false });
    expect(drift.lineThen(22)).toEqual({ line: 24, stale: false });
  });

  it('greys the lines of a method that is gone', () => {
    const drift = findDrift(
      methods,
      edited((lines) => lines.splice(13, 9)),
    );
    expect(drift.summary).toContain('persist_balances is gone');
    expect(drift.lineNow(18)).toMatchObject({ stale: true });
    expect(drift.lineNow(24)).toEqual({ line: 15, stale: false });
  });

  it('notices a method renamed in place', () => {
    const drift = findDrift(methods, captured.replaceAll('persist_balances', 'store'));
    expect(drift.summary).toBe(
      'This file changed since the capture: persist_balances is gone. Lines that could not be followed are grey.',
    );
    expect(drift.lineNow(15)).toMatchObject({ stale: true });
    expect(drift.lineNow(24)).toEqual({ line: 24, stale: false });
  });

  it('tells equal names apart by their neighbours', () => {
    const text = 'class A\n  def first = 1\n  def call = 1\nend\nclass B\n  def call = 2\n  def last = 2\nend\n';
    const definitions = [
      { name: 'A#first', line: 2 },
      { name: 'A#call', line: 3 },
      { name: 'B#call', line: 6 },
      { name: 'B#last', line: 7 },
    ];
    const drift = findDrift(definitions, `# one\n# two\n# three\n${text}`);
    expect(definitions.map(({ line }) => drift.lineNow(line))).toEqual(
      [5, 6, 9, 10].map((line) => ({ line, stale: false })),
    );
  });

  it('keeps every answer inside the text', () => {
    const drift = findDrift(methods, 'class Other\nend\n');
    for (const line of [1, 9, 18, 26, 400]) {
      expect(drift.lineNow(line).line).toBeLessThanOrEqual(3);
      expect(drift.lineNow(line).line).toBeGreaterThan(0);
    }
    expect(drift.lineNow(18).stale).toBe(true);
  });

  it('follows any number of lines added anywhere', () => {
    for (let at = 0; at < 26; at++) {
      for (const added of [1, 5]) {
        const drift = findDrift(
          methods,
          edited((lines) => lines.splice(at, 0, ...Array.from({ length: added }, () => '# added'))),
        );
        for (const { line } of methods)
          expect(drift.lineNow(line)).toEqual({ line: line > at ? line + added : line, stale: false });
      }
    }
  });
});
