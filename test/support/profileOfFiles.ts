import { ProfileBuilder } from '../../src/profile/builder';
import type { Profile } from '../../src/profile/profile';

/** A profile that is only frames: `file`, or `file|Class#method|line`. Enough for everything that asks where code is. */
export function profileOfFiles(rows: readonly string[]): Profile {
  const builder = new ProfileBuilder();
  rows.forEach((row, i) => {
    const [file = '', name = file === '' ? '(garbage collection)' : `M#m${i}`, line = '0'] = row.split('|');
    builder.addFrame({ file, name, line: Number(line) });
  });
  return builder.finish();
}
