import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { Lockstep } from "./lockstep.ts";
import { signIn } from "./sign-in.ts";

export const PHONE = { width: 390, height: 844 };
const LIVE_MS = 15_000;

/** Opens a new browser, signed in as an admin, on a page of the interface that is connected to the server. */
export async function signedIn(
  browser: Browser,
  lockstep: Lockstep,
  path = "/",
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: lockstep.url,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await signIn(context, lockstep);
  await page.goto(path);
  await expectLive(page);
  return page;
}

/** Waits until the page follows the server by itself. */
export async function expectLive(page: Page): Promise<void> {
  // The role cannot be used, because elements behind an open dialog have none. An expectation would describe the whole page
  // each time that it looks in vain, which every page that loads would pay for.
  await page.locator("[role=status]").getByText("Live", { exact: true }).waitFor({
    state: "attached",
    timeout: LIVE_MS,
  });
}

/** Checks that nothing is wider than the screen, because a phone should scroll only up and down. */
export async function expectFitsWidth(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    page.viewportSize()?.width ?? 0,
  );
}
