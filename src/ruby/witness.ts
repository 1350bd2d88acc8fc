/**
 * Frames that prove what the text cannot say. Ruby text has no types; a callee under the line does: `Hash#keys` called by
 * the line proves that `x.keys` asks a Hash and not a Redis client.
 */
export type Witness = CalledWitness | BeneathWitness | OwnWitness | AbsentWitness;

/** The line itself calls a method of this name, and, if asked for, one of `beneath` runs somewhere under that call. */
export interface CalledWitness extends Demand {
  readonly kind: 'called';
  readonly names: RegExp;
  readonly beneath: RegExp | null;
}

/** A method of this name runs somewhere under the line. */
export interface BeneathWitness extends Demand {
  readonly kind: 'beneath';
  readonly names: RegExp;
}

/** The line itself allocates: literals, strings, C methods that make no frame of their own. */
export interface OwnWitness extends Demand {
  readonly kind: 'own';
}

/** No method of this name runs under the line; or under the method around it and the own methods that call that one. */
export interface AbsentWitness extends Demand {
  readonly kind: 'absent';
  readonly names: RegExp;
  readonly under: 'line' | 'caller';
}

interface Demand {
  /** What it shows, as the end of a sentence: `that this is a Hash`. */
  readonly proves: string;
  readonly missing: MissingWitness;
}

/**
 * What is left of the finding without it. `review`: the edit is offered for review. `advice`: no edit is offered.
 * `silent`: there is no finding in the profile; without any profile the edit is for review (the Active Record section
 * needs a likely receiver for that). `mandatory`: no finding, and without a profile only for a likely receiver.
 */
export type MissingWitness = 'review' | 'advice' | 'silent' | 'mandatory';

export function called(
  names: RegExp,
  proves: string,
  missing: MissingWitness,
  beneath: RegExp | null = null,
): CalledWitness {
  return { kind: 'called', names, beneath, proves, missing };
}

export function beneath(names: RegExp, proves: string, missing: MissingWitness): BeneathWitness {
  return { kind: 'beneath', names, proves, missing };
}

export function ownObjects(proves: string, missing: MissingWitness): OwnWitness {
  return { kind: 'own', proves, missing };
}

export function absent(
  names: RegExp,
  under: 'line' | 'caller',
  proves: string,
  missing: MissingWitness,
): AbsentWitness {
  return { kind: 'absent', names, under, proves, missing };
}

/** Any frame of Active Record, Active Model or a method they generate. Without it the section is silent. */
export const activeRecord: BeneathWitness = beneath(
  /^(?:#<Class:)?(?:ActiveRecord|ActiveModel)::|Generated(?:Relation|Attribute|Association)Methods[#.]/,
  'that this is Active Record',
  'silent',
);

/** Rows were read from the database under the line. */
export const loadsRecords: BeneathWitness = beneath(
  /^ActiveRecord::.*[#.](?:exec_queries|exec_main_query|find_target|load_records|_load_from_sql|find_by_sql|instantiate_records|instantiate_instance_of|instantiate)$/,
  'that rows are loaded here',
  'silent',
);

/** Methods that read a whole collection into memory: rows of the database, lines of a file or a text. */
export const loadsCollection = new RegExp(
  `${loadsRecords.names.source}|^(?:IO|File)(?:\\.|#)readlines$|^String#lines$|^CSV(?:[.#](?:read|readlines|table)|\\.parse)$`,
);
