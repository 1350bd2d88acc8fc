/**
 * The messages between the extension and the profile view (webview). The view asks, the extension passes the question
 * on to the server and answers; nothing is sent before the view said `ready`.
 */
import type { GroupBy, Lens } from '../profile/lens';
import type { DecodeError } from '../profile/problem';
import type {
  CallersParams,
  CallersResult,
  FlameData,
  FlameParams,
  HotLinesParams,
  HotLinesResult,
  MethodsParams,
  MethodsResult,
  ProfileSummary,
  SearchParams,
  SearchResult,
} from './requests';

/** Questions of the view that the extension forwards as they are (with `uri` filled in). */
export interface ViewQuestions {
  flame: { params: Omit<FlameParams, 'uri'>; result: FlameData };
  hotLines: { params: Omit<HotLinesParams, 'uri'>; result: HotLinesResult };
  methods: { params: Omit<MethodsParams, 'uri'>; result: MethodsResult };
  callers: { params: Omit<CallersParams, 'uri'>; result: CallersResult };
  search: { params: Omit<SearchParams, 'uri'>; result: SearchResult };
}
export type ViewQuestion = keyof ViewQuestions;

export type ViewTab = 'flame' | 'lines' | 'methods';

/** What survives hiding, moving and reloading the view; kept by the view with `setState`. */
export interface ViewState {
  readonly tab: ViewTab;
  readonly groupBy: GroupBy;
  /** Visible range of the flame graph in samples; null for all. */
  readonly range: { readonly from: number; readonly to: number } | null;
  readonly scrollTop: number;
  readonly query: string;
  /** FrameIndex of the selected method, -1 for none, with its line (0 for none). */
  readonly selected: { readonly frame: number; readonly line: number } | null;
}

export type ToView =
  | { readonly type: 'loading'; readonly name: string; readonly fraction: number | null; readonly phase: string }
  | { readonly type: 'profile'; readonly summary: ProfileSummary; readonly lens: Lens; readonly locale: string }
  | { readonly type: 'failed'; readonly name: string; readonly error: DecodeError }
  | { readonly type: 'lens'; readonly lens: Lens }
  /** Show this place of the source: select its boxes and zoom to the heaviest. */
  | { readonly type: 'reveal'; readonly file: string; readonly line: number }
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly message: string };

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly id: number; readonly question: ViewQuestion; readonly params: unknown }
  | { readonly type: 'open'; readonly file: string; readonly line: number }
  | { readonly type: 'setLens'; readonly lens: Lens }
  | { readonly type: 'command'; readonly command: 'cancel' | 'retry' | 'showMapping' | 'explainInterval' }
  /** For tests and the log: the first picture is on screen, milliseconds since the data arrived. */
  | { readonly type: 'painted'; readonly ms: number; readonly boxes: number };
