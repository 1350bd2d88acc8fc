/** The requests the extension may send, with their types: asking an unknown one does not compile. */
import type {
  PlanCapture,
  PlanCaptureParams,
  PlanCaptureResult,
  Runnables,
  RunnablesParams,
  RunnablesResult,
} from '../protocol/captureRequests';
import type {
  Compare,
  CompareParams,
  CompareResult,
  SetBaseline,
  SetBaselineParams,
  SetBaselineResult,
} from '../protocol/compareRequests';
import type { ReadJobLog, ReadJobLogParams, ReadJobLogResult } from '../protocol/jobLog';
import type {
  Callers,
  CallersParams,
  CallersResult,
  ChooseMapping,
  ChooseMappingParams,
  Export,
  ExportParams,
  ExportResult,
  FileHeat,
  FileHeatParams,
  FileHeatResult,
  Findings,
  FindingsParams,
  FindingsResult,
  Flame,
  FlameData,
  FlameParams,
  HotLines,
  HotLinesParams,
  HotLinesResult,
  HotTree,
  HotTreeParams,
  HotTreeResult,
  Locate,
  LocateParams,
  LocateResult,
  Methods,
  MethodsParams,
  MethodsResult,
  OpenProfile,
  OpenProfileParams,
  OpenProfileResult,
  ProfileSummary,
  Resolve,
  ResolveParams,
  ResolveResult,
  RollUp,
  RollUpParams,
  RollUpResult,
  Search,
  SearchParams,
  SearchResult,
  SetActive,
  SetActiveParams,
  TreeRows,
  TreeRowsParams,
  TreeRowsResult,
} from '../protocol/requests';

export interface ServerRequests {
  [OpenProfile]: { params: OpenProfileParams; result: OpenProfileResult };
  [SetActive]: { params: SetActiveParams; result: unknown };
  [ChooseMapping]: { params: ChooseMappingParams; result: ProfileSummary };
  [SetBaseline]: { params: SetBaselineParams; result: SetBaselineResult };
  [Compare]: { params: CompareParams; result: CompareResult | null };
  [Export]: { params: ExportParams; result: ExportResult };
  [Flame]: { params: FlameParams; result: FlameData };
  [TreeRows]: { params: TreeRowsParams; result: TreeRowsResult };
  [HotLines]: { params: HotLinesParams; result: HotLinesResult };
  [Methods]: { params: MethodsParams; result: MethodsResult };
  [RollUp]: { params: RollUpParams; result: RollUpResult };
  [Callers]: { params: CallersParams; result: CallersResult };
  [Search]: { params: SearchParams; result: SearchResult };
  [Locate]: { params: LocateParams; result: LocateResult };
  [FileHeat]: { params: FileHeatParams; result: FileHeatResult };
  [HotTree]: { params: HotTreeParams; result: HotTreeResult };
  [ReadJobLog]: { params: ReadJobLogParams; result: ReadJobLogResult };
  [PlanCapture]: { params: PlanCaptureParams; result: PlanCaptureResult };
  [Runnables]: { params: RunnablesParams; result: RunnablesResult };
  [Findings]: { params: FindingsParams; result: FindingsResult };
  [Resolve]: { params: ResolveParams; result: ResolveResult };
}
export type ServerRequest = keyof ServerRequests;
