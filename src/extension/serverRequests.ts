/** The requests the extension may send, with their types: asking an unknown one does not compile. */
import type {
  Callers,
  CallersParams,
  CallersResult,
  ChooseMapping,
  ChooseMappingParams,
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
} from '../protocol/requests';

export interface ServerRequests {
  [OpenProfile]: { params: OpenProfileParams; result: OpenProfileResult };
  [SetActive]: { params: SetActiveParams; result: unknown };
  [ChooseMapping]: { params: ChooseMappingParams; result: ProfileSummary };
  [Flame]: { params: FlameParams; result: FlameData };
  [HotLines]: { params: HotLinesParams; result: HotLinesResult };
  [Methods]: { params: MethodsParams; result: MethodsResult };
  [RollUp]: { params: RollUpParams; result: RollUpResult };
  [Callers]: { params: CallersParams; result: CallersResult };
  [Search]: { params: SearchParams; result: SearchResult };
  [Locate]: { params: LocateParams; result: LocateResult };
  [FileHeat]: { params: FileHeatParams; result: FileHeatResult };
  [HotTree]: { params: HotTreeParams; result: HotTreeResult };
  [Findings]: { params: FindingsParams; result: FindingsResult };
  [Resolve]: { params: ResolveParams; result: ResolveResult };
}
export type ServerRequest = keyof ServerRequests;
