import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { violationsOn } from "./axe.ts";
import type { Lockstep } from "./lockstep.ts";
import { signIn } from "./sign-in.ts";

export const PHONE = { width: 390, height: 844 };

/** A page of someone signed in as admin. */
export async function signedIn(
  browser: Browser,
  lockstep: Lockstep,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...options, baseURL: lockstep.url });
  await signIn(context, lockstep);
  const page = await context.newPage();
  await page.goto("/");
  return page;
}

/** axe finds nothing wrong with what is on screen now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  expect(
    (await violationsOn(page)).map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`)
          .join(" | ")}`,
    ),
    what,
  ).toEqual([]);
}

/** Nothing reaches beyond the right edge. */
export async function expectNoSideways(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
}
