import { ProfileBuilder } from '../../src/profile/builder';
import type { Profile } from '../../src/profile/profile';
import { randomSource } from '../../test/support/randomSource';

const DEEPEST = 500;
const METHODS = 4_000;
const CALLEES = 6;
/** One method in four is a C function. */
const C_SHARE = 4;

/**
 * A profile of about so many nodes, 500 deep at most, made by a walk: each stack goes some way up the one before, mostly a
 * few frames and now and then nearly all, and down again another way. Recursion is everywhere: every method calls six
 * others. The same number gives the same profile.
 */
export function deepProfile(nodes: number): Profile {
  const random = randomSource(11);
  const builder = new ProfileBuilder();
  builder.mode = 'object';
  const frames = Array.from({ length: METHODS }, (_, at) => builder.addFrame(frameAt(at)));
  const path: number[] = [0];
  const lines: number[] = [1];
  for (let pushed = 0; pushed < nodes; ) {
    const up = Math.floor(random() < 0.02 ? random() * path.length : -9 * Math.log(1 - random()));
    path.length = lines.length = Math.max(1, path.length - 1 - up);
    const deepest = Math.min(DEEPEST, path.length + 1 + Math.floor(-11 * Math.log(1 - random())));
    while (path.length < deepest) {
      const caller = path[path.length - 1]!;
      const choice = Math.floor(random() * CALLEES);
      const callee = (caller * CALLEES + choice * 17 + 1) % METHODS;
      lines[lines.length - 1] = isC(caller) ? 0 : caller + choice + 1;
      path.push(callee);
      lines.push(isC(callee) ? 0 : callee + CALLEES + 1);
      pushed++;
    }
    builder.addStack(
      path.map((at) => frames[at]!),
      lines,
      Math.ceil(0.2 / (1 - random())),
    );
  }
  return builder.finish();
}

function frameAt(at: number): { name: string; file: string; line: number } {
  if (isC(at)) return { name: `Array#each_${at}`, file: '<cfunc>', line: 0 };
  const file = at % 3 === 0 ? `/gems/store-1.2.${at % 9}/lib/store/${at % 70}.rb` : `app/models/${at % 90}.rb`;
  return { name: `Model${at % 90}#method_${at}`, file, line: at };
}

function isC(at: number): boolean {
  return at % C_SHARE === 3;
}
