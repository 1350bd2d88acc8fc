/**
 * Every name that package.json and the code share: commands, views, custom editors, context keys, colours, settings.
 * `test/manifest.test.ts` holds both sides together.
 */
import type { Lens } from '../profile/lens';
import { defaultSettings, type Settings } from './requests';

/** Prefix of commands, settings, views and context keys; also the section of the settings and the language client's id. */
export const section = 'allocationHotspots';

/** Commands of package.json. Hover and CodeLens links may use those in `linkCommands`. */
export const commands = {
  openProfile: 'allocationHotspots.openProfile',
  /** Explorer and tab menus: opens the given file in the profile view. */
  openWith: 'allocationHotspots.openWith',
  /** Explorer menu: opens all selected files as one profile. Arguments: a file, all files; none: asks. */
  openMerged: 'allocationHotspots.openMerged',
  /** Asks which files of a merged profile are in the sum. Argument: profile URI, or a tree item; none: the one in front. */
  chooseParts: 'allocationHotspots.chooseParts',
  openSample: 'allocationHotspots.openSample',
  /** Brings the profile view to the front. Argument: profile URI as a string, or a tree item; none: the active profile. */
  showProfile: 'allocationHotspots.showProfile',
  reloadProfile: 'allocationHotspots.reloadProfile',
  closeProfile: 'allocationHotspots.closeProfile',
  cancelLoading: 'allocationHotspots.cancelLoading',
  /** Argument: a tree item; none: asks. */
  chooseProfile: 'allocationHotspots.chooseProfile',
  chooseLens: 'allocationHotspots.chooseLens',
  toggleHeat: 'allocationHotspots.toggleHeat',
  nextHotLine: 'allocationHotspots.nextHotLine',
  previousHotLine: 'allocationHotspots.previousHotLine',
  /** Argument: a `RevealTarget`, a tree item, or the gutter's position; none: the cursor's line. */
  revealInFlameGraph: 'allocationHotspots.revealInFlameGraph',
  showMapping: 'allocationHotspots.showMapping',
  /** Asks what to compare a profile with. Argument as of `reloadProfile`. */
  compareWithBaseline: 'allocationHotspots.compareWithBaseline',
  stopComparing: 'allocationHotspots.stopComparing',
  /** Writes a profile for another tool; asks for the format and the file. Argument as of `reloadProfile`. */
  exportProfile: 'allocationHotspots.exportProfile',
  groupByFile: 'allocationHotspots.groupByFile',
  groupByMethod: 'allocationHotspots.groupByMethod',
  explainInterval: 'allocationHotspots.explainInterval',
  nextFinding: 'allocationHotspots.nextFinding',
  previousFinding: 'allocationHotspots.previousFinding',
  groupFindingsByPattern: 'allocationHotspots.groupFindingsByPattern',
  groupFindingsByFile: 'allocationHotspots.groupFindingsByFile',
  /** Asks which class of safety the Findings view shows. */
  filterFindings: 'allocationHotspots.filterFindings',
  /** Opens the page of a pattern. Argument: its id. */
  explainFinding: 'allocationHotspots.explainFinding',
  /** Adds a pattern to the setting `ignoredPatterns`. Argument: its id. */
  ignorePattern: 'allocationHotspots.ignorePattern',
  /** Asks for a worker's log and opens it in the job log view. */
  openJobLog: 'allocationHotspots.openJobLog',
  /** Explorer and tab menus: the same for the given file. */
  openAsJobLog: 'allocationHotspots.openAsJobLog',
  /** Writes the capture kit into an application, after a preview. */
  addCapture: 'allocationHotspots.addCapture',
  removeCapture: 'allocationHotspots.removeCapture',
  /** Argument: a file's URI; none: the active editor's. */
  profileFile: 'allocationHotspots.profileFile',
  /** The test that the cursor is in. */
  profileTest: 'allocationHotspots.profileTest',
  profileJob: 'allocationHotspots.profileJob',
  showMenu: 'allocationHotspots.showMenu',
  showLog: 'allocationHotspots.showLog',
  getStarted: 'allocationHotspots.getStarted',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

/** The place of a profile that `revealInFlameGraph` shows; file and line as recorded. */
export interface RevealTarget {
  readonly profile: string;
  readonly file: string;
  readonly line: number;
}

/** The only commands that links in hovers may run. */
export const linkCommands: readonly CommandId[] = [
  commands.revealInFlameGraph,
  commands.showProfile,
  commands.chooseLens,
  commands.showMapping,
  commands.explainInterval,
  commands.explainFinding,
];

/** A markdown or CodeLens link that runs a command: `command:id?[args]`. */
export function commandLink(command: CommandId, ...args: readonly unknown[]): string {
  return args.length === 0 ? `command:${command}` : `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}

/** Two view types, one view: VS Code gives a custom editor one priority for all its file names. */
export const editors = {
  /** Names that only StackProf's own tools write: opened by default. */
  profile: 'allocationHotspots.profile',
  /** `.dump`, `.json`, `.gz`: offered under "Open With". */
  anyFile: 'allocationHotspots.anyFile',
} as const;
export type EditorId = (typeof editors)[keyof typeof editors];

/** The read-only editor of worker logs. */
export const jobLogEditor = 'allocationHotspots.jobLog';

export const viewContainer = 'allocationHotspots';
export const views = {
  profiles: 'allocationHotspots.profiles',
  hotLines: 'allocationHotspots.hotLines',
  findings: 'allocationHotspots.findings',
} as const;

/** Type of our tasks in `tasks.json`. */
export const taskType = 'allocation-hotspots';

export const walkthrough = 'allocationHotspots.start';

/** Context keys that when clauses may use. */
export const contextKeys = {
  /** A profile is active and ready: editors show its heat. */
  hasProfile: 'allocationHotspots.hasProfile',
  /** At least one profile is in the Profiles view. */
  anyProfile: 'allocationHotspots.anyProfile',
  loading: 'allocationHotspots.loading',
  heat: 'allocationHotspots.heatShown',
  /** `file` or `method`. */
  groupBy: 'allocationHotspots.groupedBy',
  /** `pattern` or `file`. */
  groupFindingsBy: 'allocationHotspots.findingsGroupedBy',
} as const;

/** Theme colours; heat from the coolest shown level to the hottest. */
export const colors = {
  heat: [
    'allocationHotspots.heat1',
    'allocationHotspots.heat2',
    'allocationHotspots.heat3',
    'allocationHotspots.heat4',
    'allocationHotspots.heat5',
  ],
  stale: 'allocationHotspots.stale',
  foreground: 'allocationHotspots.foreground',
} as const;

/** Settings that the extension reads itself, beside the server's `Settings`. */
export interface EditorSettings {
  /** Whether editors show heat until it is toggled. */
  readonly heat: boolean;
  readonly endOfLineText: boolean;
  /** Whether the editor's cursor selects its line in the profile view. */
  readonly followCursor: boolean;
  /** The lens until another one is chosen. */
  readonly lens: Lens;
  /** The program that runs what is profiled. */
  readonly ruby: string;
  /** Every n-th allocation of what is profiled from the editor is a sample. */
  readonly profileInterval: number;
  /** Whether the Testing view lists tests to profile. */
  readonly testing: boolean;
  /** Globs of new dumps to announce. */
  readonly watchedDumps: readonly string[];
}
export const defaultEditorSettings: EditorSettings = {
  heat: true,
  endOfLineText: true,
  followCursor: false,
  lens: 'mine',
  ruby: 'ruby',
  profileInterval: 97,
  testing: true,
  watchedDumps: ['tmp/**/*stackprof*.dump', '/tmp/stackprof_*.dump'],
};

/** Every setting of package.json with its default, but the language client's own `trace.server`. */
export const allDefaults: Settings & EditorSettings = { ...defaultSettings, ...defaultEditorSettings };
