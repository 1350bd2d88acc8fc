/** The commands that profile what the active editor shows. They are off in workspaces that are not trusted, and check that again. */
import { type TaskExecution, type TextEditor, Uri, window, workspace } from 'vscode';
import type { ProfileTarget } from '../capture/profileRun';
import type { RubyJob, RubyTest } from '../capture/rubyTests';
import { testFramework } from '../capture/testFramework';
import { Runnables } from '../protocol/captureRequests';
import { findApplication } from './findApplication';
import type { ProfileTasks, RunOutcome } from './profileTasks';
import type { ServerConnection } from './serverConnection';

/** The file as a script; a file of tests by its framework. */
export async function profileFile(tasks: ProfileTasks, argument: unknown): Promise<void> {
  const file = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  if (file === undefined || file.scheme !== 'file') return say('Open the Ruby file that is to be profiled.');
  await start(tasks, wholeFile(file), file);
}

/** The test at the cursor; outside of all, the whole file. */
export async function profileTest(tasks: ProfileTasks, server: ServerConnection): Promise<void> {
  const editor = rubyEditor();
  if (editor === null) return say('Open the file of the test that is to be profiled.');
  const { uri } = editor.document;
  const { tests } = await server.request(Runnables, { uri: uri.toString() });
  if (tests.length === 0) {
    return say('No test was found: files called *_spec.rb are read as RSpec, *_test.rb and test_*.rb as minitest.');
  }
  const test = testAt(tests, editor.selection.active.line);
  await start(tasks, test === null ? wholeFile(uri) : targetOfTest(test, uri), uri);
}

/** The job of the file; asks for its arguments. */
export async function profileJob(tasks: ProfileTasks, server: ServerConnection): Promise<void> {
  const editor = rubyEditor();
  if (editor === null) return say('Open the file of the job that is to be profiled.');
  const { uri } = editor.document;
  const { jobs } = await server.request(Runnables, { uri: uri.toString() });
  const job = jobAt(jobs, editor.selection.active.line);
  if (job === null) return say('No job was found here: a class with a method perform.');
  const folder = workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, '..');
  const { app } = await findApplication(uri, folder);
  if (!app.isRails) {
    return say(
      'Jobs are run by bin/rails runner, and there is none here. Write a script that calls perform, and profile that file.',
    );
  }
  const open = job.call.indexOf('(') + 1;
  const code = await window.showInputBox({
    title: 'Profile Allocations of This Job',
    prompt: 'Ruby that runs the job, in the environment of this machine. Its writes are real.',
    value: job.call,
    valueSelection: [open, job.call.length - 1],
  });
  if (code !== undefined && code.trim() !== '') await start(tasks, { kind: 'job', code }, uri);
}

/** Runs a target after its file was saved, and answers how it ended; null where it was not run, which is said. */
export async function start(
  tasks: ProfileTasks,
  target: ProfileTarget,
  uri: Uri,
  onStart?: (execution: TaskExecution) => void,
): Promise<RunOutcome | null> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (!workspace.isTrusted) say('Nothing is run in a workspace that is not trusted.');
  else if (open?.isDirty && !(await open.save())) say('The file could not be saved, so it was not run.');
  else return tasks.run(target, uri, onStart);
  return null;
}

/** What runs one test, or a group of them. */
export function targetOfTest({ framework, firstLine, filter }: RubyTest, uri: Uri): ProfileTarget {
  const line = firstLine + 1;
  return framework === 'rspec'
    ? { kind: 'rspec', file: uri.fsPath, line }
    : { kind: 'minitest', file: uri.fsPath, line, test: filter };
}

/** What runs a file: its tests, or the file as a script. */
export function wholeFile(uri: Uri): ProfileTarget {
  const file = uri.fsPath;
  switch (testFramework(file)) {
    case 'rspec':
      return { kind: 'rspec', file, line: null };
    case 'minitest':
      return { kind: 'minitest', file, line: null, test: null };
    case null:
      return { kind: 'script', file, args: [] };
  }
}

function rubyEditor(): TextEditor | null {
  const editor = window.activeTextEditor;
  return editor?.document.uri.scheme === 'file' && editor.document.languageId === 'ruby' ? editor : null;
}

function say(text: string): void {
  void window.showWarningMessage(text);
}

/** The innermost one that a line is in. */
function testAt(tests: readonly RubyTest[], line: number): RubyTest | null {
  const found = tests.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return found === undefined ? null : (testAt(found.children, line) ?? found);
}

/** The one that a line is in, else the first. */
function jobAt(jobs: readonly RubyJob[], line: number): RubyJob | null {
  return jobs.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine) ?? jobs[0] ?? null;
}
