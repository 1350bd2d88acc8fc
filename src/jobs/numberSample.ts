/** A number's bits mixed (the finalizer of MurmurHash3), so that its last bits follow no rhythm. */
export function scrambled(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const LIMIT = 4096;

/** All numbers up to a limit, then an even part of them. The largest is always known. */
export class NumberSample {
  max = Number.NEGATIVE_INFINITY;
  private readonly numbers: number[] = [];
  private values: number[] = [];
  private shift = 0;
  private seen = 0;

  add(value: number): void {
    this.max = Math.max(this.max, value);
    const number = this.seen++;
    if (!this.keeps(number)) return;
    if (this.values.length >= LIMIT) this.thin();
    if (!this.keeps(number)) return;
    this.numbers.push(number);
    this.values.push(value);
  }

  sorted(): Float64Array {
    return Float64Array.from(this.values).sort();
  }

  private keeps(number: number): boolean {
    return (scrambled(number) & ((1 << this.shift) - 1)) === 0;
  }

  private thin(): void {
    this.shift++;
    this.values = this.values.filter((_value, at) => this.keeps(this.numbers[at]!));
    const kept = this.numbers.filter((number) => this.keeps(number));
    this.numbers.length = 0;
    this.numbers.push(...kept);
  }
}
