/**
 * Everything the view knows, and the one function that changes it. Pure: messages and gestures are actions in, a new state
 * comes out; drawing and asking the server follow from comparing states. The flame graph's columns are held as they came.
 *
 *   what                       lives in                                      kept over reload
 *   the profile, its problems  `summary`, from the extension                 no (comes again)
 *   where the user is          `tab refinement groupBy direction order       yes: `ViewState`
 *                              rootsAt colourBy range scrollTop query selected middle
 *                              compared
 *                              findingGrouping findingFilter`
 *   where the user was         `history`                                     no
 *   who has which colour       `colourSlots`                                 no
 *   what was asked for         `base detail answers`                         no (asked again)
 */
import { assertNever } from '../src/profile/assertNever';
import type { ComparedWidth } from '../src/profile/compareTrees';
import type { GroupBy, Lens } from '../src/profile/lens';
import type { DecodeError } from '../src/profile/problem';
import type { TreeShape } from '../src/profile/treeShape';
import type { FindingFilter, FindingGrouping } from '../src/protocol/groupFindings';
import type { ProfileSummary } from '../src/protocol/requests';
import type { MethodPlace, ViewQuestions, ViewState, ViewTab } from '../src/protocol/webview';
import { type ColourBy, type ColourSlots, noSlots, withSlotsOf } from './colouring';
import { comparedPicture } from './comparedPicture';
import { type FlameTree, type Picture, samePicture } from './flameTree';
import { type History, noHistory, remember, stepped } from './history';
import { noTimeOrder, pictureOrder } from './pictureOrder';
import { type Answers, type SubjectQuestion, subjectKey } from './subjects';
import { everything, type ViewFilter, type ViewRefinement, withFilter, withoutFilter } from './viewFilters';
import { clampRange, type SampleRange } from './viewport';

/** A method (or a method at a line) that all parts of the view show as selected. */
export interface Selection extends MethodPlace {
  /** Line running in it, 0 when the selection is the method as a whole. */
  readonly line: number;
  /** The box of the flame graph, null when the selection came from a table. */
  readonly box: SelectedBox | null;
}

export interface SelectedBox {
  /** Call-tree node under the tree's grouping. */
  readonly node: number;
  readonly depth: number;
  readonly start: number;
  readonly total: number;
  readonly self: number;
  /** Samples of the calling box; of the whole picture for a root. */
  readonly parentTotal: number;
  /** What to open: the box itself, or for code without source its nearest caller that has some. */
  readonly source: SourcePlace | null;
}

export interface SourcePlace {
  /** As recorded. */
  readonly file: string;
  readonly line: number;
  readonly place: string;
  /** True when this is a caller, because the box itself has no source. */
  readonly ofCaller: boolean;
}

export type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'loading'; readonly name: string; readonly fraction: number | null; readonly step: string }
  | { readonly kind: 'failed'; readonly name: string; readonly error: DecodeError }
  | { readonly kind: 'ready'; readonly summary: ProfileSummary };

export interface State {
  readonly phase: Phase;
  readonly locale: string;
  readonly lens: Lens;
  readonly tab: ViewTab;
  /** Which part of the profile all tabs show. */
  readonly refinement: ViewRefinement;
  readonly groupBy: GroupBy;
  readonly direction: TreeShape['direction'];
  /** What the user wants; `pictureOrder` says what the picture has. */
  readonly order: TreeShape['order'];
  /** The method that boxes are around: in the sandwich, see `SideStore`. Null: boxes of whole stacks. */
  readonly around: number | null;
  /** The method in the middle of the sandwich. */
  readonly middle: MethodPlace | null;
  /** Where there is a baseline: whose figures make the widths of a flame graph that shows what changed; null: it shows none. */
  readonly compared: ComparedWidth | null;
  /** Where the flame graph's first level is drawn. */
  readonly rootsAt: 'top' | 'bottom';
  readonly colourBy: ColourBy;
  readonly colourSlots: ColourSlots;
  /** Visible samples; null for all. */
  readonly range: SampleRange | null;
  /** How the picture gets to `range`: under the hand, or in an eased motion the eye can follow. */
  readonly motion: 'follow' | 'glide';
  readonly scrollTop: number;
  readonly query: string;
  readonly findingGrouping: FindingGrouping;
  readonly findingFilter: FindingFilter;
  readonly selected: Selection | null;
  /** What a reload left to select as soon as boxes are here. */
  readonly restoring: ViewState['selected'];
  readonly history: History;
  readonly base: FlameTree | null;
  readonly detail: FlameTree | null;
  readonly answers: Answers;
  /** How often the profile's paths were mapped anew: places in older answers are old. */
  readonly mapped: number;
  /** How often it was compared with something else: older comparisons are old. */
  readonly rebased: number;
  /** How often the sources or the settings changed since: older findings are old. */
  readonly revised: number;
  /** The editor's cursor is followed. */
  readonly followCursor: boolean;
  /** One sentence for the status line, or null. */
  readonly notice: string | null;
}

