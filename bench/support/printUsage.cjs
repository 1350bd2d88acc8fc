// Preloaded (`node -r`; an ES module would cost 10 MB of its own) into a process whose output is not to be touched: prints its
// CPU milliseconds and peak MiB when it ends.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const usage = process.resourceUsage();
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1000;
  writeSync(2, `\nusage ${cpuMs} ${usage.maxRSS / 1024}\n`);
});
