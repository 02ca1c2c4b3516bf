import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** The violations of the accessibility rules on the page as it is now. */
export async function violationsOn(page: Page) {
  // The pages have no frames, so axe can run in the page itself instead of gathering results in a second page.
  // Only violations are read, so the rules that pass need not describe every node.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  return (await builder.analyze()).violations;
}
