import { describe, expect, it } from 'vitest';
import { atCapture } from '../../src/findings/evidence';
import { type Finding, judge } from '../../src/findings/judge';
import { profileEvidence } from '../../src/findings/profileEvidence';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import { matchPatterns } from '../../src/ruby/matchPatterns';
import { prism } from '../support/prism';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

const job = [
  'class Job',
  '  def perform',
  '    User.adults.each do |user|',
  '      user.touch',
  '    end',
  '  end',
  'end',
].join('\n');

const load =
  'ActiveRecord::Delegation#each@/gems/activerecord-7.2.2/lib/a.rb:9 > ActiveRecord::Relation#exec_queries@/gems/activerecord-7.2.2/lib/r.rb:5';

interface Given extends ProfileText {
  readonly text?: string;
  readonly threshold?: number;
  readonly capturedLine?: (line: number) => number | null;
}

/** What a profile of `app/job.rb`, written as stacks, says of its text. */
async function findings(
  stacks: string,
  { text = job, threshold = 0.01, capturedLine, ...options }: Given = {},
): Promise<Finding[]> {
  const profile = profileFromText(stacks, options);
  const origin = originByFolder(profile);
  const recorded = profileEvidence({
    profile,
    measure: measureOf(profile),
    lines: buildLineIndex(profile, origin),
    files: profile.strings.flatMap((file, i) => (file.endsWith('app/job.rb') ? [i] : [])),
    origin,
    path: '/home/me/shop/app/job.rb',
  });
  const evidence = capturedLine ? atCapture(recorded, capturedLine) : recorded;
  return judge(matchPatterns(await prism(), text), evidence, threshold);
}

describe('a finding', () => {
  it('says where, how much, why, and what to write', async () => {
    const found = await findings(`Job#perform@app/job.rb#2:3 > ${load} 30\nOther#call@lib/o.rb#1:2 70`, {
      interval: 10,
      missedSamples: 900,
    });
    expect(found).toEqual([
      {
        id: 'relation-each',
        file: '/home/me/shop/app/job.rb',
        range: { start: { line: 2, character: 16 }, end: { line: 2, character: 20 } },
        share: 0.3,
        objects: 300,
        gain: 'peak',
        savedObjects: null,
        safety: 'review',
        severity: 'information',
        confidence: 'low',
        title: 'Every row of this relation is held in memory at once',
        explanation: expect.stringMatching(
          /1,000 at a time.*will look the same.*Check that nothing depends on the order/,
        ),
        fix: expect.objectContaining({ title: 'Use find_each' }),
        alternatives: [expect.objectContaining({ title: 'Use in_batches(of: 200).each_record' })],
        related: [],
      },
    ]);
  });

  it('without an edit is advice', async () => {
    const [found] = await findings(`Job#perform@app/job.rb#2:3 > ${load} 30`, {
      text: job.replace('adults', 'order(:id)'),
    });
    expect(found).toMatchObject({ safety: 'advice', fix: null, alternatives: [] });
  });

  it('needs the share that is asked for', async () => {
    const stacks = `Job#perform@app/job.rb#2:3 > ${load} 2\nOther#call@lib/o.rb#1:2 98`;
    expect(await findings(stacks, { threshold: 0.02 })).toHaveLength(1);
    expect(await findings(stacks, { threshold: 0.021 })).toEqual([]);
  });

  it('of what a line makes itself needs that to be hot, not what the line calls', async () => {
    const text = 'class Job\n  def perform(rows)\n    rows.each { |row| row.touch("seen") }\n  end\nend';
    const stacks = (own: number): string => `
      Job#perform@app/job.rb#2:3 > Array#each@<cfunc> > Job#perform@app/job.rb#2:3                                ${own}
      Job#perform@app/job.rb#2:3 > Array#each@<cfunc> > Job#perform@app/job.rb#2:3 > Row#touch@app/row.rb#1:2     ${1000 - own}`;
    expect((await findings(stacks(200), { text })).map(({ id }) => id)).toEqual(['string-literal-in-loop']);
    expect(await findings(stacks(9), { text })).toEqual([]);
  });

  it('needs more than one sample, unless every allocation was recorded', async () => {
    expect(await findings(`Job#perform@app/job.rb#2:3 > ${load} 1`, { interval: 10, missedSamples: 9 })).toEqual([]);
    expect(await findings(`Job#perform@app/job.rb#2:3 > ${load} 1`)).toHaveLength(1);
  });

  it('of few samples of an interval says so', async () => {
    const stacks = (samples: number): string => `Job#perform@app/job.rb#2:3 > ${load} ${samples}`;
    const [few] = await findings(stacks(49), { interval: 10, missedSamples: 441 });
    const [enough] = await findings(stacks(50), { interval: 10, missedSamples: 450 });
    const [counted] = await findings(stacks(2));
    expect([few!.confidence, enough!.confidence, counted!.confidence]).toEqual(['low', 'high', 'high']);
    expect(few!.explanation).toContain('49 samples only');
    expect(enough!.explanation).not.toContain('samples only');
  });

  it('is about objects: profiles of time have none', async () => {
    const stacks = `Job#perform@app/job.rb#2:3 > ${load} 30`;
    expect(await findings(stacks, { mode: 'wall', interval: 1000 })).toEqual([]);
    expect(await findings(stacks, { mode: 'custom', interval: null })).toEqual([]);
  });

  it('counts several releases of a file together', async () => {
    const stacks = ['/r/1', '/r/2'].map((release) => `Job#perform@${release}/app/job.rb#2:3 > ${load} 25`);
    const [found] = await findings([...stacks, 'Other#call@lib/o.rb#1:2 50'].join('\n'));
    expect(found!.share).toBe(0.5);
  });

  it('follows lines that moved since the capture', async () => {
    const stacks = `Job#perform@app/job.rb#12:13 > ${load} 30`;
    expect(await findings(stacks)).toEqual([]);
    expect(await findings(stacks, { capturedLine: (line) => line + 10 })).toHaveLength(1);
    expect(await findings(stacks, { capturedLine: () => null })).toEqual([]);
  });
});

