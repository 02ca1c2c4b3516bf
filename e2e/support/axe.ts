import { expect, type Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

/** The rules whose result can differ between the themes, because a theme changes colours only. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** axe finds nothing wrong with what is on screen now: by every rule in the light theme, by those about colours in the dark one. */
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

/** A colour in the middle of a fade is neither the first nor the last one, so the fade must end first. */
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

/** The violations of the rules, as short texts. A page gets axe once, because sending it takes longer than running it. */
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
