import { inject } from "vitest";
import { copyDatabase } from "./test-server.ts";

/** A migrated, empty database of its own for a test file or a test; returns its address. It goes when the run ends. */
export function createTestDatabase(): Promise<string> {
  return copyDatabase(inject("testServer"));
}

/** A database with nothing in it, not even our tables; returns its address. It goes when the run ends. */
export function createEmptyDatabase(): Promise<string> {
  return copyDatabase(inject("testServer"), "template0");
}
