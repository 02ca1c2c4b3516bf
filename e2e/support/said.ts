import type { Page } from "@playwright/test";

/** All that the page says: the text in sight, and the names, tooltips and hints of its elements. */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const names = ["aria-label", "title", "placeholder", "alt"];
    const labels = [...document.body.querySelectorAll(names.map((name) => `[${name}]`).join())].flatMap(
      (element) => names.flatMap((name) => element.getAttribute(name) ?? []),
    );
    return [...document.body.innerText.split("\n"), ...labels].filter((line) => line.trim() !== "");
  });
}
