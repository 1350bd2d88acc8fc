/**
 * The worker behind the harness page: holds a profile and answers the view's questions with the server's own functions,
 * off the page's thread, as the extension does.
 */

import { bytesSource } from '../../../src/profile/formats/bytesSource';
import { decodeProfile } from '../../../src/profile/formats/decodeProfile';
import { buildLineIndex } from '../../../src/profile/lineIndex';
import { measureOf } from '../../../src/profile/measure';
import type { Problem } from '../../../src/profile/problem';
import { numberProblems } from '../../../src/profile/problems';
import type { Profile } from '../../../src/profile/profile';
import { defaultSettings, type FindingsResult } from '../../../src/protocol/requests';
import type { ViewQuestion, ViewQuestions } from '../../../src/protocol/webview';
import { callers } from '../../../src/server/callers';
import { compare } from '../../../src/server/compare';
import { Comparisons } from '../../../src/server/comparisons';
import type { ViewContext } from '../../../src/server/context';
import { flame, TreeCache } from '../../../src/server/flame';
import { hotLines } from '../../../src/server/hotLines';
import { methods } from '../../../src/server/methods';
import { columnBytesOf, maxDepthOf, type OpenProfile } from '../../../src/server/openProfile';
import { RefinedProfiles } from '../../../src/server/refinedProfiles';
import { rollUp } from '../../../src/server/rollUp';
import { search } from '../../../src/server/search';
import { summaryOf } from '../../../src/server/summary';
import { treeRows } from '../../../src/server/treeRows';
import { classifyFile } from '../../../src/source/classifyFile';
import { type MapOptions, mapFiles } from '../../../src/source/mapFiles';
import { memoryFileSystem } from '../../support/memoryFileSystem';
import { hostileProfile } from './hostileProfile';
import { type SyntheticOptions, syntheticProfile } from './syntheticProfile';

/** What the page shows: a file served beside it, a made-up profile, one with hostile names, or one without samples. */
export type Wanted =
  | { readonly kind: 'file'; readonly url: string }
  | { readonly kind: 'synthetic'; readonly options: SyntheticOptions }
  | { readonly kind: 'hostile' }
  | { readonly kind: 'empty' };

const uri = 'file:///profiles/stackprof_process_88444_1234567890.dump';
let context: ViewContext | null = null;

self.addEventListener('message', (event: MessageEvent) => {
  const { open, id, question, params } = event.data;
  const answer = open ? openWanted(open) : Promise.resolve(ask(question, { ...params, uri }));
  answer.then(
    (result) => self.postMessage({ id, ok: true, result }),
    (error: unknown) => self.postMessage({ id, ok: false, message: String(error) }),
  );
});

function ask<Q extends ViewQuestion>(question: Q, params: unknown): ViewQuestions[Q]['result'] {
  if (!context) throw new Error('No profile is open.');
  const answers = {
    flame,
    hotLines,
    methods,
    findings: noFindings,
    callers,
    middle: callers,
    packages: rollUp,
    files: rollUp,
    search,
    treeRows,
    compare,
  };
  return answers[question](context, params as never) as ViewQuestions[Q]['result'];
}

/** The harness has no Ruby to look at. */
function noFindings(): FindingsResult {
  return { findings: [] };
}

async function openWanted(wanted: Wanted): Promise<unknown> {
  const startMs = performance.now();
  const { profile, problems } = await profileOf(wanted);
  const map = await mapFiles(profile, mapOptions(profile));
  const open = {
    uri,
    profile,
    problems: [...problems, ...numberProblems(profile)],
    measure: measureOf(profile),
    columnBytes: columnBytesOf(profile),
    maxDepth: maxDepthOf(profile),
    loadMs: performance.now() - startMs,
    parts: [],
    remembered: {},
    view: { map, lines: buildLineIndex(profile, map.origin), filesByKey: new Map() },
    baseline: null,
    drifts: new Map(),
    definitions: null,
  } satisfies OpenProfile;
  const refined = new RefinedProfiles();
  context = {
    profiles: { get: () => open },
    refined,
    trees: new TreeCache(),
    comparisons: new Comparisons({ open: async () => ({ ok: true, open }) }, refined),
    settings: { get: async () => defaultSettings },
  };
  return summaryOf(open);
}

async function profileOf(wanted: Wanted): Promise<{ profile: Profile; problems: readonly Problem[] }> {
  switch (wanted.kind) {
    case 'synthetic':
      return { profile: syntheticProfile(wanted.options), problems: [] };
    case 'hostile':
      return { profile: hostileProfile(), problems: [] };
    case 'empty':
      return { profile: { ...hostileProfile(), samples: 0, stacks: syntheticProfile(nothing).stacks }, problems: [] };
    case 'file': {
      const bytes = new Uint8Array(await (await fetch(wanted.url)).arrayBuffer());
      const result = await decodeProfile(bytesSource(bytes));
      if (!result.ok) throw new Error(result.error.message);
      return result;
    }
  }
}

const nothing: SyntheticOptions = { seed: 1, boxes: 0, depth: 0, skew: 0 };

/** A workspace that holds every file of the application. */
function mapOptions({ frames, strings }: Profile): MapOptions {
  const texts: Record<string, string> = {};
  for (const file of frames.file) {
    const shape = classifyFile(strings[file]!);
    if (shape.kind === 'file' && !shape.tool && !shape.dependency)
      texts[shape.path.replace(/^\/app\//, '/home/me/finance-sync/')] = '';
  }
  return {
    roots: [{ path: '/home/me/finance-sync', name: 'finance-sync' }],
    files: memoryFileSystem(texts),
    pathMappings: {},
    remembered: {},
  };
}
