import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS } from "./scripts/browser.ts";

const executablePath = process.env.CHROMIUM_PATH || undefined;
const report = process.env.PLAYWRIGHT_JSON;
// Specs that measure times, or wait for a restart that a second browser would slow down.
const ALONE = ["**/speed.spec.ts", "**/postgres-restart.spec.ts"];

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/support/global-setup.ts",
  // Bounds for a busy machine. At rest a test takes seconds.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // The tests of one file run in order. Pages wait more than they compute, so that three files keep two cores busy.
  workers: 3,
  // CI machines are shared and stall at times, so a failed test runs once more and is reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: report === undefined ? [["list"]] : [["list"], ["json", { outputFile: report }]],
  // `npm test` runs the second project after the first, because they mean something only on a machine at rest.
  projects: [
    { name: "behaviour", testIgnore: ALONE },
    { name: "alone", testMatch: ALONE, workers: 1 },
  ],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace takes a quarter of a test's time. `npx playwright test --trace on <file>` records one.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: BROWSER_FLAGS },
  },
});
