import type { TestProject } from "vitest/node";
import { startTestServer } from "./test-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    testServer: { url: string; templateDatabase: string };
    /** A folder that goes, with every embedded PostgreSQL directly under it, when the run ends. */
    runFolder: string;
  }
}

/** One PostgreSQL for the whole test run, with one migrated template database that `createTestDatabase` copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide("testServer", { url: server.url, templateDatabase: server.templateDatabase });
  project.provide("runFolder", server.runFolder);
  return () => server.stop();
}
