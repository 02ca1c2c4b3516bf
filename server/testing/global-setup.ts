import type { TestProject } from "vitest/node";
import { compilePrograms } from "./compile-programs.ts";
import { startTestServer } from "./test-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    testServer: { url: string; templateDatabase: string };
    /** A folder that goes, with every embedded PostgreSQL directly under it, when the run ends. */
    runFolder: string;
    /** The programs that tests start, compiled: see compile-programs.ts. */
    programs: string;
  }
}

/** For the whole test run: one PostgreSQL with a migrated template database that `createTestDatabase` copies, and programs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, programs] = await Promise.all([startTestServer(), compilePrograms()]);
  project.provide("testServer", { url: server.url, templateDatabase: server.templateDatabase });
  project.provide("runFolder", server.runFolder);
  project.provide("programs", programs.folder);
  return async () => {
    await Promise.all([server.stop(), programs.remove()]);
  };
}