describe('the witness', () => {
  it('must be called by the line', async () => {
    expect(await findings('Job#perform@app/job.rb#2:3 > Registry.adults@lib/o.rb#1:2 30')).toEqual([]);
    expect(await findings(`Job#perform@app/job.rb#2:4 > ${load} 30\nJob#perform@app/job.rb#2:3 30`)).toEqual([]);
  });

  it('must have loaded rows: an association that is loaded already has not', async () => {
    const loaded = 'ActiveRecord::Delegation#each@/gems/activerecord-7.2.2/lib/a.rb:9 > Array#each@<cfunc>';
    expect(await findings(`Job#perform@app/job.rb#2:3 > ${loaded} 30`)).toEqual([]);
  });

  it('is not what a block on the same line calls', async () => {
    const oneLine = job.replace(/ do \|user\|[\s\S]*?end/, ' { |user| user.posts.load }');
    const stacks = `Job#perform@app/job.rb#2:3 > Array#each@<cfunc> > Job#perform@app/job.rb#2:3 > ${load.replace('#each', '#load').replace('Delegation', 'Relation')} 30`;
    expect(await findings(stacks, { text: oneLine })).toEqual([]);
  });

  it('on a line with two loops counts only for a receiver whose text names a query', async () => {
    const stacks = `Job#perform@app/job.rb#2:3 > Array#each@<cfunc> > Job#perform@app/job.rb#2:3 > ${load} 30`;
    const text = job.replace(
      /User[\s\S]*?end/,
      'Team.adults.each { |team| team.users.where(a: 1).each { |user| user.touch } }',
    );
    const found = await findings(stacks, { text });
    expect(found.map((one) => one.range.start.character)).toEqual([text.split('\n')[2]!.lastIndexOf('each')]);
  });

  it('is counted through recursion once', async () => {
    const deep = `Job#perform@app/job.rb#2:3 > ${load} > Job#perform@app/job.rb#2:3 > ${load}`;
    expect(await findings(`${deep} 10\nJob#perform@app/job.rb#2:3 > ${load} 10`)).toMatchObject([{ share: 1 }]);
  });

  describe.each(['raw', 'aggregate'] as const)('in a profile of detail %s', (detail) => {
    it('belongs to the method around the line', async () => {
      expect(await findings(`Job#perform@app/job.rb#2:3 > ${load} 30`, { detail })).toHaveLength(1);
      expect(
        await findings(`Job#other@app/job.rb#9:10 > ${load} 30\nJob#perform@app/job.rb#2:3 30`, { detail }),
      ).toEqual([]);
    });

    it('proves nothing for one of two loops unless its text names a query', async () => {
      const two = job.replace('    User.adults', '    Team.adults.each { |t| t.x }\n    User.where(a: 1)');
      const found = await findings(`Job#perform@app/job.rb#2:3 > ${load} 30\nJob#perform@app/job.rb#2:4 > ${load} 30`, {
        detail,
        text: two,
      });
      expect(found.map((one) => one.range.start.line)).toEqual([3]);
    });
  });

  it.each([
    'ActiveRecord::Delegation#each',
    'ActiveRecord::Relation#each',
    'ActiveRecord::Relation#to_ary',
    'ActiveRecord::Relation#load',
    'ActiveRecord::Associations::CollectionProxy#records',
  ])('may be %s', async (name) => {
    expect(
      await findings(`Job#perform@app/job.rb#2:3 > ${load.replace('ActiveRecord::Delegation#each', name)} 30`),
    ).toHaveLength(1);
  });
});

describe('what a rewrite saves', () => {
  const money = [
    'class Money',
    '  def initialize(amount)',
    '    @amount = BigDecimal(amount.to_s)',
    '  end',
    'end',
  ].join('\n');
  const iterated = 'Bank#load@lib/bank.rb#1:2 > Array#each@<cfunc> > Money#initialize@app/job.rb#2:3';

  it.each([
    ['BigDecimal#to_s', 50],
    ['Float#to_s', 20],
  ])('depends on what else the line calls: %s', async (toS, saved) => {
    const stacks = `${iterated} > ${toS}@<cfunc> 20\n${iterated} > Kernel#BigDecimal@<cfunc> 30`;
    const [found] = await findings(stacks, { text: money });
    expect(found).toMatchObject({ id: 'bigdecimal-to-s', objects: 50, savedObjects: saved });
  });

  it('is a part of what the line makes where other expressions make the rest', async () => {
    const text = [
      'class Job',
      '  def perform(rows)',
      '    rows.map do |row|',
      '      row.name + ";"',
      '    end',
      '  end',
      'end',
    ];
    const line = 'Job#perform@app/job.rb#2:3 > Array#map@<cfunc> > Job#perform@app/job.rb#2:4';
    const [found] = await findings(`${line} 30\n${line} > String#+@<cfunc> 20\n${line} > Row#name@lib/row.rb#1:1 50`, {
      text: text.join('\n'),
    });
    expect(found).toMatchObject({ id: 'string-literal-in-loop', objects: 100, savedObjects: 25 });
  });
});
