import { TYPE_NAMES } from './fields';
import { scrambled } from './numberSample';

/** Columns of a run before those of the heap types. */
export const LIVE = 0;
export const ALLOCATED = 1;
export const GC_RUNS = 2;
/** Bytes; NaN where the log has none. */
export const RSS_DELTA = 3;
const FIRST_TYPE = 4;
export const RUN_COLUMNS = FIRST_TYPE + TYPE_NAMES.length;

export function typeColumn(type: number): number {
  return FIRST_TYPE + type;
}

/**
 * Runs of one class with their figures and those of the record that came next in the same process. Keeps all of them up to a
 * limit, and then an even part: those whose number, scrambled, ends in `shift` zero bits, so that no rhythm of the log shows.
 */
export class RunSample {
  /** Columns are made when the log has them. */
  private readonly columns: (number[] | undefined)[] = Array.from({ length: 2 * RUN_COLUMNS });
  private readonly numbers: number[] = [];
  private readonly nextClasses: number[] = [];
  private shift = 0;
  private seen = 0;

  get length(): number {
    return this.numbers.length;
  }

  /** `row`: the run's figures in the order of the columns, NaN for none. Answers with its place for `addNext`, or -1. */
  add(row: Float64Array, limit: number): number {
    const number = this.seen++;
    if (!this.keeps(number)) return -1;
    while (this.numbers.length >= limit) this.thin();
    if (!this.keeps(number)) return -1;
    const at = this.numbers.length;
    this.numbers.push(number);
    this.nextClasses.push(-1);
    for (let column = 0; column < RUN_COLUMNS; column++) this.set(column, at, row[column]!);
    return number;
  }

  /** The figures of the record after the run that `add` called `number`, unless that was let go since. */
  addNext(number: number, row: Float64Array, nextClass: number): void {
    const at = this.placeOf(number);
    if (at < 0) return;
    this.nextClasses[at] = nextClass;
    for (let column = 0; column < RUN_COLUMNS; column++) this.set(RUN_COLUMNS + column, at, row[column]!);
  }

  has(column: number): boolean {
    return this.columns[column] !== undefined;
  }

  value(column: number, at: number): number {
    return this.columns[column]?.[at] ?? Number.NaN;
  }

  next(column: number, at: number): number {
    return this.value(RUN_COLUMNS + column, at);
  }

  /** Class of the record that came next, -1 where there was none. */
  nextClass(at: number): number {
    return this.nextClasses[at]!;
  }

  /** All figures of a column that are there, in the order of the log. */
  values(column: number): Float64Array {
    return Float64Array.from(this.columns[column] ?? []).filter((value) => !Number.isNaN(value));
  }

  private set(column: number, at: number, value: number): void {
    let values = this.columns[column];
    if (values === undefined) {
      if (Number.isNaN(value)) return;
      values = [];
      this.columns[column] = values;
    }
    while (values.length < at) values.push(Number.NaN);
    values[at] = value;
  }

  private placeOf(number: number): number {
    let at = this.numbers.length - 1;
    while (at >= 0 && this.numbers[at]! > number) at--;
    return at >= 0 && this.numbers[at] === number ? at : -1;
  }

  private keeps(number: number): boolean {
    return (scrambled(number) & ((1 << this.shift) - 1)) === 0;
  }

  private thin(): void {
    this.shift++;
    let to = 0;
    for (let at = 0; at < this.numbers.length; at++) {
      if (!this.keeps(this.numbers[at]!)) continue;
      this.numbers[to] = this.numbers[at]!;
      this.nextClasses[to] = this.nextClasses[at]!;
      for (const values of this.columns) if (values !== undefined) values[to] = values[at] ?? Number.NaN;
      to++;
    }
    this.numbers.length = to;
    this.nextClasses.length = to;
    for (const values of this.columns) if (values !== undefined && values.length > to) values.length = to;
  }
}
