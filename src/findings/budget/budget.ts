/** What a budget is about. */
export type BudgetSubject =
  /** Everything that was recorded. */
  | { readonly by: 'total' }
  /** What a job class allocates: below its `perform`. */
  | { readonly by: 'job'; readonly job: string }
  /** A method by its recorded name: `SyncJob#perform`. */
  | { readonly by: 'method'; readonly method: string }
  /** All files that a path or pattern (`app/models/**\/*.rb`) means, together. */
  | { readonly by: 'file'; readonly file: string }
  | { readonly by: 'line'; readonly file: string; readonly line: number };

/**
 * `through`: allocations with the subject anywhere on the stack, once each. `own`: those whose deepest line of the
 * application's code is the subject's.
 */
export type BudgetBase = 'through' | 'own';

/** At most so much. `growth`: more than the baseline has. */
export type BudgetLimit =
  | { readonly by: 'objects'; readonly most: number }
  /** Of all objects, 0 to 1. */
  | { readonly by: 'share'; readonly most: number }
  | { readonly by: 'growth'; readonly most: number; readonly in: 'objects' | 'percent' };

export interface Budget {
  readonly subject: BudgetSubject;
  readonly counts: BudgetBase;
  /** One at least, one of a kind at most. */
  readonly limits: readonly BudgetLimit[];
  /** What its author says of it, or null. */
  readonly why: string | null;
  /** Line of the budget file, 1-based. */
  readonly line: number;
}
