import type { Schema } from './schema';

/** What is known of the project around a text. */
export interface MatchContext {
  /** Such as `3.3.8`; null when unknown. */
  readonly ruby: string | null;
  /** Version of Active Record; null when unknown or not used. */
  readonly rails: string | null;
  /** From `db/schema.rb`; null without one. */
  readonly schema: Schema | null;
  /** Version of Sidekiq Pro; null or left out when unknown or not used. */
  readonly sidekiqPro?: string | null;
}

export const noContext: MatchContext = { ruby: null, rails: null, schema: null };
