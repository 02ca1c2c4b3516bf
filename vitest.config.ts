import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import "./scripts/generate-client.mjs";

const FOLDERS = "{lib,server,config,scripts,bench,components,app,deploy,docs,proof}";
const alias = { "@/": fileURLToPath(new URL("./", import.meta.url)) };
// CI machines are shared and stall now and then: a test that fails once is tried once more.
const retry = process.env.CI === undefined ? 0 : 1;
const shared = {
  environment: "node",
  testTimeout: 30_000,
  hookTimeout: 60_000,
  retry,
  // A process for each file would spend more time starting and loading modules than on the tests.
  isolate: false,
  setupFiles: ["server/testing/restore-environment.ts"],
};

export default defineConfig({
  test: {
    // Tests with PostgreSQL wait more than they compute, so that three of them keep two cores busy.
    maxWorkers: 3,
    // What one run has compiled need not be compiled again by the next.
    experimental: { fsModuleCache: true },
    // Two projects, so that a run of pure tests only does not wait for a PostgreSQL.
    projects: [
      {
        resolve: { alias },
        test: {
          ...shared,
          name: "pure",
          include: [`${FOLDERS}/**/*.test.{ts,tsx}`],
          exclude: ["**/*.pg.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: "postgres",
          include: [`${FOLDERS}/**/*.pg.test.ts`],
          globalSetup: ["server/testing/global-setup.ts"],
        },
      },
    ],
  },
});
