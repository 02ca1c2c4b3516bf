import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { Lockstep } from "./lockstep.ts";
import { signIn } from "./sign-in.ts";

export const PHONE = { width: 390, height: 844 };

/** A browser of its own, signed in as an admin, on a page of the interface that has heard from the server. */
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

/** The page follows the server by itself. */
export async function expectLive(page: Page): Promise<void> {
  // Not by its role: what lies behind an open dialog has none.
  await expect(page.locator("[role=status]").getByText("Live", { exact: true })).toBeAttached();
}

/** Nothing sticks out at the side: one scrolls a phone up and down only. */
export async function expectFitsWidth(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    page.viewportSize()?.width ?? 0,
  );
}
