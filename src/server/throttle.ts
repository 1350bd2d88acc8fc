/** Lets a call through when `ms` have passed since the last one that was; keeps no timer, so it drops, never delays. */
export function throttle<A extends readonly unknown[]>(ms: number, call: (...args: A) => void): (...args: A) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (...args) => {
    const now = performance.now();
    if (now - last < ms) return;
    last = now;
    call(...args);
  };
}
