import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
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
  const builder = new ProfileBuilder();
  builder.mode = 'object';
  const frames = Array.from({ length: METHODS }, (_, at) => builder.addFrame(frameAt(at)));
  eachStack(nodes, (path, lines, samples) => {
    builder.addStack(
      path.map((at) => frames[at]!),
      lines,
      samples,
    );
  });
  return builder.finish();
}

/** The stacks of that profile as `stackprof --json` writes them, without lines: both this view and speedscope open it. */
export async function writeDeepJson(file: string, nodes: number): Promise<void> {
  const self = new Float64Array(METHODS);
  const total = new Float64Array(METHODS);
  const seenIn = new Int32Array(METHODS);
  let stacks = 0;
  let all = 0;
  eachStack(nodes, (path, _, samples) => {
    stacks++;
    all += samples;
    self[path[path.length - 1]!]! += samples;
    for (const at of path) {
      if (seenIn[at] !== stacks) total[at]! += samples;
      seenIn[at] = stacks;
    }
  });
  const frames = Array.from({ length: METHODS }, (_, at) => {
    const { name, file, line } = frameAt(at);
    const place = `"name":"${name}","file":"${file}","line":${line || 'null'}`;
    return `"${at}":{${place},"total_samples":${total[at]},"samples":${self[at]}}`;
  });
  const out = createWriteStream(file);
  const head = `"version":1.2,"mode":"object","interval":1,"samples":${all},"gc_samples":0,"missed_samples":0`;
  out.write(`{${head},"metadata":{},"raw_timestamp_deltas":[],"frames":{${frames.join(',')}},"raw":[`);
  let separator = '';
  eachStack(nodes, (path, _, samples) => {
    out.write(`${separator}${path.length},${path.join(',')},${samples}`);
    separator = ',';
  });
  out.end(']}');
  await finished(out);
}

/** The arrays are valid until the next call. */
function eachStack(
  nodes: number,
  visit: (path: readonly number[], lines: readonly number[], samples: number) => void,
): void {
  const random = randomSource(11);
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
    visit(path, lines, Math.ceil(0.2 / (1 - random())));
  }
}

function frameAt(at: number): { name: string; file: string; line: number } {
  if (isC(at)) return { name: `Array#each_${at}`, file: '<cfunc>', line: 0 };
  const file = at % 3 === 0 ? `/gems/store-1.2.${at % 9}/lib/store/${at % 70}.rb` : `app/models/${at % 90}.rb`;
  return { name: `Model${at % 90}#method_${at}`, file, line: at };
}

function isC(at: number): boolean {
  return at % C_SHARE === 3;
}
