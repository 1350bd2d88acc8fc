export type TestFramework = 'rspec' | 'minitest';

/** By the name of a file: the framework that its tests are for; null for other files. */
export function testFramework(path: string): TestFramework | null {
  if (/_spec\.rb$/.test(path)) return 'rspec';
  return /(?:_test|(?:^|[/\\])test_[^/\\]*)\.rb$/.test(path) ? 'minitest' : null;
}
