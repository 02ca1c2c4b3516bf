import { isLockTimeout } from "./source-lock.ts";

export interface Refusal {
  /** Another transaction holds what the statement needs, so that time alone may mend it. */
  busy: boolean;
  /** What the database says. */
  message: string;
}

/**
 * The SQLSTATE classes that speak of what was written or of a trigger: cardinality, data, constraints,
 * triggered changes, routines, privileges and names in a trigger, views with checks, and RAISE.
 */
const OF_THE_ROW = new Set(["21", "22", "23", "27", "2F", "38", "39", "42", "44", "P0"]);

/** What the database has against a write; null when the error is not about what was written. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  if (isLockTimeout(error)) return { busy: true, message: error.message };
  const { code } = error as { code?: unknown };
  const ofTheRow = typeof code === "string" && code.length === 5 && OF_THE_ROW.has(code.slice(0, 2));
  return ofTheRow ? { busy: false, message: error.message } : null;
}
