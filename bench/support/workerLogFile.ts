import { closeSync, openSync, writeSync } from 'node:fs';
import { randomSource } from '../../test/support/randomSource';

export interface WorkerLogSize {
  readonly bytes: number;
  /** Lines of the application (requests, SQL) for each job; 0: every line is Sidekiq's or a memory record. */
  readonly linesPerJob: number;
}

const FLUSH_BYTES = 1 << 22;
const CLASSES = [
  'SyncJob',
  'PriceTickJob',
  'AuditTrailJob',
  'CatalogRebuildJob',
  'StatementExportJob',
  'UserDigestJob',
];
const TYPES = ['OBJECT', 'STRING', 'ARRAY', 'HASH', 'DATA'];

/** Writes a log as four Sidekiq processes of three threads and a Rails application make it; the same at every call. */
export function writeWorkerLog(file: string, { bytes, linesPerJob }: WorkerLogSize): void {
  const random = randomSource(1);
  const descriptor = openSync(file, 'w');
  let text = '';
  let written = 0;
  let clock = Date.UTC(2026, 0, 5);
  const below = (limit: number): number => Math.floor(random() * limit);
  const hex = (digits: number): string => {
    let id = '';
    while (id.length < digits)
      id += Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return id.slice(0, digits);
  };
  const line = (content: string): void => {
    text += `${content}\n`;
    if (text.length < FLUSH_BYTES) return;
    written += writeSync(descriptor, text);
    text = '';
  };
  try {
    while (written < bytes) {
      clock += below(400);
      const time = new Date(clock).toISOString();
      const context = `pid=${6000 + below(4)} tid=t${below(3)} class=${CLASSES[below(CLASSES.length)]} jid=${hex(24)}`;
      line(`${time} ${context} INFO: start`);
      for (let left = linesPerJob; left > 0; left--) line(applicationLine(time, context, left, below));
      const name = /class=(\w+)/.exec(context)![1];
      line(`${time} ${context} INFO: [MemoryProfiling] job=${name} queue=default`);
      line(
        `heap_live_delta=${below(90_000) - 40_000} objects_allocated=${below(2_000_000)} gc_runs=${1 + below(9)} rss_kb=${250_000 + below(90_000)} rss_delta_kb=${below(900) - 400}`,
      );
      line(TYPES.map((type) => `T_${type}=${below(9000) - 4000}`).join(' '));
      line(`${time} ${context} elapsed=${(below(9000) / 1000).toFixed(3)} INFO: done`);
    }
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

function applicationLine(time: string, context: string, kind: number, below: (limit: number) => number): string {
  switch (kind % 5) {
    case 0:
      return `${time} ${context} INFO: Completed 200 OK in ${below(300)}ms (Views: ${below(90)}.1ms | ActiveRecord: ${below(90)}.7ms | Allocations: ${below(90_000)})`;
    case 1:
      return `D, [${time} #${6000 + below(4)}] DEBUG -- :   Entry Load (${below(9)}.${below(9)}ms)  SELECT "entries".* FROM "entries" WHERE "entries"."account_id" = $1 AND "entries"."date" BETWEEN $2 AND $3 ORDER BY "entries"."date" ASC  [["account_id", ${below(9999)}], ["date", "2024-01-01"], ["date", "2026-01-01"]]`;
    case 2:
      return `${time} method=GET path=/accounts/${below(9999)} format=html controller=AccountsController action=show status=200 duration=${below(400)}.31 view=${below(90)}.20 db=${below(90)}.11`;
    case 3:
      return `  app/models/balance/sync_cache.rb:${below(90)}:in 'block in converted_entries'`;
    default:
      return `10.0.${below(255)}.${below(255)} - - [05/Jan/2026:00:00:00 +0000] "POST /api/v1/valuations HTTP/1.1" 201 ${below(9000)} "-" "Faraday v2.9.0"`;
  }
}
