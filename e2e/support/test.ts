import { test as base } from "@playwright/test";
import { SharedServer } from "./shared-server.ts";

const START_MS = 180_000;

/** A fixture with a server, which starts with the first spec that uses it and is stopped at the end. */
const shared =
  (settings: Record<string, string>) =>
  async ({}, use: (server: SharedServer) => Promise<void>) => {
    const server = await SharedServer.start(settings);
    await use(server);
    await server.stop();
  };

/** Playwright's `test`, with servers that specs share and with the pages of a finished test closed. */
export const test = base.extend<{ closePages: undefined }, Record<"automatic" | "manual", SharedServer>>({
  /** A server with the settings of the product. */
  automatic: [shared({}), { scope: "worker", timeout: START_MS }],
  /** A server that compares the sides only when a test asks for it. */
  manual: [shared({ AUTO_SYNC_ENABLED: "false" }), { scope: "worker", timeout: START_MS }],
  closePages: [
    async ({ browser }, use) => {
      const open = new Set(browser.contexts());
      await use(undefined);
      // A page that stays open would go on following the server and slow down the next tests.
      for (const context of browser.contexts()) if (!open.has(context)) await context.close();
    },
    { auto: true },
  ],
});
