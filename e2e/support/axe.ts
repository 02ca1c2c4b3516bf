import { expect, type Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

/** The rules whose result can differ between the themes, because a theme changes colours only. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Checks that axe finds nothing wrong on the screen: by every rule in the light theme, and by the rules about
 * colours in the dark theme.
 */
export async function expectAccessible(page: Page, what = "the page"): Promise<void> {
  for (const [theme, rules] of [
    ["light", null],
    ["dark", COLOUR_RULES],
  ] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(theme);
    await nothingMoves(page);
    expect(await violationsOn(page, rules), `${what} in the ${theme} theme`).toEqual([]);
  }
}

/** Waits until animations have ended, because a colour in the middle of a fade is not one of the design. */
async function nothingMoves(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().iterations === Infinity,
      ),
  );
}

/**
 * The violations of the rules, as short texts. axe is sent to a page once, because sending takes longer than
 * running.
 */
async function violationsOn(page: Page, rules: readonly string[] | null): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const options: RunOptions = {
    // Only violations are read, so the rules that pass need not describe every node.
    resultTypes: ["violations"],
    ...(rules === null ? {} : { runOnly: [...rules] }),
  };
  const { violations } = await page.evaluate(
    (given): Promise<AxeResults> => (window as unknown as { axe: typeof axe }).axe.run(document, given),
    options,
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`)
        .join(" | ")}`,
  );
}