export type Action =
  | { readonly type: 'loading'; readonly name: string; readonly fraction: number | null; readonly step: string }
  | { readonly type: 'profile'; readonly summary: ProfileSummary; readonly lens: Lens; readonly locale: string }
  | { readonly type: 'failed'; readonly name: string; readonly error: DecodeError }
  | { readonly type: 'lens'; readonly lens: Lens }
  | { readonly type: 'tab'; readonly tab: ViewTab }
  | { readonly type: 'groupBy'; readonly groupBy: GroupBy }
  | { readonly type: 'compared'; readonly compared: ComparedWidth | null }
  | { readonly type: 'direction'; readonly direction: TreeShape['direction'] }
  | { readonly type: 'order'; readonly order: TreeShape['order'] }
  | { readonly type: 'middle'; readonly method: MethodPlace }
  | { readonly type: 'rootsAt'; readonly rootsAt: State['rootsAt'] }
  | { readonly type: 'colourBy'; readonly colourBy: ColourBy }
  | { readonly type: 'addFilter'; readonly filter: ViewFilter }
  | { readonly type: 'removeFilter'; readonly filter: ViewFilter }
  | { readonly type: 'clearFilters' }
  /** Back (-1) or forth (1) among what was looked at. */
  | { readonly type: 'step'; readonly step: -1 | 1 }
  | { readonly type: 'range'; readonly range: SampleRange | null; readonly motion: State['motion'] }
  | { readonly type: 'scroll'; readonly scrollTop: number }
  | { readonly type: 'query'; readonly query: string }
  | { readonly type: 'select'; readonly selection: Selection | null }
  /** The box of what is selected, in the picture that is here. */
  | { readonly type: 'box'; readonly box: SelectedBox | null }
  | { readonly type: 'base'; readonly tree: FlameTree }
  | { readonly type: 'detail'; readonly tree: FlameTree }
  | {
      readonly type: 'answer';
      readonly question: SubjectQuestion;
      /** `subjectKey` of the state it was asked in. */
      readonly key: string;
      readonly result: ViewQuestions[SubjectQuestion]['result'];
    }
  | { readonly type: 'findingsChanged' }
  | { readonly type: 'findingGrouping'; readonly grouping: FindingGrouping }
  | { readonly type: 'findingFilter'; readonly filter: FindingFilter }
  | { readonly type: 'followCursor'; readonly on: boolean }
  | { readonly type: 'notice'; readonly text: string | null };

/** The state before the first message, with what a reload kept. */
export function initialState(kept: ViewState | null): State {
  return {
    phase: { kind: 'starting' },
    locale: 'en',
    lens: 'mine',
    tab: kept?.tab ?? 'flame',
    refinement: kept?.refinement ?? everything,
    groupBy: kept?.groupBy ?? 'line',
    direction: kept?.direction ?? 'callees',
    order: kept?.order ?? 'weight',
    around: null,
    middle: kept?.middle ?? null,
    compared: kept === null ? 'after' : kept.compared,
    rootsAt: kept?.rootsAt ?? 'top',
    colourBy: kept?.colourBy ?? 'origin',
    colourSlots: noSlots,
    range: kept?.range ?? null,
    motion: 'follow',
    scrollTop: kept?.scrollTop ?? 0,
    query: kept?.query ?? '',
    findingGrouping: kept?.findingGrouping ?? 'pattern',
    findingFilter: kept?.findingFilter ?? 'all',
    selected: null,
    restoring: kept?.selected ?? null,
    history: noHistory,
    base: null,
    detail: null,
    answers: {},
    mapped: 0,
    rebased: 0,
    revised: 0,
    followCursor: false,
    notice: null,
  };
}

/** What survives hiding, moving and reloading the view. */
export function keptState(state: State): ViewState {
  const selected = state.selected ? { frame: state.selected.frame, line: state.selected.line } : state.restoring;
  const { tab, refinement, groupBy, direction, order, rootsAt, colourBy, range, scrollTop } = state;
  const { query, middle, compared, findingGrouping, findingFilter } = state;
  const place = { tab, refinement, groupBy, direction, order, rootsAt, colourBy, range, scrollTop };
  return { ...place, query, middle, compared, findingGrouping, findingFilter, selected };
}

