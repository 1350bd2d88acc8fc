import { describe, expect, it } from 'vitest';
import { analyseText } from '../support/logs';

const JID = '00000000000000000000000a';
const boot = (pid: number): string =>
  `2026-11-21T10:00:00Z pid=${pid} tid=main INFO: Booting Sidekiq 7.3.9 with Sidekiq::Config options {}`;
const context = (pid: number, jid: string, name = 'BigImportJob', tid = jid.slice(-3)): string =>
  `2026-11-21T10:00:01Z pid=${pid} tid=${tid} class=${name} jid=${jid}`;
const start = (...of: Parameters<typeof context>): string => `${context(...of)} INFO: start`;
const done = (...of: Parameters<typeof context>): string => `${context(...of)} elapsed=1.0 INFO: done`;
const killed = (pid: number): string =>
  `kernel: Out of memory: Killed process ${pid} (ruby) total-vm:900000kB, anon-rss:800000kB`;

describe('poison pills', () => {
  it('are jobs whose starts end with their process, again and again', async () => {
    const { poison } = await analyseText(
      boot(1),
      start(1, JID),
      start(1, '00000000000000000000000b', 'SmallJob'),
      done(1, '00000000000000000000000b', 'SmallJob'),
      killed(1),
      boot(2),
      start(2, JID),
      killed(2),
      boot(3),
      start(3, JID),
      killed(3),
    );
    expect(poison).toEqual([{ class: 'BigImportJob', jid: JID, args: null, deaths: 3 }]);
  });

  it('are seen without a word of the kernel, when the job starts again while nobody ended it', async () => {
    const { poison } = await analyseText(...[1, 2, 3].flatMap((pid) => [boot(pid), start(pid, JID)]));
    expect(poison).toEqual([{ class: 'BigImportJob', jid: JID, args: null, deaths: 2 }]);
  });

  it('are seen in a container, where every process has the same pid', async () => {
    const { poison, processes } = await analyseText(
      boot(1),
      start(1, JID),
      boot(1),
      start(1, JID),
      boot(1),
      start(1, JID),
      boot(1),
    );
    expect(poison).toMatchObject([{ jid: JID, deaths: 3 }]);
    expect(processes).toMatchObject([{ pid: 1, restarts: 3 }]);
  });

  it('have the arguments that Active Job logs', async () => {
    const performing = (pid: number): string =>
      `${context(pid, JID)} INFO: Performing BigImportJob (Job ID: 1) from Sidekiq(low) enqueued at 2026-11-21T09:00:00Z with arguments: 17, "all"`;
    const { poison } = await analyseText(...[1, 2, 3].flatMap((pid) => [boot(pid), start(pid, JID), performing(pid)]));
    expect(poison).toMatchObject([{ args: '17, "all"', deaths: 2 }]);
  });

  it('are several jobs of one class that each died once', async () => {
    const ids = [1, 2, 3].map((pid) => `00000000000000000000000${pid}`);
    const { poison } = await analyseText(...ids.flatMap((jid, at) => [boot(at), start(at, jid), killed(at)]));
    expect(poison).toEqual([{ class: 'BigImportJob', jid: null, args: null, deaths: 3 }]);
  });

  it('are not jobs that a process hands back when it is stopped', async () => {
    const stop = (pid: number): string => `2026-11-21T10:00:02Z pid=${pid} tid=main INFO: Shutting down`;
    const { poison } = await analyseText(...[1, 2, 3].flatMap((pid) => [boot(pid), start(pid, JID), stop(pid)]));
    expect(poison).toEqual([]);
  });

  it('are not jobs that end at last', async () => {
    const { poison } = await analyseText(
      boot(1),
      start(1, JID),
      boot(2),
      start(2, JID),
      boot(3),
      start(3, JID),
      done(3, JID),
    );
    expect(poison).toEqual([]);
  });

  it('are not jobs beside one that takes the process down once', async () => {
    const { poison } = await analyseText(
      boot(1),
      start(1, JID),
      start(1, '00000000000000000000000b', 'SmallJob'),
      killed(1),
      boot(2),
      start(2, JID),
      killed(2),
      boot(3),
      start(3, '00000000000000000000000b', 'SmallJob'),
      done(3, '00000000000000000000000b', 'SmallJob'),
    );
    expect(poison).toEqual([{ class: 'BigImportJob', jid: JID, args: null, deaths: 2 }]);
  });
});
