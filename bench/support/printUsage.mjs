// Preloaded into a process whose own output is not to be touched: prints its CPU milliseconds and peak MiB when it ends.
import { writeSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  const usage = process.resourceUsage();
  const cpuMs = (usage.userCPUTime + usage.systemCPUTime) / 1000;
  writeSync(2, `\nusage ${cpuMs} ${usage.maxRSS / 1024}\n`);
});