/** The picture that the flame graph shows or waits for. */
export function statePicture(state: State): Picture {
  const { refinement, groupBy, direction, around } = state;
  return { refinement, groupBy, direction, around, order: pictureOrder(state), compared: comparedPicture(state) };
}

/** The next state. Returns the same object when nothing changes, so that comparing is cheap. */
export function reduce(state: State, action: Action): State {
  const next = changed(state, action);
  switch (action.type) {
    case 'groupBy':
    case 'direction':
    case 'order':
    case 'addFilter':
    case 'removeFilter':
    case 'clearFilters':
    case 'middle':
    case 'range': {
      const moving = action.type === 'range' && action.motion === 'follow';
      const history = remember(state.history, state, next, moving);
      return history === state.history ? next : { ...next, history };
    }
    default:
      return next;
  }
}

function changed(state: State, action: Action): State {
  switch (action.type) {
    case 'loading':
      return { ...state, phase: { kind: 'loading', name: action.name, fraction: action.fraction, step: action.step } };
    case 'failed':
      return { ...state, phase: { kind: 'failed', name: action.name, error: action.error } };
    case 'profile':
      return withProfile(state, action.summary, action.lens, action.locale);
    case 'lens':
      return state.lens === action.lens ? state : { ...state, lens: action.lens };
    case 'tab':
      return state.tab === action.tab ? state : withTab(state, action.tab);
    case 'groupBy':
      return state.groupBy === action.groupBy
        ? state
        : otherPicture(state, { groupBy: action.groupBy, range: state.range });
    case 'direction':
      return state.direction === action.direction ? state : otherPicture(state, inDirection(state, action.direction));
    case 'order':
      return withOrder(state, action.order);
    case 'middle':
      return withMiddle(state, action.method);
    case 'compared':
      return state.compared === action.compared ? state : otherPicture(state, { compared: action.compared });
    case 'rootsAt':
      return state.rootsAt === action.rootsAt ? state : { ...state, rootsAt: action.rootsAt };
    case 'colourBy':
      return state.colourBy === action.colourBy ? state : { ...state, colourBy: action.colourBy };
    case 'addFilter':
      return withRefinement(state, withFilter(state.refinement, action.filter));
    case 'removeFilter':
      return withRefinement(state, withoutFilter(state.refinement, action.filter));
    case 'clearFilters':
      return withRefinement(state, everything);
    case 'step':
      return withStep(state, action.step);
    case 'range':
      return withRange(state, action.range, action.motion);
    case 'scroll':
      return state.scrollTop === action.scrollTop ? state : { ...state, scrollTop: action.scrollTop };
    case 'query':
      return state.query === action.query ? state : { ...state, query: action.query };
    case 'select':
      return withSelection(state, action.selection);
    case 'box':
      return state.selected ? { ...state, selected: { ...state.selected, box: action.box } } : state;
    case 'base':
      return withBase(state, action.tree);
    case 'detail':
      // A reply that belongs to another picture came too late.
      return state.base && samePicture(action.tree, state.base) ? { ...state, detail: action.tree } : state;
    case 'answer':
      return withAnswer(state, action);
    case 'findingsChanged':
      return { ...state, revised: state.revised + 1 };
    case 'findingGrouping':
      return state.findingGrouping === action.grouping ? state : { ...state, findingGrouping: action.grouping };
    case 'findingFilter':
      return state.findingFilter === action.filter ? state : { ...state, findingFilter: action.filter };
    case 'followCursor':
      return state.followCursor === action.on ? state : { ...state, followCursor: action.on };
    case 'notice':
      return state.notice === action.text ? state : { ...state, notice: action.text };
    default:
      return assertNever(action);
  }
}

/** Samples on screen when nothing is zoomed, or the zoomed range. */
export function visibleRange(state: State): SampleRange {
  const total = state.base?.totalSamples ?? 1;
  return state.range ? clampRange(state.range, total) : { from: 0, to: Math.max(total, 1) };
}

