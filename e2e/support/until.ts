import { setTimeout as delay } from "node:timers/promises";

/** Waits for a condition and checks it every few milliseconds. Fails with its name when it never holds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${deadlineMs} ms: ${what}`);
    await delay(20);
  }
}
