/**
 * The messages between the extension (client) and the language server that owns the profiles. Requests carry all they
 * need; the server remembers open profiles, open documents, and which profile is active. A profile's id is its URI.
 * Typed arrays cross by structured clone (the server is a worker thread), never as JSON.
 */

import type { ComparedWidth } from '../profile/compareTrees';
import type { Scaling } from '../profile/comparison';
import type { ExportFormat } from '../profile/exports/exportProfile';
import type { Certainty, GroupBy, Lens } from '../profile/lens';
import type { Measure } from '../profile/measure';
import type { Origin } from '../profile/origin';
import type { DecodeError, Problem } from '../profile/problem';
import type { Detail, MetadataEntry, ProfileFormat, ProfileMode } from '../profile/profile';
import type { Refinement } from '../profile/refinement';
import type { TreePart } from '../profile/treeFamilies';
import type { TreeShape } from '../profile/treeShape';
import type { Safety } from '../ruby/pattern';

export interface PathRule {
  /** Recorded prefix, without trailing slash; empty for relative paths. */
  readonly from: string;
  /** Local folder. */
  readonly to: string;
  readonly origin: 'vote' | 'setting' | 'remembered' | 'identity';
  /** Recorded files that exist under `to` when `from` is replaced. */
  readonly files: number;
}

export interface MappingAmbiguity {
  readonly from: string;
  /** Local folders that explain the recorded files equally well. */
  readonly candidates: readonly string[];
}

export interface MappingSummary {
  readonly rules: readonly PathRule[];
  readonly ambiguous: readonly MappingAmbiguity[];
  /** Recorded application-looking files that were not found in the workspace. */
  readonly missingFiles: number;
  readonly mappedFiles: number;
}

/** One file of a merged profile. */
export interface ProfilePart {
  readonly uri: string;
  readonly name: string;
  /** From the name `stackprof_process_<pid>_<seconds>.dump`; null where it says nothing. */
  readonly pid: number | null;
  /** ISO 8601, UTC. */
  readonly writtenAt: string | null;
  /** What the sum has of it, `total` in the unit of the profile's measure; null when it is left out or could not be read. */
  readonly figures: { readonly samples: number; readonly total: number } | null;
  /** Why it could not be read or added. */
  readonly error: string | null;
}

/** Everything the summary strip, the status bar and the view say about a profile. */
export interface ProfileSummary {
  readonly uri: string;
  readonly name: string;
  readonly format: ProfileFormat;
  readonly compressed: boolean;
  readonly fileBytes: number;
  readonly mode: ProfileMode;
  readonly interval: number | null;
  readonly samples: number;
  readonly missedSamples: number;
  readonly gcSamples: number;
  readonly measure: Measure;
  readonly detail: Detail;
  /** Whether its order of recording is known, and whether the file has the times too; null: it is not known. */
  readonly timeline: 'timed' | 'untimed' | null;
  readonly problems: readonly Problem[];
  /** The files of a merged profile; empty for a single file. */
  readonly parts: readonly ProfilePart[];
  readonly metadata: readonly MetadataEntry[];
  readonly methods: number;
  readonly maxDepth: number;
  readonly mapping: MappingSummary;
  /** What it is compared with, or null. */
  readonly baseline: NamedBaseline | null;
  /** Milliseconds from request to ready, for the log channel. */
  readonly loadMs: number;
}

/** A profile that another one is compared with, and what makes the two comparable. */
export interface Baseline {
  readonly uri: string;
  readonly scaling: Scaling;
}
export interface NamedBaseline extends Baseline {
  readonly name: string;
}

/** Client -> server. Loads (or returns the already loaded) profile. Cancellable; progress by `LoadProgress`. */
export const OpenProfile = 'allocationHotspots/openProfile';
export interface OpenProfileParams {
  readonly uri: string;
  /** Answers to earlier ambiguities: recorded prefix -> local folder. */
  readonly remembered: Readonly<Record<string, string>>;
  /** Files (URIs) of a merged profile that are not in the sum; read when it is loaded. */
  readonly leftOut: readonly string[];
  /** What it was compared with before; read when somebody asks for the comparison. */
  readonly baseline: Baseline | null;
}
export type OpenProfileResult =
  | { readonly ok: true; readonly summary: ProfileSummary }
  | { readonly ok: false; readonly error: DecodeError };

/** Server -> client notification while a profile loads. */
export const LoadProgress = 'allocationHotspots/loadProgress';
export interface LoadProgressParams {
  readonly uri: string;
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly phase: 'reading' | 'counting' | 'mapping';
}

/** Client -> server notification: no editor shows the profile any more and it is not active; its memory is freed. */
export const CloseProfile = 'allocationHotspots/closeProfile';
export interface CloseProfileParams {
  readonly uri: string;
}

