import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";

/** The small form: sending and parsing it takes half as long as the readable one that the package exports. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Only violations are read, so the rules that pass need not describe every node.
const resultTypes: RunOptions["resultTypes"] = ["violations"];
/** The rules whose result can differ between the themes, because a theme changes colours only. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const COLOURS: RunOptions = { resultTypes, runOnly: COLOUR_RULES };
const ALL_ELSE: RunOptions = {
  resultTypes,
  rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])),
};

/**
 * Checks that axe finds nothing wrong on the screen: by every rule in the light theme, and by the rules about
 * colours in the dark theme.
 */
export async function expectAccessible(page: Page, what = "the page"): Promise<void> {
  for (const [theme, checks] of [
    ["light", [ALL_ELSE, COLOURS]],
    ["dark", [COLOURS]],
  ] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(theme);
    await nothingMoves(page);
    for (const options of checks)
      expect(await violationsOn(page, options), `${what} in the ${theme} theme`).toEqual([]);
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
 * The violations, as short texts. axe is sent to a page once, because sending takes longer than running. Colours take most
 * of the time: of a page behind a modal dialog, which dims it, they are not looked at.
 */
async function violationsOn(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ({ given, inDialog }): Promise<AxeResults> => {
      const isBehind = document.querySelector("main")?.closest("[aria-hidden=true], [inert]") ?? null;
      const dialog = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(-1);
      const part = inDialog && isBehind && dialog ? dialog : document;
      return (window as unknown as { axe: typeof axe }).axe.run(part, given);
    },
    { given: options, inDialog: options === COLOURS },
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`)
        .join(" | ")}`,
  );
}
