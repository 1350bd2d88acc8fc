/** A growing column of 32-bit integers; `values` is longer than `length`, `exact` cuts it. */
export class IntColumn {
  values: Int32Array;
  length = 0;

  constructor(capacity = 256) {
    this.values = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  /** A copy of exactly `length` values. */
  exact(): Int32Array {
    return this.values.slice(0, this.length);
  }
}

/** A growing column of doubles: counts that may pass 2^31. */
export class FloatColumn {
  values: Float64Array;
  length = 0;

  constructor(capacity = 256) {
    this.values = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  exact(): Float64Array {
    return this.values.slice(0, this.length);
  }
}
