/** Ends a `switch` over a closed set: does not compile while a member has no case. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
