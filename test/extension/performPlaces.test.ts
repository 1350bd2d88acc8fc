import { describe, expect, test } from 'vitest';
import { performFiles, performLine } from '../../src/extension/performPlaces';

describe('files of a job class', () => {
  test.each([
    ['SyncJob', ['**/sync_job.rb']],
    ['SyncHTTPJob', ['**/sync_http_job.rb']],
    ['Import2Job', ['**/import2_job.rb']],
    ['Reports::DailyJob', ['**/reports/daily_job.rb', '**/daily_job.rb']],
    ['(others)', []],
    ['../../etc::Job', ['**/job.rb']],
  ])('%s', (job, files) => expect(performFiles(job)).toEqual(files));
});

describe('the line of perform', () => {
  test('is in the class, not in another one', () => {
    const text =
      'class OtherJob\n  def perform; end\nend\n\nclass SyncJob < ApplicationJob\n  queue_as :low\n\n  def perform(id)\n';
    expect(performLine(text, 'SyncJob')).toBe(7);
    expect(performLine(text, 'OtherJob')).toBe(1);
  });
  test('is found under a module, and with the whole name', () => {
    expect(performLine('module Reports\n  class DailyJob\n    def perform\n', 'Reports::DailyJob')).toBe(2);
    expect(performLine('class Reports::DailyJob\n  def perform\n', 'Reports::DailyJob')).toBe(1);
  });
  test('is the class where it has none of its own', () => {
    expect(performLine('class SyncJob < BaseJob\n  def performed; end\nend\nclass A\n  def perform\n', 'SyncJob')).toBe(
      0,
    );
  });
  test('is nowhere in a text that does not define the class', () => {
    expect(performLine('SyncJob.perform_later\nclass SyncJobTest\n', 'SyncJob')).toBeNull();
  });
});
