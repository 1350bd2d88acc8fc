import { expect, test } from 'vitest';
import { ownRoots } from '../../src/server/ownRoots';

const shop = { path: '/home/me/shop', name: 'shop' };

test('folders the user chose outside the workspace are own code too, each once', () => {
  const chosen = { '/app': '/opt/sample/', '/srv/app': '/opt/sample', 'C:/app': 'D:\\code\\app' };
  expect(ownRoots([shop], chosen)).toEqual([
    shop,
    { path: '/opt/sample', name: 'sample' },
    { path: 'D:/code/app', name: 'app' },
  ]);
});

test('folders inside the workspace add nothing', () => {
  expect(ownRoots([shop], { '/app': '/home/me/shop/engine', '/srv': '/home/me/shop' })).toEqual([shop]);
  expect(ownRoots([shop], { '/app': '/home/me/shop2' })).toHaveLength(2);
});
