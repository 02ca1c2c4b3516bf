const EVERY_MS = 10;

/**
 * Polls until the condition holds, and returns what it gave. A condition that throws does not hold yet.
 * @throws what the condition last threw, or that it did not come true within `ms` milliseconds.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { ms = 20_000, what = "the condition" }: { ms?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + ms;
  for (;;) {
    let failure: unknown = new Error(`${what} did not come true within ${ms} ms`);
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<T>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw failure;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
