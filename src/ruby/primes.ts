/**
 * Whether sampling every Nth allocation can fall into step with a loop: with an interval that has small factors some lines of
 * a tight loop are sampled every time and others never. 2 and 5 are prime, yet divide most row sizes that people write.
 */
export function isRoundInterval(interval: number): boolean {
  return interval === 2 || interval === 5 || (interval > 1 && !isPrime(interval));
}

/** The next larger interval that is not round. */
export function nextPrimeInterval(interval: number): number {
  let next = interval + 1;
  while (isRoundInterval(next)) next++;
  return next;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return number > 1;
}
