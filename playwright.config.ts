import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS } from "./scripts/browser.ts";

const executablePath = process.env.CHROMIUM_PATH || undefined;
const report = process.env.PLAYWRIGHT_JSON;

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