/** Client -> server: the profile and lens that editors show. Answers when diagnostics and lenses are out. */
export const SetActive = 'allocationHotspots/setActive';
export interface SetActiveParams {
  readonly uri: string | null;
  readonly lens: Lens;
}

/** Client -> server: the user chose a folder for a recorded prefix. Answers with the new summary; `HeatChanged` follows. */
export const ChooseMapping = 'allocationHotspots/chooseMapping';
export interface ChooseMappingParams {
  readonly uri: string;
  readonly from: string;
  readonly to: string;
}

/** What questions about a profile have in common: which profile, and which part of it is looked at. */
export interface RefinedParams {
  readonly uri: string;
  /** Filters, in order; empty for the whole profile. Refused where a profile has no stacks to filter. */
  readonly refinement: Refinement;
}

/**
 * Client -> server, from the webview: the boxes of the flame graph that overlap samples `from..to` and are at least
 * `minSamples` wide. Rows in depth-first order, heavier siblings first.
 */
export const Flame = 'allocationHotspots/flame';
export interface FlameParams extends RefinedParams {
  readonly shape: TreeShape;
  /** With the baseline, and whose figures make the widths; null: the profile alone. */
  readonly compared: ComparedWidth | null;
  readonly from: number;
  /** Infinity is not clonable through every transport: null means the end. */
  readonly to: number | null;
  readonly minSamples: number;
}
export interface FlameData {
  /** Width of the whole picture in samples (the sum over the stacks shown; samples without a stack are not drawn). */
  readonly totalSamples: number;
  readonly maxDepth: number;
  /** True when narrower boxes were left out. */
  readonly pruned: boolean;
  /** The picture is rebuilt from caller-callee sums, not from stacks. */
  readonly approximate: boolean;
  /** Why a filter was not applied, one sentence, or null. */
  readonly problem: string | null;
  /** What changed from the baseline; null: it was not asked for, or `uncompared` says why it is not here. */
  readonly change: FlameChange | null;
  readonly uncompared: string | null;
  readonly length: number;
  /** Call-tree node, stable for (uri, refinement, shape) while the profile is open. */
  readonly node: Int32Array;
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  readonly start: Float64Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** Row of `frames` below. */
  readonly frame: Int32Array;
  readonly line: Int32Array;
  readonly subtreeEnd: Int32Array;
  readonly frames: FlameFrames;
}
/** Per box, in samples of the profile: those of the baseline are scaled to them. */
export interface FlameChange {
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** -3 (much less) .. 3 (much more); 0: hardly any change, or chance. */
  readonly level: Int8Array;
}
/** The frames that the boxes of one `FlameData` name. */
export interface FlameFrames {
  /** FrameIndex in the profile; below -1: a method that only the baseline has. */
  readonly index: Int32Array;
  readonly name: readonly string[];
  /** As recorded. */
  readonly file: readonly string[];
  /** What to show: path in the workspace, `gem 1.2.3 lib/x.rb`, `C`, ... */
  readonly place: readonly string[];
  readonly definitionLine: Int32Array;
  readonly origin: Uint8Array;
  /** Samples of the method itself in all its boxes, as recorded, as a share (0..1) of the samples of what is looked at. */
  readonly ownShare: Float32Array;
}

/** Client -> server, from the webview: rows of the call tree for a table that unfolds: families, heaviest first. */
export const TreeRows = 'allocationHotspots/treeRows';
export interface TreeRowsParams extends RefinedParams {
  readonly shape: TreeShape;
  /** Call-tree node; -1 for the roots. */
  readonly node: number;
  readonly part: TreePart;
}
export interface TreeRowsResult {
  readonly length: number;
  /** Roots there are; a family may have more members than the rows that are sent. */
  readonly roots: number;
  readonly totalSamples: number;
  readonly approximate: boolean;
  /** As in `FlameData`. */
  readonly node: Int32Array;
  /** Call-tree node above, -1 for a root. */
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  readonly start: Float64Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** How many calls it makes. */
  readonly children: Int32Array;
  readonly line: Int32Array;
  /** Row of `frames` below. */
  readonly frame: Int32Array;
  readonly frames: FlameFrames;
}

