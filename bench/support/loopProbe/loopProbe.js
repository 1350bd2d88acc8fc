// Runs in the extension host beside the extension that is measured. A timer asks to be called every 5 ms; what comes later
// than that was blocked: by work of the extension host's main thread, or because other processes had the processor. Linux
// tells them apart (schedstat: nanoseconds run, nanoseconds waited for a processor). Each block of 10 ms and more is a line
// of the file LOOP_PROBE names: `end (ms since 1970) blocked-ms of-which-running-ms`.
const { appendFileSync, readFileSync } = require('node:fs');

const everyMs = 5;
const worthMs = 10;

exports.activate = () => {
  const file = process.env.LOOP_PROBE;
  if (file === undefined) return;
  let last = performance.now();
  let lastRun = runningMs();
  appendFileSync(file, `${Date.now()} 0 0\n`);
  setInterval(() => {
    const now = performance.now();
    const run = runningMs();
    const blockedMs = now - last - everyMs;
    if (blockedMs >= worthMs) {
      appendFileSync(file, `${Date.now()} ${blockedMs.toFixed(1)} ${Math.min(run - lastRun, blockedMs).toFixed(1)}\n`);
    }
    last = now;
    lastRun = run;
  }, everyMs);
};

/** Processor time of the main thread so far. */
function runningMs() {
  return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}