/** A message about the profile that is already shown (a new mapping, another lens) keeps what is on screen. */
function withProfile(state: State, summary: ProfileSummary, lens: Lens, locale: string): State {
  const known = state.phase.kind === 'ready' ? state.phase.summary : null;
  const next: State = { ...state, phase: { kind: 'ready', summary }, lens, locale, notice: null };
  const same = known !== null && known.uri === summary.uri && known.samples === summary.samples;
  if (same) {
    const mapped = state.mapped + (sameContent(known.mapping, summary.mapping) ? 0 : 1);
    if (sameContent(known.baseline, summary.baseline)) return { ...next, mapped };
    const { compare: _old, ...answers } = state.answers;
    return { ...next, mapped, rebased: state.rebased + 1, answers };
  }
  // Filters name frames by their place in the profile: of another one they would mean other methods.
  const refinement = known === null && summary.detail !== 'aggregate' ? state.refinement : everything;
  const direction = summary.detail === 'aggregate' ? 'callees' : state.direction;
  const order = summary.timeline === null ? 'weight' : state.order;
  const middle = known === null ? state.middle : null;
  return {
    ...next,
    refinement,
    direction,
    order,
    middle,
    colourSlots: noSlots,
    history: noHistory,
    base: null,
    detail: null,
    answers: {},
  };
}

/** Every message brings its own copy. */
function sameContent<Part extends 'mapping' | 'baseline'>(a: ProfileSummary[Part], b: ProfileSummary[Part]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Callers have no order of time. */
function inDirection({ order }: State, direction: State['direction']): Pick<State, 'direction' | 'order'> {
  return { direction, order: direction === 'callers' ? 'weight' : order };
}

function withOrder(state: State, order: State['order']): State {
  if (state.order === order || (order === 'time' && noTimeOrder(state) !== null)) return state;
  return otherPicture(state, { order, direction: order === 'time' ? 'callees' : state.direction });
}

/** The sandwich opens with what is selected in its middle; later it keeps what it has. */
function withTab(state: State, tab: ViewTab): State {
  const { selected } = state;
  const first = tab === 'sandwich' && state.middle === null && selected !== null && selected.frame >= 0;
  return { ...state, tab, middle: first ? methodOf(selected) : state.middle, notice: null };
}

function withMiddle(state: State, method: MethodPlace): State {
  const middle = state.middle?.frame === method.frame ? state.middle : methodOf(method);
  return state.tab === 'sandwich' && middle === state.middle ? state : { ...state, tab: 'sandwich', middle };
}

function methodOf({ frame, name, file, place, definitionLine, origin }: MethodPlace): MethodPlace {
  return { frame, name, file, place, definitionLine, origin };
}

function withRange(state: State, range: SampleRange | null, motion: State['motion']): State {
  const total = state.base?.totalSamples;
  if (total === undefined) return state;
  const clamped = range === null ? null : clampRange(range, total);
  const next = clamped !== null && clamped.from <= 0 && clamped.to >= total ? null : clamped;
  if (next?.from === state.range?.from && next?.to === state.range?.to) return state;
  return { ...state, range: next, motion };
}

function withRefinement(state: State, refinement: ViewRefinement): State {
  return refinement === state.refinement ? state : otherPicture(state, { refinement });
}

/** Another picture has other boxes: the selected method stays, its box is looked up when they are here. */
function otherPicture(
  state: State,
  change: Partial<Pick<State, 'refinement' | 'groupBy' | 'direction' | 'order' | 'range' | 'compared'>>,
): State {
  return { ...state, range: null, motion: 'follow', notice: null, ...change };
}

function withStep(state: State, step: -1 | 1): State {
  const found = stepped(state.history, state, step);
  if (found === null) return state;
  const { look, history } = found;
  // Another method in the middle is seen in one tab only.
  const tab = look.middle !== null && look.middle !== state.middle ? 'sandwich' : state.tab;
  return { ...state, ...look, tab, history, motion: 'glide', notice: null };
}

function withSelection(state: State, selection: Selection | null): State {
  return { ...state, selected: selection, restoring: null, notice: null };
}

/** An answer to what nobody asks any more came too late. */
function withAnswer(state: State, { question, key, result }: Extract<Action, { type: 'answer' }>): State {
  if (subjectKey(state, question) !== key) return state;
  return { ...state, answers: { ...state.answers, [question]: { key, result } } };
}

/** A new coarse tree; one of another picture has other nodes, so finer boxes of the old one go. */
function withBase(state: State, tree: FlameTree): State {
  if (!samePicture(tree, statePicture(state))) return state;
  const detail = state.detail && samePicture(state.detail, tree) ? state.detail : null;
  const range = state.range === null ? null : clampRange(state.range, tree.totalSamples);
  const { base, selected } = state;
  const moved = selected?.box && base && !samePicture(base, tree);
  const colourSlots = withSlotsOf(state.colourSlots, tree);
  return { ...state, base: tree, detail, range, colourSlots, selected: moved ? { ...selected, box: null } : selected };
}
