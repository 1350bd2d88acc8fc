import { readFileSync } from 'node:fs';
import { load } from '@hyrious/marshal';
import { report } from './report';

void report((path) => {
  const hash: unknown = load(readFileSync(path));
  if (typeof hash !== 'object' || hash === null) return Number.NaN;
  return new Map(Reflect.ownKeys(hash).map((key) => [key.toString(), Reflect.get(hash, key)])).get('Symbol(samples)');
});
