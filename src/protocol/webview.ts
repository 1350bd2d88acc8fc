/**
 * The messages between the extension and the profile view (webview). The view asks, the extension passes the question
 * on to the server and answers; nothing is sent before the view said `ready`.
 */
import type { ComparedWidth } from '../profile/compareTrees';
import type { Scaling } from '../profile/comparison';
import type { GroupBy, Lens } from '../profile/lens';
import type { DecodeError } from '../profile/problem';
import type { StackFilter } from '../profile/refinement';
import type { TreeShape } from '../profile/treeShape';
import type { CompareParams, CompareResult } from './compareRequests';
import type { FindingFilter, FindingGrouping } from './groupFindings';
import type {
  CallersParams,
  CallersResult,
  FindingsParams,
  FindingsResult,
  FlameData,
  FlameParams,
  HotLinesParams,
  HotLinesResult,
  MethodsParams,
  MethodsResult,
  ProfileSummary,
  RollUpParams,
  RollUpResult,
  SearchParams,
  SearchResult,
  TreeRowsParams,
  TreeRowsResult,
} from './requests';

/** Questions of the view that the extension forwards as they are (with `uri` filled in). */
export interface ViewQuestions {
  flame: { params: Omit<FlameParams, 'uri'>; result: FlameData };
  treeRows: { params: Omit<TreeRowsParams, 'uri'>; result: TreeRowsResult };
  hotLines: { params: Omit<HotLinesParams, 'uri'>; result: HotLinesResult };
  packages: { params: Omit<RollUpParams, 'uri'>; result: RollUpResult };
  files: { params: Omit<RollUpParams, 'uri'>; result: RollUpResult };
  methods: { params: Omit<MethodsParams, 'uri'>; result: MethodsResult };
  findings: { params: Omit<FindingsParams, 'uri'>; result: FindingsResult };
  callers: { params: Omit<CallersParams, 'uri'>; result: CallersResult };
  /** The same of the method in the middle of the sandwich. */
  middle: { params: Omit<CallersParams, 'uri'>; result: CallersResult };
  search: { params: Omit<SearchParams, 'uri'>; result: SearchResult };
  compare: { params: Omit<CompareParams, 'uri'>; result: CompareResult | null };
}
export type ViewQuestion = keyof ViewQuestions;

/** The tabs of the view, in their order. */
export const viewTabs = ['flame', 'sandwich', 'tree', 'lines', 'methods', 'files', 'findings', 'compare'] as const;
export type ViewTab = (typeof viewTabs)[number];

/** Filters with the names that the view shows for them. */
export type ViewFilters = ReadonlyArray<StackFilter & { readonly label: string }>;

/** What survives hiding, moving and reloading the view; kept by the view with `setState`. */
export interface ViewState {
  readonly tab: ViewTab;
  readonly refinement: ViewFilters;
  readonly groupBy: GroupBy;
  readonly direction: TreeShape['direction'];
  readonly order: TreeShape['order'];
  readonly rootsAt: 'top' | 'bottom';
  /** What boxes are coloured by. */
  readonly colourBy: 'origin' | 'package' | 'file' | 'heat';
  /** Visible range of the flame graph in samples; null for all. */
  readonly range: { readonly from: number; readonly to: number } | null;
  readonly scrollTop: number;
  readonly query: string;
  /** With a baseline: whose figures make the widths of the flame graph; null: it does not show the changes. */
  readonly compared: ComparedWidth | null;
  readonly findingGrouping: FindingGrouping;
  readonly findingFilter: FindingFilter;
  /** FrameIndex of the selected method, -1 for none, with its line (0 for none). */
  readonly selected: { readonly frame: number; readonly line: number } | null;
  /** The method in the middle of the sandwich. */
  readonly middle: MethodPlace | null;
}

/** A method as the view names it. */
export interface MethodPlace {
  /** FrameIndex in the profile. */
  readonly frame: number;
  readonly name: string;
  /** As recorded. */
  readonly file: string;
  readonly place: string;
  readonly definitionLine: number;
  readonly origin: number;
}

/** `preview`: shows the source while the keys stay with the view. `go`: moves there. */
export type Opening = 'preview' | 'go';

/** Where a finding is now: a document's URI, 0-based. */
export interface FindingPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** A place of the source as recorded; line 1-based, 0 for none. */
export interface SelectedPlace {
  readonly file: string;
  readonly line: number;
}

export type ToView =
  | { readonly type: 'loading'; readonly name: string; readonly fraction: number | null; readonly phase: string }
  | { readonly type: 'profile'; readonly summary: ProfileSummary; readonly lens: Lens; readonly locale: string }
  | { readonly type: 'failed'; readonly name: string; readonly error: DecodeError }
  | { readonly type: 'lens'; readonly lens: Lens }
  /** A source, a setting or a mapping changed: findings must be asked for again. */
  | { readonly type: 'findingsChanged' }
  /** Show this place of the source: select its boxes and zoom to the heaviest. */
  | { readonly type: 'reveal'; readonly file: string; readonly line: number }
  /** Show this method: select its heaviest box and zoom to it. `frame`: FrameIndex. */
  | { readonly type: 'revealMethod'; readonly frame: number; readonly name: string; readonly file: string }
  /** The cursor is there: select it, without moving anything else. */
  | { readonly type: 'follow'; readonly file: string; readonly line: number }
  /** Whether the cursor is followed. */
  | { readonly type: 'followCursor'; readonly on: boolean }
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly message: string };

/** Commands without arguments, about the profile of the view. */
export const viewCommands = [
  'cancel',
  'retry',
  'showMapping',
  'explainInterval',
  'chooseParts',
  'compareWithBaseline',
  'stopComparing',
] as const;
export type ViewCommand = (typeof viewCommands)[number];

/** Files that a picture can be kept as. */
export type PictureFormat = 'svg' | 'png';

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly id: number; readonly question: ViewQuestion; readonly params: unknown }
  | {
      readonly type: 'open';
      /** As recorded. */
      readonly file: string;
      readonly line: number;
      readonly opening: Opening;
    }
  | { readonly type: 'openFinding'; readonly place: FindingPlace; readonly opening: Opening | 'fix' }
  | { readonly type: 'explainFinding'; readonly id: string }
  | { readonly type: 'setLens'; readonly lens: Lens }
  | { readonly type: 'setFollowCursor'; readonly on: boolean }
  /** For the side bar. */
  | { readonly type: 'selected'; readonly place: SelectedPlace }
  | { readonly type: 'setScaling'; readonly scaling: Scaling }
  | { readonly type: 'command'; readonly command: ViewCommand }
  /** What the filters are now, for commands about what is shown. */
  | { readonly type: 'filters'; readonly filters: ViewFilters }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'savePicture'; readonly format: PictureFormat; readonly bytes: Uint8Array }
  /** For tests and the log: the first picture is on screen, milliseconds since the data arrived. */
  | { readonly type: 'painted'; readonly ms: number; readonly boxes: number };
