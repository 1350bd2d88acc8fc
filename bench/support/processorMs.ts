import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';

/** Processor time so far of every process that descends from this one, from Linux's /proc; null elsewhere. */
export async function processorMs(): Promise<number | null> {
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end between the listing and the reading.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length > 12) {
      processes.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    }
  }
  if (processes.size === 0) return null;
  let ticks = 0;
  for (const [id, { ticks: own }] of processes) if (id !== process.pid && descends(id, processes)) ticks += own;
  return ticks * msPerTick;
}

const msPerTick = 10;

function descends(id: number, processes: ReadonlyMap<number, { readonly parent: number }>): boolean {
  let at = id;
  for (let steps = 0; at > 1 && steps < 64; steps++) {
    if (at === process.pid) return true;
    at = processes.get(at)?.parent ?? 0;
  }
  return false;
}
