import { expect, test } from 'vitest';
import { announcementOf, watchedPlaces } from '../../src/extension/watchedPlaces';

test.each([
  ['tmp/**/*.dump', { folder: null, pattern: 'tmp/**/*.dump' }],
  ['./*.dump', { folder: null, pattern: '*.dump' }],
  ['/tmp/stackprof_*.dump', { folder: '/tmp', pattern: 'stackprof_*.dump' }],
  ['/var/*/a/*.dump', { folder: '/var', pattern: '*/a/*.dump' }],
  ['/*.dump', { folder: '/', pattern: '*.dump' }],
  ['/tmp/one.dump', { folder: '/tmp', pattern: 'one.dump' }],
  ['C:\\dumps\\*.dump', { folder: 'C:/dumps', pattern: '*.dump' }],
])('%s', (glob, place) => expect(watchedPlaces([glob])).toEqual([place]));

test('what is no glob is not watched', () => {
  expect(watchedPlaces(['', '  ', '/tmp/', 7, null])).toEqual([]);
});

test('several dumps are one message', () => {
  expect(announcementOf(['a.dump'])).toBe('New allocation profile: a.dump');
  expect(announcementOf(['a.dump', 'b.dump'])).toBe('2 new allocation profiles, the newest is b.dump');
});
