import { type ExtensionContext, env, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { mergedFiles } from '../protocol/mergedUri';
import { Actions } from './actions';
import { listAllocationTests } from './allocationTests';
import { announceDumps } from './announceDumps';
import { Comparing } from './comparing';
import { FindingsView } from './findingsView';
import { FollowCursor } from './followCursor';
import { Heat } from './heat';
import { HotLinesView } from './hotLinesView';
import { provideJobLogs } from './jobLogEditor';
import { keepContextKeys } from './keepContextKeys';
import { Memory } from './memory';
import { provideMergedFiles } from './mergedFileSystem';
import { offerViews } from './offerViews';
import { PathMapping } from './pathMapping';
import { ProfileEditors } from './profileEditor';
import { type ProfileEntry, ProfileStore } from './profileStore';
import { showProfiles } from './profilesView';
import { ProfileTasks } from './profileTasks';
import { registerCommands } from './registerCommands';
import { sampleMapping } from './sample';
import { ServerConnection } from './serverConnection';
import { readSetting, settingName } from './settings';
import { showStatus } from './statusBar';
import type { ViewSelection } from './treeSelection';
import { watchProfiles } from './watchProfiles';

let server: ServerConnection | null = null;

/**
 * Wires the parts together. Starts nothing that costs: the server runs from the first profile on, which is either
 * opened by the user or the one that was active when this workspace was left.
 */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Allocation Hotspots', { log: true });
  const memory = new Memory(context.workspaceState, context.globalState);
  const connection = new ServerConnection(context.asAbsolutePath('dist/server.js'), log);
  server = connection;
  const store = new ProfileStore({
    server: connection,
    lens: memory.lens ?? readSetting('lens'),
    remembered: (uri) => ({ ...sampleMapping(context.extensionUri, uri), ...memory.mappings }),
    leftOut: (uri) => memory.leftOut(uri),
    baseline: (uri) => memory.baselineOf(uri),
  });
  const comparing = new Comparing(store, memory);
  const heat = new Heat(store, connection, memory.heat ?? readSetting('heat'));
  const hotLines = new HotLinesView(store, connection, memory.grouping);
  const findings = new FindingsView(store, connection, memory.findingGrouping);
  const onSelected = (selection: ViewSelection): void => {
    hotLines.select(selection);
    findings.select(selection);
  };
  const panels = { extensionUri: context.extensionUri, store, server: connection, log, comparing, onSelected };
  const editors = new ProfileEditors(panels, memory);
  const mapping = new PathMapping(store, memory);
  const status = showStatus(store, heat);
  const keys = keepContextKeys(store, heat, memory);
  const dumps = Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'profiles');
  const tasks = new ProfileTasks(context.extensionUri, dumps, memory);
  const actions = new Actions({
    extensionId: context.extension.id,
    extensionUri: context.extensionUri,
    locale: env.language,
    log,
    memory,
    store,
    editors,
    heat,
    hotLines,
    findings,
    mapping,
    comparing,
    tasks,
    server: connection,
  });

  context.subscriptions.push(
    log,
    editors,
    heat,
    hotLines,
    findings,
    status,
    keys,
    tasks,
    showProfiles(store),
    new FollowCursor(store, connection, editors),
    provideMergedFiles(),
    watchProfiles(store),
    announceDumps(store, memory, comparing),
    listAllocationTests(connection, tasks),
    offerViews(memory),
    provideJobLogs({ extensionUri: context.extensionUri, store, server: connection, log, editors }),
    ...registerCommands(actions),
    connection.onLoadProgress((params) => store.progress(params)),
    connection.onDidRestart(() => store.reopenAll()),
    connection.onDidGiveUp(() => store.serverLost()),
    connection.onHeatChanged(({ uris }) => (uris === null ? store.refreshSummaries() : undefined)),
    heat.onDidToggle(() => {
      status.update();
      keys.update();
    }),
    workspace.onDidChangeConfiguration((event) => {
      // A changed setting wins over what was chosen before it.
      if (event.affectsConfiguration(settingName('heat'))) {
        memory.heat = null;
        heat.show(readSetting('heat'));
      }
      if (event.affectsConfiguration(settingName('lens'))) void store.setLens(readSetting('lens'));
      if (event.affectsConfiguration(settingName('endOfLineText'))) heat.refresh();
    }),
    store.onDidChange((change) => {
      if (change.kind === 'active') memory.active = store.active;
      if (change.kind === 'lens') memory.lens = store.lens === readSetting('lens') ? null : store.lens;
      if (change.kind !== 'entry') return;
      const entry = store.entry(change.uri);
      if (entry !== undefined) logEntry(log, entry);
      if (entry?.state === 'ready') void mapping.askOnce(entry.summary);
    }),
  );
  if (memory.active !== null) void restoreActive(store, memory, memory.active, log);
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
  server = null;
}

/** Editors show the heat of the profile that was active before, whether or not it has a tab. */
async function restoreActive(store: ProfileStore, memory: Memory, uri: string, log: LogOutputChannel): Promise<void> {
  try {
    // A merged profile is no file: what is missing of it is named when it is read.
    if (mergedFiles(uri) === null) await workspace.fs.stat(Uri.parse(uri));
  } catch {
    log.info(`${uri} was active before and is gone.`);
    memory.active = null;
    return;
  }
  const entry = await store.load(uri);
  if (entry.state === 'ready') await store.setActive(uri);
  else if (!store.isHeld(uri)) await store.close(uri);
}

function logEntry(log: LogOutputChannel, entry: ProfileEntry): void {
  if (entry.state === 'failed') {
    const at = entry.error.offset === null ? '' : ` (byte ${entry.error.offset})`;
    log.warn(`${entry.name}: ${entry.error.reason}${at}: ${entry.error.message}`);
  }
  if (entry.state !== 'ready') return;
  const { name, loadMs, samples, methods, detail, fileBytes, mapping } = entry.summary;
  log.info(
    `${name}: ${fileBytes} bytes in ${Math.round(loadMs)} ms; ${samples} samples, ${methods} methods, ${detail}; ` +
      `${mapping.mappedFiles} files mapped, ${mapping.missingFiles} missing`,
  );
  for (const problem of entry.summary.problems) log.info(`${name}: ${problem.code}: ${problem.message}`);
}
