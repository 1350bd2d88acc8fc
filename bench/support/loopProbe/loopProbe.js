// Runs in the extension host beside the extension that is measured. A timer asks to be called every 5 ms; what comes later
// than that was blocked. Each block of 10 ms and more is a line of the file LOOP_PROBE names: `end (ms since 1970) blocked ms`.
const { appendFileSync } = require('node:fs');

const everyMs = 5;
const worthMs = 10;

exports.activate = () => {
  const file = process.env.LOOP_PROBE;
  if (file === undefined) return;
  let last = performance.now();
  appendFileSync(file, `${Date.now()} 0\n`);
  setInterval(() => {
    const now = performance.now();
    const blockedMs = now - last - everyMs;
    last = now;
    if (blockedMs >= worthMs) appendFileSync(file, `${Date.now()} ${blockedMs.toFixed(1)}\n`);
  }, everyMs);
};
