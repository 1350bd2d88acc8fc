/**
 * What the view asks the server beside boxes: one row per question, from the state alone. `Questions` asks when a row's
 * parameters change, `reduce` keeps the newest answer of each, and the parts of the view read it here.
 */
import type { ViewQuestion, ViewQuestions } from '../src/protocol/webview';
import { comparedPicture } from './comparedPicture';
import { pictureOrder } from './pictureOrder';
import type { State } from './state';

/** Boxes and rows of the call tree are asked for by what is on screen: `boxQuestions.ts`, `treeQuestions.ts`. */
export type SubjectQuestion = Exclude<ViewQuestion, 'flame' | 'treeRows'>;

export interface Subject<Q extends SubjectQuestion> {
  /** Begins the sentence when there is no answer. */
  readonly failed: string;
  /** With what it is asked; null when there is nothing to ask. */
  params(state: State): ViewQuestions[Q]['params'] | null;
  /** Somebody looks at the answer now. */
  wanted(state: State): boolean;
  /** Counts what makes an answer old though it would be asked in the same words. */
  age(state: State): number;
}

/** The newest answer to each question, with what it was asked with. */
export type Answers = {
  readonly [Q in SubjectQuestion]?: { readonly key: string; readonly result: ViewQuestions[Q]['result'] };
};

/** Rows of the hot lines table; beyond, nothing is hot. */
const mostLines = 20_000;

export const subjects: { readonly [Q in SubjectQuestion]: Subject<Q> } = {
  // The number of hot lines stands on their tab; it is asked for once the picture is there, which must not wait for it.
  hotLines: {
    failed: 'Hot lines could not be loaded',
    params: ({ refinement, lens }) => ({ refinement, lens, limit: mostLines }),
    wanted: ({ tab, base }) => tab === 'lines' || base !== null,
    age: ({ mapped }) => mapped,
  },
  methods: {
    failed: 'Methods could not be loaded',
    params: ({ refinement, lens }) => ({ refinement, lens }),
    wanted: ({ tab }) => tab === 'methods' || tab === 'files',
    age: ({ mapped }) => mapped,
  },
  packages: {
    failed: 'Gems could not be added up',
    params: ({ refinement, lens }) => ({ refinement, lens, by: 'package', package: null }),
    wanted: ({ tab }) => tab === 'files',
    age: ({ mapped }) => mapped,
  },
  files: {
    failed: 'Files could not be added up',
    params: ({ refinement, lens }) => ({ refinement, lens, by: 'file', package: null }),
    wanted: ({ tab }) => tab === 'files',
    age: ({ mapped }) => mapped,
  },
  // Files are read for them: after everything else, unless somebody waits.
  findings: {
    failed: 'Findings could not be loaded',
    params: ({ phase }) => (phase.kind === 'ready' && phase.summary.mode === 'object' ? {} : null),
    wanted: ({ tab, answers }) => tab === 'findings' || answers.hotLines !== undefined,
    age: ({ mapped, revised }) => mapped + revised,
  },
  callers: {
    failed: 'Callers could not be loaded',
    params: ({ refinement, selected }) =>
      selected !== null && selected.frame >= 0 ? { refinement, frame: selected.frame } : null,
    wanted: () => true,
    age: ({ mapped }) => mapped,
  },
  middle: {
    failed: 'The method in the middle could not be counted',
    params: ({ refinement, middle }) => (middle === null ? null : { refinement, frame: middle.frame }),
    wanted: ({ tab }) => tab === 'sandwich',
    age: ({ mapped }) => mapped,
  },
  // Reads the baseline: after the picture, unless somebody waits.
  compare: {
    failed: 'The comparison could not be made',
    params: ({ phase, refinement, lens }) =>
      phase.kind === 'ready' && phase.summary.baseline !== null ? { refinement, lens } : null,
    wanted: ({ tab, base }) => tab === 'compare' || base !== null,
    age: ({ mapped, rebased }) => mapped + rebased,
  },
  search: {
    failed: 'The search failed',
    params: (state) => {
      const { refinement, query, groupBy, direction } = state;
      const compared = comparedPicture(state)?.width ?? null;
      const shape = { groupBy, direction, around: null, order: pictureOrder(state) };
      return query.trim() === '' ? null : { refinement, query, shape, compared };
    },
    wanted: () => true,
    age: ({ rebased }) => rebased,
  },
};

/** The newest answer, also while a newer one is on its way; null before the first. */
export function newestAnswer<Q extends SubjectQuestion>(
  { answers }: State,
  question: Q,
): ViewQuestions[Q]['result'] | null {
  const answer: Answers[Q] = answers[question];
  return answer?.result ?? null;
}

/** The answer to what the state would ask now, or null. */
export function currentAnswer<Q extends SubjectQuestion>(state: State, question: Q): ViewQuestions[Q]['result'] | null {
  const answer: Answers[Q] = state.answers[question];
  return answer !== undefined && answer.key === subjectKey(state, question) ? answer.result : null;
}

/** The same text for states that ask the same and get the same answer; null when there is nothing to ask. */
export function subjectKey(state: State, question: SubjectQuestion): string | null {
  const params = subjects[question].params(state);
  return params === null ? null : JSON.stringify([params, subjects[question].age(state)]);
}

/** The key of what must be asked now: wanted, and not answered yet. Null for nothing. */
export function missingKey(state: State, question: SubjectQuestion): string | null {
  if (!subjects[question].wanted(state)) return null;
  const key = subjectKey(state, question);
  return key === state.answers[question]?.key ? null : key;
}
