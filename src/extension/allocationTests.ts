import {
  type CancellationToken,
  type Disposable,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  type TestRunRequest,
  type TextDocument,
  tests,
  type Uri,
  workspace,
} from 'vscode';
import type { ProfileTarget } from '../capture/profileRun';
import type { RubyTest } from '../capture/rubyTests';
import { testFramework } from '../capture/testFramework';
import { Runnables } from '../protocol/captureRequests';
import { start, targetOfTest, wholeFile } from './profileCommands';
import { profileName } from './profileStore';
import type { ProfileTasks } from './profileTasks';
import type { ServerConnection } from './serverConnection';
import { readSetting, settingName } from './settings';

/** Lists the tests of open files in the Testing view while the setting `testing` is on. */
export function listAllocationTests(server: ServerConnection, tasks: ProfileTasks): Disposable {
  let list = readSetting('testing') ? new AllocationTests(server, tasks) : null;
  const subscription = workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(settingName('testing'))) return;
    list?.dispose();
    list = readSetting('testing') ? new AllocationTests(server, tasks) : null;
  });
  return {
    dispose: () => {
      subscription.dispose();
      list?.dispose();
    },
  };
}

/** A controller of its own, beside those of the extensions that run tests for their results: these are run for what they allocate. */
class AllocationTests implements Disposable {
  private readonly controller: TestController;
  private readonly targets = new WeakMap<TestItem, ProfileTarget>();
  private readonly subscriptions: readonly Disposable[];
  /** Nothing is asked of the server before somebody looks at tests. */
  private isShown = false;

  constructor(
    private readonly server: ServerConnection,
    private readonly tasks: ProfileTasks,
  ) {
    this.controller = tests.createTestController('allocationHotspots', 'Allocations');
    this.controller.resolveHandler = async (item) => {
      if (item !== undefined) return;
      this.isShown = true;
      await Promise.all(workspace.textDocuments.map((document) => this.list(document)));
    };
    const run = (request: TestRunRequest, token: CancellationToken): Promise<void> => this.run(request, token);
    this.subscriptions = [
      this.controller,
      this.controller.createRunProfile('Profile Allocations', TestRunProfileKind.Run, run, true),
      workspace.onDidOpenTextDocument((document) => this.list(document)),
      workspace.onDidSaveTextDocument((document) => this.list(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.controller.items.delete(uri.toString())),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async list({ uri, isClosed }: TextDocument): Promise<void> {
    if (!this.isShown || isClosed || uri.scheme !== 'file' || testFramework(uri.fsPath) === null) return;
    const { tests: found } = await this.server.request(Runnables, { uri: uri.toString() });
    const file = this.controller.createTestItem(uri.toString(), profileName(uri.toString()), uri);
    file.description = workspace.asRelativePath(uri);
    this.targets.set(file, wholeFile(uri));
    file.children.replace(found.map((test, index) => this.itemOf(test, uri, `${index}`)));
    this.controller.items.add(file);
  }

  private itemOf(test: RubyTest, uri: Uri, id: string): TestItem {
    const item = this.controller.createTestItem(id, test.name, uri);
    item.range = new Range(test.firstLine, 0, test.firstLine, 0);
    item.sortText = String(test.firstLine).padStart(7, '0');
    this.targets.set(item, targetOfTest(test, uri));
    item.children.replace(test.children.map((child, index) => this.itemOf(child, uri, `${id}.${index}`)));
    return item;
  }

  /** One program after the other: each has a profile of its own. */
  private async run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const { include, exclude } = request;
    const items = include ?? [...this.controller.items].map(([, item]) => item);
    const wanted = items.filter((item) => exclude?.includes(item) !== true);
    const run = this.controller.createTestRun(request);
    for (const item of wanted) {
      if (token.isCancellationRequested) run.skipped(item);
      else await this.runItem(item, run, token);
    }
    run.end();
  }

  private async runItem(item: TestItem, run: TestRun, token: CancellationToken): Promise<void> {
    const target = this.targets.get(item);
    if (target === undefined || item.uri === undefined) return run.skipped(item);
    run.started(item);
    const began = Date.now();
    const outcome = await start(this.tasks, target, item.uri, (execution) => {
      token.onCancellationRequested(() => execution.terminate());
    });
    if (outcome === null || outcome.exitCode === undefined) return run.skipped(item);
    if (outcome.exitCode === 0) return run.passed(item, Date.now() - began);
    run.failed(item, new TestMessage(`Ended with exit code ${outcome.exitCode}: the terminal has what it wrote.`));
  }
}
