/** A clock for which every save has long been finished, so that a test's edits count at once. */
export function inAnHour(): number {
  return Date.now() + 3_600_000;
}
