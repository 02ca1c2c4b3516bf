import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS } from "./scripts/browser.ts";

const executablePath = process.env.CHROMIUM_PATH || undefined;
const report = process.env.PLAYWRIGHT_JSON;

export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 1,
  // CI machines are shared and stall now and then: a test that fails once is tried once more, and reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: report === undefined ? [["list"]] : [["list"], ["json", { outputFile: report }]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: { executablePath, args: BROWSER_FLAGS },
  },
});
