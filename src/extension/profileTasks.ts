import {
  type Disposable,
  EventEmitter,
  FileType,
  ProcessExecution,
  Task,
  type TaskDefinition,
  type TaskExecution,
  type TaskProvider,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { dumpOf, exitWithoutStackprof, type ProfileTarget, profileRun, titleOf } from '../capture/profileRun';
import { taskType } from '../protocol/ids';
import { findApplication } from './findApplication';
import type { Memory } from './memory';
import { openInView } from './pickProfile';
import { readSetting } from './settings';
import { targetOfDefinition } from './taskDefinition';

/** Dumps that are kept, for comparisons. */
const maxKept = 30;

/** How a run ended. */
export interface RunOutcome {
  /** Undefined where the program could not be started, or was stopped with its terminal. */
  readonly exitCode: number | undefined;
  readonly dump: Uri | null;
}

/**
 * Runs what is to be profiled as tasks of VS Code: they have a terminal, can be ended, run again and written into `tasks.json`.
 * The profile opens when one ends, whoever started it.
 */
export class ProfileTasks implements TaskProvider, Disposable {
  /** Runs that have not ended, with their process once there is one. */
  private readonly running = new Map<TaskExecution, number | null>();
  private readonly ended = new EventEmitter<{ readonly execution: TaskExecution; readonly outcome: RunOutcome }>();
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly extensionUri: Uri,
    /** Where dumps go; made when the first one is written. */
    private readonly folder: Uri,
    private readonly memory: Memory,
  ) {
    this.subscriptions = [
      this.ended,
      tasks.registerTaskProvider(taskType, this),
      tasks.onDidStartTask(({ execution }) => {
        if (execution.task.definition.type === taskType) this.running.set(execution, null);
      }),
      tasks.onDidStartTaskProcess(({ execution, processId }) => {
        if (this.running.has(execution)) this.running.set(execution, processId);
      }),
      tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (this.running.has(execution)) void this.finish(execution, exitCode);
      }),
      // Without a process there is no end of one.
      tasks.onDidEndTask(({ execution }) => {
        if (this.running.get(execution) === null) void this.finish(execution, undefined);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Nothing is offered unasked: what there is to profile depends on the cursor, and the commands know it. */
  provideTasks(): Task[] {
    return [];
  }

  /** A task of `tasks.json`; undefined where its definition says nothing that can be run. */
  async resolveTask(task: Task): Promise<Task | undefined> {
    const folder = typeof task.scope === 'object' ? task.scope : workspace.workspaceFolders?.[0];
    const target = targetOfDefinition(task.definition);
    if (target === null || folder === undefined) return undefined;
    return this.taskOf(target, folder, task.definition);
  }

  /** Runs a target and answers when it has ended; `onStart` gets what can end it. Rejects where it cannot be run. */
  async run(
    target: ProfileTarget,
    file: Uri,
    onStart: (execution: TaskExecution) => void = () => {},
  ): Promise<RunOutcome> {
    const folder = workspace.getWorkspaceFolder(file);
    const task = await this.taskOf(target, folder ?? Uri.joinPath(file, '..'), { type: taskType, ...target }, file);
    return new Promise((resolve, reject) => {
      let started: TaskExecution | null = null;
      const early = new Map<TaskExecution, RunOutcome>();
      const subscription = this.ended.event(({ execution, outcome }) => {
        early.set(execution, outcome);
        if (execution === started) settle(outcome);
      });
      const settle = (outcome: RunOutcome): void => {
        subscription.dispose();
        resolve(outcome);
      };
      tasks.executeTask(task).then((execution) => {
        started = execution;
        onStart(execution);
        const outcome = early.get(execution);
        if (outcome !== undefined) settle(outcome);
      }, reject);
    });
  }

  private async taskOf(
    target: ProfileTarget,
    scope: WorkspaceFolder | Uri,
    definition: TaskDefinition,
    file?: Uri,
  ): Promise<Task> {
    const around = scope instanceof Uri ? scope : scope.uri;
    const { app, pathOf } = await findApplication(file ?? fileOf(target, around), around);
    const placed = 'file' in target ? { ...target, file: pathOf(file ?? fileOf(target, around)) } : target;
    const interval = Math.round(readSetting('profileInterval'));
    const { program, args, env, cwd } = profileRun(placed, app, {
      ruby: readSetting('ruby'),
      recorder: Uri.joinPath(this.extensionUri, 'media', 'ruby', 'profile_allocations.rb').fsPath,
      folder: this.folder.fsPath,
      interval: interval >= 1 ? interval : 1,
    });
    const task = new Task(
      definition,
      scope instanceof Uri ? TaskScope.Global : scope,
      `Profile ${titleOf(placed)}`,
      'Allocation Hotspots',
      new ProcessExecution(program, [...args], { cwd, env: { ...env } }),
      [],
    );
    task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
    return task;
  }

  /** Opens what was recorded, or says why nothing was. */
  private async finish(execution: TaskExecution, exitCode: number | undefined): Promise<void> {
    const pid = this.running.get(execution) ?? null;
    this.running.delete(execution);
    // A terminal that is closed leaves its program to end by itself.
    if (pid !== null && exitCode === undefined) await endOf(pid);
    const dump = pid === null ? null : await this.dumpOf(pid);
    this.ended.fire({ execution, outcome: { exitCode, dump } });
    const { name } = execution.task;
    if (dump !== null) {
      await openInView(dump, this.memory);
      if (exitCode !== 0)
        window.setStatusBarMessage(`$(warning) ${name} ended${codeOf(exitCode)}; its profile is open.`, 8000);
    } else if (exitCode === exitWithoutStackprof) {
      void window.showErrorMessage(
        'Nothing was recorded: the gem stackprof is not installed for this Ruby. Run gem install stackprof, or add it to the Gemfile.',
      );
    } else {
      void window.showErrorMessage(`${name} ended${codeOf(exitCode)} and wrote no profile: its terminal says why.`);
    }
    await this.dropOld();
  }

  private async dumpOf(pid: number): Promise<Uri | null> {
    const name = dumpOf(pid, await this.names());
    return name === null ? null : Uri.joinPath(this.folder, name);
  }

  private async names(): Promise<string[]> {
    try {
      const entries = await workspace.fs.readDirectory(this.folder);
      return entries.filter(([, type]) => type === FileType.File).map(([name]) => name);
    } catch {
      return []; // Nothing was written yet.
    }
  }

  /** The name of a dump ends in the time it was written. */
  private async dropOld(): Promise<void> {
    const timeOf = (name: string): number => Number(/_(\d+)\.dump(?:\.part)?$/.exec(name)?.[1] ?? 0);
    const old = (await this.names()).sort((a, b) => timeOf(b) - timeOf(a)).slice(maxKept);
    for (const name of old) await workspace.fs.delete(Uri.joinPath(this.folder, name));
  }
}

/** The file that says which application a target belongs to: a job without one, that of the folder. */
function fileOf(target: ProfileTarget, folder: Uri): Uri {
  return Uri.joinPath(folder, 'file' in target ? target.file : 'Gemfile');
}

/** Waits for a process that was told to end, ten seconds at most. */
async function endOf(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function codeOf(exitCode: number | undefined): string {
  return exitCode === undefined ? '' : ` with exit code ${exitCode}`;
}
