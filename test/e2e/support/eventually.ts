/** How long the slow machine of a CI run may take for one thing to happen in the editor. */
export const patienceMs = 30_000;

/**
 * Asks again and again until `check` neither throws nor answers null, undefined or false, and answers what it answered.
 * After the deadline it throws what the last try said. The only way a journey waits: there are no sleeps.
 */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  { withinMs = patienceMs, everyMs = 100 } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  let reason = '';
  for (;;) {
    try {
      const answer = await check();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      reason = `the last answer was ${String(answer)}`;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s; ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