/** Client -> server: rows of the hot lines table, heaviest own first. */
export const HotLines = 'allocationHotspots/hotLines';
export interface HotLinesParams extends RefinedParams {
  readonly lens: Lens;
  readonly limit: number;
}
export interface HotLineRow {
  readonly file: string;
  readonly place: string;
  readonly line: number;
  /** Method around the line, or empty. */
  readonly method: string;
  readonly own: number;
  readonly through: number;
  /** Of `own`. */
  readonly certainty: Certainty;
  readonly throughCertainty: Certainty;
  readonly origin: Origin;
  /** Heaviest callees under the line, at most five. */
  readonly callees: ReadonlyArray<{ readonly name: string; readonly samples: number }>;
  /** The method under the line that most of its own samples come by; null: the line itself, or not known. */
  readonly mostly: { readonly name: string; readonly samples: number } | null;
  /** True when the file is in the workspace. */
  readonly mapped: boolean;
}
export interface HotLinesResult {
  readonly rows: readonly HotLineRow[];
  readonly total: number;
  /** Lines at or above the threshold (`hotLineThreshold`) under the lens. */
  readonly hot: number;
  /** Samples charged to no line under this lens. */
  readonly elsewhere: number;
}

/** Client -> server: the methods table. `self` by the lens. */
export const Methods = 'allocationHotspots/methods';
export interface MethodsParams extends RefinedParams {
  readonly lens: Lens;
}
export interface MethodsResult {
  readonly length: number;
  readonly frame: Int32Array;
  readonly name: readonly string[];
  readonly file: readonly string[];
  readonly place: readonly string[];
  readonly line: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly origin: Uint8Array;
}

/** Client -> server: a profile in the format of another tool. Cancellable. */
export const Export = 'allocationHotspots/export';
export interface ExportParams extends RefinedParams {
  readonly format: ExportFormat;
  /** Whether boxes and rows are methods or their lines; pprof has both anyway. */
  readonly groupBy: GroupBy;
  /** Whom `self` and `own` of tables are charged to. */
  readonly lens: Lens;
}
export interface ExportResult {
  readonly bytes: Uint8Array;
}

/** Client -> server: samples summed up by file or by package (the application, a gem, Ruby itself), heaviest own first. */
export const RollUp = 'allocationHotspots/rollUp';
export interface RollUpParams extends RefinedParams {
  readonly lens: Lens;
  readonly by: RollUpBy;
  /** Only what belongs to this package; null: everything. */
  readonly package: string | null;
}
export type RollUpBy = 'file' | 'package';
export interface RollUpResult {
  readonly length: number;
  /** What a filter by file or package names: the file as recorded, or the package. */
  readonly key: readonly string[];
  /** What to show. */
  readonly label: readonly string[];
  /** `app`, a gem's name whatever its version, `ruby`, `eval`, `gc`, `other`. */
  readonly package: readonly string[];
  /** By the lens. */
  readonly own: Float64Array;
  /** Samples with any of its methods on the stack, once each: rows overlap. */
  readonly through: Float64Array;
  /** Methods with samples, and the files they are in. */
  readonly methods: Int32Array;
  readonly files: Int32Array;
  readonly origin: Uint8Array;
  /** Samples that belong to no row under the lens. */
  readonly elsewhere: number;
  /** False when made from caller-callee sums: estimates. */
  readonly ownExact: boolean;
  readonly throughExact: boolean;
}

/** Client -> server: who calls a method and what it calls. Samples once per sample; `exact` false when made from edges. */
export const Callers = 'allocationHotspots/callers';
export interface CallersParams extends RefinedParams {
  readonly frame: number;
}
export interface CallRow {
  readonly frame: number;
  readonly name: string;
  readonly file: string;
  readonly place: string;
  readonly line: number;
  readonly samples: number;
  readonly origin: Origin;
}
export interface CallersResult {
  readonly callers: readonly CallRow[];
  readonly callees: readonly CallRow[];
  readonly self: number;
  readonly total: number;
  readonly exact: boolean;
}

/**
 * Client -> server: frames whose name or file match, the samples that have one of them, each sample once, and the boxes
 * they are in one shape, to step through.
 */
export const Search = 'allocationHotspots/search';
export interface SearchParams extends RefinedParams {
  readonly query: string;
  readonly shape: TreeShape;
  /** As in `FlameParams`: where boxes are. */
  readonly compared: ComparedWidth | null;
}
export interface SearchResult {
  readonly frames: number;
  /** Of the shape: with `around`, only what its stacks show. */
  readonly samples: number;
  /** Boxes that match, in the whole tree. */
  readonly boxes: number;
  readonly matches: SearchMatches;
  /** The frames of the matches. */
  readonly named: FlameFrames;
  /** Why the query matches nothing it could (a broken regular expression), or null. */
  readonly error: string | null;
}

/** Matching boxes in the order of the tree: all, or the widest 10,000 of them. Columns as in `FlameData`. */
export interface SearchMatches {
  readonly length: number;
  readonly node: Int32Array;
  readonly depth: Uint16Array;
  readonly start: Float64Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** Of the box above; of the whole picture for a root. */
  readonly parentTotal: Float64Array;
  /** FrameIndex in the profile. */
  readonly frame: Int32Array;
  readonly line: Int32Array;
}

/** Client -> server: where recorded code is on this disk. */
export const Locate = 'allocationHotspots/locate';
export interface LocateParams {
  readonly uri: string;
  readonly file: string;
  /** 1-based line as recorded; 0 for none. */
  readonly line: number;
}
export type LocateResult =
  | {
      readonly ok: true;
      readonly uri: string;
      /** 0-based, moved with the edits since the capture. */
      readonly line: number;
      readonly stale: boolean;
    }
  | {
      readonly ok: false;
      /** One sentence: why there is nothing to open, what to do. */
      readonly message: string;
      /**
       * no-source: C functions, eval and core code; nothing to open anywhere. not-installed: a gem or library that is not on
       * this machine. missing: the application's own, so perhaps a mapping helps.
       */
      readonly reason: 'no-source' | 'not-installed' | 'missing';
    };

/** Client -> server: the heat of one document under the active profile and lens. */
export const FileHeat = 'allocationHotspots/fileHeat';
export interface FileHeatParams {
  readonly uri: string;
}
export interface HeatLine {
  /** 0-based, in the document as it is now. */
  readonly line: number;
  readonly own: number;
  readonly through: number;
  /** own / all samples. */
  readonly share: number;
  /** 0 (coolest that is shown) .. 4; one decoration type each. -1: stale, grey. */
  readonly level: -1 | 0 | 1 | 2 | 3 | 4;
  /** The dim phrase at the end of the line. */
  readonly text: string;
}
export interface FileHeatResult {
  readonly lines: readonly HeatLine[];
  /** One sentence when the file differs from what was profiled, else null. */
  readonly drift: string | null;
}

/** Server -> client notification: heat of these documents (all when null) must be asked for again. */
export const HeatChanged = 'allocationHotspots/heatChanged';
export interface HeatChangedParams {
  readonly uris: readonly string[] | null;
}

/** Client -> server: the activity-bar tree of hot lines in the workspace. */
export const HotTree = 'allocationHotspots/hotTree';
export interface HotTreeParams {
  readonly uri: string;
  readonly lens: Lens;
  readonly groupBy: 'file' | 'method';
}
export interface HotTreeGroup {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** URI of the file, for its icon; null when unknown. */
  readonly uri: string | null;
  readonly lines: readonly HotTreeLine[];
}
export interface HotTreeLine {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
  /** As recorded, for "reveal in flame graph". */
  readonly file: string;
  readonly recordedLine: number;
  /** True from the `hotLineThreshold` on: a stop of "next hot line". */
  readonly hot: boolean;
}
export interface HotTreeResult {
  readonly groups: readonly HotTreeGroup[];
}

/** Client -> server: the findings of a profile in the workspace's Ruby files, worked out when asked for. */
export const Findings = 'allocationHotspots/findings';
export interface FindingsParams {
  readonly uri: string;
}
export interface FindingRow {
  /** The pattern's id. */
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  /** Of all samples, 0 to 1. */
  readonly share: number;
  /** What the rewrite gains: `saves ≈12 k objects`, `lower peak: a new profile will not show it`. */
  readonly saving: string;
  /** Why, what the rewrite gains, and the condition to check or the reason that there is no edit. */
  readonly explanation: string;
  /** A rewrite is offered as a quick fix. */
  readonly hasFix: boolean;
  /** `31.0 % · saves ≈12 k objects`. */
  readonly description: string;
  readonly tooltip: string;
  readonly uri: string;
  /** The file inside the workspace. */
  readonly place: string;
  /** 0-based, now. */
  readonly line: number;
  readonly character: number;
  /** As recorded; line 1-based, 0 where the line is new since. */
  readonly file: string;
  readonly recordedLine: number;
}
export interface FindingsResult {
  /** What saves most first, then what carries most. */
  readonly findings: readonly FindingRow[];
}

/** Client -> server: what in the active profile a place in a document is, for "reveal in flame graph". */
export const Resolve = 'allocationHotspots/resolve';
export interface ResolveParams {
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
}
export interface ResolveResult {
  /** As recorded; null when the profile has nothing on this line. */
  readonly target: { readonly profile: string; readonly file: string; readonly line: number } | null;
  readonly message: string;
}

/** Settings the server reads (section `allocationHotspots`); defaults in package.json, checked by a test. */
export interface Settings {
  /** Percent of all samples from which a line is hot: diagnostics, CodeLens. */
  readonly hotLineThreshold: number;
  readonly pathMappings: Readonly<Record<string, string>>;
  readonly codeLens: boolean;
  readonly diagnostics: boolean;
  /** Ids of patterns that are not reported; `hot-line` is one too. */
  readonly ignoredPatterns: readonly string[];
}
export const defaultSettings: Settings = {
  hotLineThreshold: 1,
  pathMappings: {},
  codeLens: true,
  diagnostics: true,
  ignoredPatterns: [],
};
